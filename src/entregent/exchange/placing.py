"""Find the organisations that rows are about or name, in the directory and among the rows planned so far."""

from collections.abc import Callable, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.parties import prepare
from entregent.actions.parties.saving import cleaned
from entregent.actions.positions.organisations import Named
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, blank
from entregent.directory.parties.cleaning import Clean, Cleaner
from entregent.directory.parties.cleaning_ways import Way
from entregent.directory.parties.reading import Record, records
from entregent.directory.positions.held import public

from . import mailboxes
from .bodies import IDENTIFIERS, Body, body_of, body_of_place, choose
from .earlier import Earlier
from .known_bodies import KnownBody
from .leaving_out import clean_as_far_as_possible
from .mailboxes import Target
from .plans import IMPLIED, Aside, Plan
from .recognising import Known, name_of

Candidate = KnownBody | Plan


class Placing:
    """The organisations of one step's rows."""

    def __init__(self, by: Actor, known: Known, earlier: Earlier) -> None:
        self.by, self.known, self.earlier = by, known, earlier
        self.implied: list[Plan] = []
        """Plans of records that no row is about: new organisations, and those that get something of a row."""

    def place(self, plan: Plan, clean: Clean) -> None:
        """Set the organisation of each position: an existing one, or the number of the plan of a new one."""
        for place in clean.positions:
            if place["organisation"]:
                self._settle_known(place)
                continue
            wanted = body_of_place(place)
            candidates = self._like(wanted)
            found, doubt = choose(wanted, _bodies(candidates), self._at(clean, candidates))
            one = candidates[found] if found is not None else self._implied(plan, place)
            if isinstance(one, Plan) and found is None and doubt is not None:
                told = _compared(wanted, place["organisation_name"], candidates[doubt])
                plan.compare.append(told | {"planned": one.number})
            self._settle(place, one)

    def _settle_known(self, place: dict[str, Any]) -> None:
        """Set the name of an organisation that is given by its id."""
        party = Party.readable.known_to(self.by).filter(pk=place["organisation"], kind="o").first()
        place["organisation_name"] = party.name if party else ""
        place["organisation_public"] = party is not None and public(party)

    def target(self, plan: Plan, clean: Clean) -> Target:
        """Return the organisation that a row is about: a record, or an earlier row's plan."""
        wanted = body_of(clean)
        uid = clean.columns["uid"]
        record = self.known.uids.get(uid) if uid else None
        if record is not None and record.party.kind == "o":
            planned = self.earlier.having(f"record|{record.party.pk}")
            return planned[0] if planned else record
        if uid and (same := [one for one in self.earlier.having(f"uid|{uid}") if one.kind == "o"]):
            return same[0]
        candidates = [one for one in self._like(wanted) if isinstance(one, Plan) or one.pk in self.known.records]
        found, doubt = choose(wanted, _bodies(candidates))
        if found is None:
            if doubt is not None:
                plan.compare.append(_compared(wanted, clean.name, candidates[doubt]))
            return None
        one = candidates[found]
        return one if isinstance(one, Plan) else self.known.records[one.pk]

    def _like(self, wanted: Body) -> list[Candidate]:
        """Return what may be the organisation: existing ones as they will be, then planned ones."""
        planned: dict[int, Plan] = {}
        for key in _keys(wanted):
            planned |= {one.number: one for one in self.earlier.having(key)}
        changed = {one.record_id for one in planned.values()} - {None}
        known = [one for one in self.known.bodies.like(wanted) if one.pk not in changed]
        return [*known, *(planned[number] for number in sorted(planned))]

    def _at(self, clean: Clean, candidates: Sequence[Candidate]) -> list[int]:
        """Return the indexes of the organisations where someone of the row's name is already, or will be."""
        name = name_of(clean)
        return [
            index
            for index, at in enumerate(map(self._token, candidates))
            if ("place", name, at) in self.known.by_key or self.earlier.having(f"place|{name}|{at}")
        ]

    def _token(self, one: Candidate) -> Any:
        place: dict[str, Any] = {"organisation": None}
        self._settle(place, one)
        return token(place)

    def _implied(self, plan: Plan, place: dict[str, Any]) -> Plan:
        """Plan a new organisation that a row of a person names."""
        card = blank("o", self.by.account.language) | {
            "name": place["organisation_name"],
            "code": place["organisation_code"],
            "emails": [{"value": place["organisation_email"]}],
            "phones": [{"value": place["organisation_phone"]}],
            "addresses": [{part: place[f"organisation_{part}"] for part in _ADDRESS}],
            "status": "",
            "visibility": {"mode": "everyone", "teams": [], "users": []},
        }
        clean, asides, _problems = clean_as_far_as_possible(self.by, "o", card)
        clean = clean or prepare(self.by, "o", {"name": place["organisation_name"]})
        plan.asides += [aside._replace(target=f"organisation_{aside.target}") for aside in asides]
        one = Plan(None, "o", IMPLIED, clean)
        self.implied.append(one)
        self.earlier.add(one, self.keys(clean))
        return one

    def take_back(self, first: int) -> None:
        """Forget the new organisations from the ``first`` on in ``implied``: the row that names them is skipped."""
        for plan in self.implied[first:]:
            self.earlier.take_back(plan)
        del self.implied[first:]

    def give(self, place: dict[str, Any], ways: Sequence[Way]) -> bool:
        """Give the addresses of a role to the organisation of a position; False if the user can't change that."""
        plan = self.earlier.plans.get(place.get("planned", 0))
        if plan is None:
            record = self._record(place["organisation"])
            if record is None or record.party.of_service:
                return False
            planned = self.earlier.having(f"record|{record.party.pk}")
            plan = planned[0] if planned else self.of_record(record, self.keys)
        if plan is None or plan.clean is None:
            return False
        if mailboxes.give(plan.clean, ways):
            self.earlier.add(plan, self.keys(plan.clean))
            if plan.record:
                plan.differences |= {"emails": [[], []]}
                plan.completed = True
        return True

    def _settle(self, place: dict[str, Any], one: Candidate) -> None:
        """Set in a position which organisation it is in."""
        named = one.named if isinstance(one, KnownBody) else None
        if isinstance(one, Plan) and (record := one.record or self.known.records.get(one.record_id or 0)):
            party = record.party
            named = Named(party.root_id, party.name, public(party))
        if named:
            place["organisation"], place["organisation_name"], place["organisation_public"] = named
        elif isinstance(one, Plan):
            place["planned"] = one.number

    def _record(self, pk: int) -> Record | None:
        if pk not in self.known.records:
            self.known.records |= records(Party.objects.visible_to(self.by).filter(pk=pk))
        return self.known.records.get(pk)

    def of_record(self, record: Record, keys: Callable[[Clean], Sequence[str]]) -> Plan | None:
        """Plan a change of an existing record that no row is about; None if it has to be mended first.

        ``keys``: returns those under which later rows find it.
        """
        try:
            clean = cleaned(Cleaner(self.by.account), record, Card())
        except Invalid:
            return None
        plan = Plan(None, record.party.kind, IMPLIED, clean, record, record.party.pk)
        plan.extra = plan.held_extra
        self.implied.append(plan)
        self.earlier.add(plan, [f"record|{record.party.pk}", *keys(clean)])
        return plan

    @staticmethod
    def not_given(way: Way) -> Aside:
        """Return what is told of a role's address that went nowhere."""
        return Aside("email", "email_of_role", {}, way.value)

    @staticmethod
    def keys(clean: Clean) -> list[str]:
        """Return the keys under which rows find a planned organisation."""
        return [*_keys(body_of(clean)), *(at_address(way.key) for way in clean.emails)]

    @staticmethod
    def keys_named(place: dict[str, Any]) -> list[str]:
        """Return the keys of the organisations that a position may mean."""
        return _keys(body_of_place(place))


