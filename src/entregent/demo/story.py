"""Simulates eighteen months of an account: who entered which records, and what happened to them later.

Every deed is an action run by one of the users at a time in the past, in chronological order, so that the journal,
the histories and the bin contain what real use would have left there.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.standing import states
from entregent.actions.tags import tagging
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card
from entregent.kernel import clock

from . import people, vocabulary, words
from .people import Body

DAYS = 540
HIDDEN_BODY = 8
"""Number of the radio station visible to the team «Presse» only: its people's records don't show it to others."""
BINNED_BODY = 62
Deed = Callable[[Actor, Party], object]


class Story:
    """Enters `contacts` people and `organisations` bodies, and changes them: the same each run, but for the dates."""

    def __init__(self, actors: dict[str, Actor], contacts: int, organisations: int) -> None:
        self.actors, self.contacts, self.organisations = actors, contacts, organisations
        self.rng = Random("les amis du lac")  # noqa: S311
        self.now = timezone.localtime()
        self.bodies: list[Body] = []
        self.coming: list[tuple[datetime, int, str, int, Deed]] = []
        """The deeds to come: when, their number, by whom, on which party."""
        self.numbers = count()
        self.teams = {team.name: team.pk for team in Team.objects.all()}

    def tell(self) -> Iterator[int]:
        """Run the whole story, yielding 1 for each person entered."""
        first = self.now - timedelta(days=DAYS)
        for number in range(self.organisations):
            self._enter_body(number, self._at_work(first + timedelta(days=number // 4)))
        for number in range(self.contacts):
            day = first + timedelta(days=25 + (DAYS - 28) * number / max(1, self.contacts))
            moment = self._at_work(day)
            self._until(moment)
            self._enter_person(number, moment)
            yield 1
        self._until(self.now)

    def _until(self, moment: datetime) -> None:
        """Do what was planned before `moment`, except to records that are in the bin by then."""
        while self.coming and self.coming[0][0] < moment:
            at, _number, who, pk, deed = heapq.heappop(self.coming)
            party = Party.objects.get(pk=pk)
            if not party.in_bin or deed is _restored:
                with clock.at(at):
                    deed(self.actors[who], party)

    def _enter(self, moment: datetime, who: str, kind: str, card: Card) -> int:
        with clock.at(moment):
            return parties.create(self.actors[who], kind, card).pk

    def _plan(self, moment: datetime, who: str, pk: int, deed: Deed) -> None:
        heapq.heappush(self.coming, (moment, next(self.numbers), who, pk, deed))

    def _enter_body(self, number: int, moment: datetime) -> None:
        who = "nadia" if number == HIDDEN_BODY else self.rng.choice(["admin", "admin", "camille"])
        card = people.organisation(number)
        card["family"] = vocabulary.family(card["name"])
        if number == HIDDEN_BODY:
            card["visibility"] = {"mode": "shared", "teams": [self.teams["Presse"]], "users": []}
        pk = self._enter(moment, who, "o", card)
        self.bodies.append(people.body(number)._replace(pk=pk))
        if number == BINNED_BODY:
            self._plan(self.now - timedelta(days=6), who, pk, _binned)
        elif number % 19 == 5:
            self._plan(self._between(moment), "camille", pk, _deactivated)
        elif number % 7 == 2:
            notes: Card = {"notes": self.rng.choice(words.NOTES)}
            self._plan(self._between(moment), "admin", pk, lambda by, party: parties.update(by, party, notes))

    def _enter_person(self, number: int, moment: datetime) -> None:
        who = self.rng.choice(["admin", "camille", "camille", "nadia"])
        card = people.person(number, self.bodies[:BINNED_BODY]) | vocabulary.standing(number)
        who, seen_by_all = self._kept_to_some(number, who, card)
        if card.get("organisation") == self.bodies[HIDDEN_BODY].pk:
            who = "nadia"
        pk = self._enter(moment, who, "p", card)
        self._fate(number, pk, moment, None if seen_by_all else who)

    def _kept_to_some(self, number: int, who: str, card: Card) -> tuple[str, bool]:
        """Restrict some cards' visibility (B3); return who enters the person, and whether everyone sees them."""
        if number % 40 == 11:
            card["visibility"] = {"mode": "creator"}
            return "camille" if number % 80 == 11 else "admin", False
        team, creator = {7: ("Presse", "nadia"), 18: ("Conseil", "camille")}.get(number % 25, ("", who))
        if team:
            card["visibility"] = {"mode": "shared", "teams": [self.teams[team]], "users": []}
        return creator, not team

    def _fate(self, number: int, pk: int, entered: datetime, only: str | None) -> None:
        """Schedule what happens to a person after entry, done by `only` or by anyone."""
        for deed, chance in self._deeds(number):
            if self.rng.random() < chance:
                self._plan(self._between(entered), only or self._anyone(), pk, deed)
        if number % 23 == 3:
            inactive = self._between(entered)
            self._plan(inactive, only or "camille", pk, _deactivated)
            if number % 2:
                self._plan(self._between(inactive), only or "admin", pk, _activated)
        if number % 33 == 9:
            gone = self.now - timedelta(days=self.rng.randint(1, 14), hours=self.rng.randint(1, 9))
            if gone > entered:
                self._plan(gone, only or self._anyone(), pk, _binned)
                if number % 2:
                    self._plan(gone + timedelta(hours=1), only or "admin", pk, _restored)

    def _deeds(self, number: int) -> list[tuple[Deed, float]]:
        """Return the possible deeds on a person, each with its probability."""
        rng = Random(f"fate {number}")  # noqa: S311
        tag = rng.choice(words.MORE_TAGS)
        body = rng.choice(self.bodies[HIDDEN_BODY + 1 : BINNED_BODY])
        function = rng.choice(words.FUNCTIONS[body.kind]).split("|")[rng.random() < 0.5]
        phone = people.two_pairs(rng, words.MOBILE)
        begun = rng.randint(2009, 2019)
        former = {
            "organisation": body.pk,
            "function": function,
            "since": f"{begun}-09-01",
            "until": f"{begun + rng.randint(1, 5)}-06-30",
        }
        second = {"organisation": body.pk, "function": function, "since": f"{rng.randint(2018, 2024)}-01-01"}
        return [
            (lambda by, party: tagging.tag(by, [party], [tag]), 0.3),
            (lambda by, party: tagging.untag(by, [party], ["Infolettre"]), 0.05),
            (lambda by, party: parties.update(by, party, {"phone": phone}), 0.2),
            (lambda by, party: parties.update(by, party, {"notes": rng.choice(words.NOTES)}), 0.1),
            (lambda by, party: parties.update(by, party, {"organisation": body.pk, "function": function}), 0.06),
            (lambda by, party: positions.attach(by, party, second), 0.08),
            (lambda by, party: positions.attach(by, party, former), 0.08),
        ]

    def _anyone(self) -> str:
        return self.rng.choice(["admin", "camille", "camille", "nadia"])

    def _between(self, moment: datetime) -> datetime:
        """Return a time in working hours after `moment`, more often soon than late, never in the future."""
        left = (self.now - moment).total_seconds()
        later = moment + timedelta(seconds=max(60.0, left * self.rng.random() ** 1.5))
        return max(self._at_work(later), moment + timedelta(minutes=5))

    def _at_work(self, day: datetime) -> datetime:
        """Return a time from 8:30 to 18:00 on that day (Friday for a weekend), never in the future."""
        day -= timedelta(days=max(0, day.weekday() - 4))
        minutes = self.rng.randint(0, 570)
        moment = datetime.combine(day.date(), time(8, 30), day.tzinfo) + timedelta(
            minutes=minutes, seconds=self.rng.randrange(60)
        )
        return min(moment, self.now - timedelta(minutes=self.rng.randint(10, 90)))


def _activated(by: Actor, party: Party) -> object:
    return states.activate(by, [party])


def _deactivated(by: Actor, party: Party) -> object:
    return states.deactivate(by, [party])


def _binned(by: Actor, party: Party) -> object:
    return bin_actions.delete(by, [party])


def _restored(by: Actor, party: Party) -> object:
    return bin_actions.restore(by, [party])
