"""Benchmarks an account that reads a shared directory: `python -m bench.shared FILE` writes the figures as JSON.

Like ``pages.py``, but as a member who did not create the account's records, so that visibility is checked for each.
The last ones run twice: with all records visible to everyone, then with half of the account's own restricted.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.db.models import F  # noqa: E402
from django.db.models.functions import Mod  # noqa: E402

from bench.browser import Browser  # noqa: E402
from bench.chosen import deep_cursor, search_terms, spread  # noqa: E402
from bench.filling import SLUG, actor, settle  # noqa: E402
from bench.measuring import Figures, measure  # noqa: E402
from bench.pages import written  # noqa: E402
from bench.shared_filling import READER  # noqa: E402
from bench.shared_report import ALL_SHOWN, HALF_RESTRICTED  # noqa: E402
from entregent.accounts.actor import Actor  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.directory.models import Party, Share  # noqa: E402
from entregent.directory.visibility.visibility import Visibility  # noqa: E402
from entregent.web.links import to  # noqa: E402

NESTED = (
    "and(city:Nantes,or(tag:Presse,function:Présidente),not(active:non))",
    "and(status:Prospect,or(city:Albi,tag:Élus),no_action_for:90)",
    "and(department:74,function:Présidente,tag:Bénévole,source:service)",
    "or(and(department:01,tag:Presse),and(function:Trésorier,city:Nantes))",
    "and(status:Adhérent,assigned_to:-,not(tag:Donatrice),added_since:2020-01-01)",
    "and(source:mine,active:oui,not(or(tag:Presse,city:Nantes)))",
)
"""Filters of four conditions each: common and rare ones, on the account's own records and the shared directory."""

ROUNDS = 3


class Shared:
    """The benchmarks of one database."""

    def __init__(self, browser: Browser, by: Actor) -> None:
        self.browser, self.by = browser, by
        self.list = to(by, "contacts:list")
        with inside(by.account):
            self.people = spread(by)

    def figures(self) -> Iterator[Figures]:
        with inside(self.by.account):
            show_all(self.by)
        yield self._seen("union list, first page")
        with inside(self.by.account):
            deep = deep_cursor(self.by)
        yield self._seen("union list, page 1,000", "cursor", [deep])
        for name, terms in search_terms(self.people).items():
            yield self._seen(f"union search, {name}", "q", terms)
        yield self._seen("«Mes fiches», first page", "source", ["mine"])
        yield self._seen("nested filter of 4 conditions", "f", NESTED)
        yield from self._visibility()

    def _visibility(self) -> Iterator[Figures]:
        """Measure both states alternately, several times, and yield each page's median, to reduce noise."""
        rounds: dict[str, list[Figures]] = {}
        try:
            for _ in range(ROUNDS):
                for state, change in ((ALL_SHOWN, show_all), (HALF_RESTRICTED, keep_back)):
                    with inside(self.by.account):
                        change(self.by)
                    for found in self._in_state(state):
                        rounds.setdefault(found.operation, []).append(found)
        finally:
            with inside(self.by.account):
                show_all(self.by)
        for figures in rounds.values():
            yield sorted(figures, key=lambda found: found.ratio)[ROUNDS // 2]

    def _in_state(self, state: str) -> Iterator[Figures]:
        names = search_terms(self.people)["part of a name"]
        yield self._seen(f"union list, {state}")
        yield self._seen(f"«Mes fiches», {state}", "source", ["mine"])
        yield self._seen(f"union search, {state}", "q", names)

    def _seen(self, operation: str, parameter: str = "", given: Sequence[str] = ("",)) -> Figures:
        """Measure the list with each of the given values of a parameter of its address."""
        asked = f"{self.list}?{parameter}=" if parameter else self.list
        return measure(operation, lambda value: self._see(f"{asked}{quote(value)}"), given)

    def _see(self, address: str) -> None:
        answer = self.browser.get(address)
        assert answer.status == 200, (address, answer.status)


def keep_back(by: Actor) -> None:
    """Restrict half of the account's own people, in SQL: a quarter to the reader's team, a quarter to the creator."""
    own = Party.objects.filter(kind="p", base=None).annotate(turn=Mod(F("id"), 4))
    ids = list(own.filter(turn=0).values_list("id", flat=True))
    shares = [Share(account=by.account, party_id=pk, team_id=by.team_ids[0]) for pk in ids]
    Share.objects.bulk_create(shares, batch_size=200)
    own.filter(turn=0).update(visibility=Visibility.SHARED)
    own.filter(turn=1).update(visibility=Visibility.CREATOR)
    settle()


def show_all(by: Actor) -> None:
    """Make everything visible to everyone, as imported."""
    Share.objects.filter(account=by.account).delete()
    Party.objects.exclude(visibility=Visibility.EVERYONE).update(visibility=Visibility.EVERYONE)
    settle()


def main(target: Path) -> None:
    by = actor(SLUG, READER)
    shared = Shared(Browser.signed_in(READER), by)
    target.write_text(json.dumps({"figures": written(shared.figures())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