_ADDRESS = ("street", "postal_code", "city", "province", "country")


def at_address(key: str) -> str:
    """Return the key of the organisations that have an e-mail address."""
    return f"mail|{key}"


def token(place: dict[str, Any]) -> Any:
    """Return what tells the organisation of a position from others: its id, or the number of its plan."""
    return place["organisation"] or f"new {place.get('planned', 0)}"


def _keys(body: Body) -> list[str]:
    numbers = [f"{name}|{value}" for name in IDENTIFIERS if (value := getattr(body, name))]
    return [*numbers, f"body|{body.name}"]


def _bodies(candidates: Sequence[Candidate]) -> list[Body]:
    return [body_of(one.clean) if isinstance(one, Plan) and one.clean else one.body for one in candidates]  # type: ignore[union-attr]


def _compared(wanted: Body, name: str, other: Candidate) -> dict[str, Any]:
    """Return two organisations to compare, in words, with the id of the one that is there."""
    if isinstance(other, KnownBody):
        return _words(wanted, name, other.body, other.named.name) | {"other_id": other.pk}
    assert other.clean is not None  # noqa: S101
    told = _words(wanted, name, body_of(other.clean), other.shown_name)
    return told | {"other_id": other.record_id, "other_planned": other.number}


def _words(wanted: Body, name: str, other: Body, other_name: str) -> dict[str, Any]:
    return {"one": _told(name, wanted), "other": _told(other_name, other)}


def _told(name: str, body: Body) -> str:
    towns = {town.title() for town in body.towns}
    known = (body.postal_codes, towns, body.provinces, body.domains)
    about = [*(part for parts in known for part in sorted(parts)), body.code, body.siret or body.siren]
    return f"{name} ({', '.join(filter(None, about))})" if any(about) else name
