"""What each row of a file would do: the same plan is shown by the check and carried out by the run.

A row is recognised by its UID, its e-mail, or its name together with its phone, its organisation or its date
of birth; never by a name alone, unless neither side has anything else (std C16, F7). So importing the same
file twice changes nothing (std C30).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.checks import check_emails
from entregent.actions.organisations import Named, find_named, key_of
from entregent.actions.parties import prepare
from entregent.directory.cards import ADDRESS_PARTS, Card, changes, merged, plain
from entregent.directory.cleaning import Clean, Cleaner, tag_key
from entregent.directory.messages import Invalid
from entregent.directory.models import Channel, Party
from entregent.directory.reading import Record, records
from entregent.kernel.text import fold, name_key

from .formats.errors import Problem

Key = tuple
_NUMBERS = ("siret", "neq", "vat_number")


@dataclass(slots=True)
class Row:
    """A row of the file as a card, with what was remarked on the way."""

    line: int
    cells: list[str]
    card: Card
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What a row comes to: ``outcome`` is one of models.OUTCOMES; ``problems`` as ``Reject`` keeps them."""

    row: Row
    kind: str
    outcome: str
    clean: Clean | None = None
    record: Record | None = None
    differences: dict[str, list] = field(default_factory=dict)
    new_positions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    given: frozenset[str] = frozenset()
    """What the row itself says: the rest of ``clean`` are defaults, which change no record."""


class Planner:
    """Plans rows of one import, a few hundred at a time.

    ``remember(keys)`` is given the keys of rows planned to be created and returns those already given before:
    in a check, where nothing is written, it stands for the database; in a run it remembers nothing.
    """

    def __init__(
        self, by: Actor, kind: str, on_duplicate: str, remember: Callable[[Sequence[str]], set[str]] | None = None
    ) -> None:
        self.by, self.kind, self.on_duplicate = by, kind, on_duplicate
        self.remember = remember
        self.organisations: dict[tuple[str, str], Named] = {}
        """What the directory knows of those that the rows planned last are in, for ``resolve``."""

    def plan(self, rows: Iterable[Row]) -> list[Plan]:
        """One plan a row, in order. A few queries for all of them together."""
        plans = [self._cleaned(row) for row in rows]
        live = [plan for plan in plans if plan.clean]
        known = Known(self.by, [plan.clean for plan in live if plan.clean])
        self.organisations = known.organisations
        earlier: dict[Key, Plan] = {}
        for plan in live:
            self._decide(plan, known, earlier)
        self._forget_given(live)
        self._refuse_taken(live)
        return plans

    def _cleaned(self, row: Row) -> Plan:
        kind = _kind_of(row.card, self.kind)
        plan = Plan(row, kind, "rejected", notes=[problem.code for problem in row.problems if not problem.fatal])
        fatal = [problem for problem in row.problems if problem.fatal]
        if fatal:
            plan.problems = [_told(problem.target, problem.code, problem.params) for problem in fatal]
            return plan
        card = _organisation_card(row.card) if kind == "o" else row.card
        plan.given = frozenset(card)
        try:
            plan.clean = prepare(self.by, kind, card)
        except Invalid as invalid:
            plan.problems = [_told(found.field, found.code, found.params) for found in invalid.problems]
        if plan.clean and kind != self.kind:
            plan.notes.append("organisation_only")
        return plan

    def _decide(self, plan: Plan, known: "Known", earlier: dict[Key, Plan]) -> None:
        """Create, or change the one that is recognised: in the directory, or in an earlier row."""
        clean = plan.clean
        assert clean is not None  # noqa: S101
        record = None if self.on_duplicate == "create" else known.match(clean)
        keys = keys_of(clean)
        same = next((earlier[key] for key in keys if key in earlier and _fits(key, clean, earlier[key].clean)), None)
        if record is None and same is not None and self.on_duplicate != "create":
            self._fold_into(plan, same)
            return
        _share_taken(plan, known, earlier, self.on_duplicate == "create")
        if record is not None:
            self._compare(plan, record, known)
        else:
            plan.outcome = "created"
        if plan.outcome in ("created", "updated"):
            earlier.update(dict.fromkeys(keys, plan))

    def _fold_into(self, plan: Plan, same: Plan) -> None:
        """A second row about the person of an earlier one: only what it adds is kept, with that one."""
        assert plan.clean is not None  # noqa: S101
        assert same.clean is not None  # noqa: S101
        if self.on_duplicate == "skip":
            plan.outcome = "duplicate"
            return
        held = same.clean.positions if same.record is None else same.new_positions
        fresh = [place for place in plan.clean.positions if not _in(place, held)]
        held += fresh
        if same.record is not None and fresh:
            same.outcome = "updated"
        added = self._add_missing(same.clean, plan.clean)
        plan.outcome = "updated" if fresh or added else "unchanged"

    def _add_missing(self, into: Clean, source: Clean) -> bool:
        """Give a planned card what it lacks of another; True when it lacked something."""
        before = (len(into.channels), len(into.tags), len(into.addresses))
        have = {(channel.kind, channel.key) for channel in into.channels}
        into.channels += [channel for channel in source.channels if (channel.kind, channel.key) not in have]
        tags = {tag_key(name) for name in into.tags}
        into.tags += [name for name in source.tags if tag_key(name) not in tags]
        into.addresses += [address for address in source.addresses if address not in into.addresses]
        return before != (len(into.channels), len(into.tags), len(into.addresses))

    def _compare(self, plan: Plan, record: Record, known: "Known") -> None:
        assert plan.clean is not None  # noqa: S101
        plan.record = record
        if self.on_duplicate == "skip":
            plan.outcome = "duplicate"
            return
        patch = _patch(record.card, plan.clean, plan.given, replace=self.on_duplicate == "replace")
        card = merged(record.card, patch)
        try:
            wanted = Cleaner(self.by.account).clean(plan.kind, card)
        except Invalid as invalid:
            plan.outcome, plan.clean = "rejected", None
            plan.problems = [_told(found.field, found.code, found.params) for found in invalid.problems]
            return
        plan.new_positions = [place for place in plan.clean.positions if not known.holds(record, place)]
        plan.clean = wanted
        plan.differences = changes(plain(record.card), plain(wanted.card()))
        plan.outcome = "updated" if plan.differences or plan.new_positions else "unchanged"

    def _forget_given(self, plans: list[Plan]) -> None:
        """In a check: rows that an earlier step already planned to create are not created twice."""
        if self.on_duplicate == "create" or self.remember is None:
            return
        new = [plan for plan in plans if plan.outcome == "created" and plan.clean]
        keys = {id(plan): ["|".join(map(str, key)) for key in keys_of(plan.clean)] for plan in new if plan.clean}
        given = self.remember([key for found in keys.values() for key in found])
        for plan in new:
            if given.intersection(keys[id(plan)]):
                plan.outcome = "duplicate" if self.on_duplicate == "skip" else "unchanged"

    def _refuse_taken(self, plans: list[Plan]) -> None:
        """An address that a record the importer can't see holds, or one in the bin: the row goes back."""
        writing = [plan for plan in plans if plan.outcome in ("created", "updated") and plan.clean]
        besides = [plan.record.party.pk for plan in writing if plan.record]
        found = check_emails(self.by, [plan.clean for plan in writing if plan.clean], besides)
        for plan, problems in zip(writing, found, strict=True):
            if problems:
                plan.outcome = "rejected"
                plan.problems = [_told(found.field, found.code, found.params) for found in problems]


class Known:
    """The records of the directory that rows may be about: loaded together, asked one by one."""

    def __init__(self, by: Actor, cleans: Sequence[Clean]) -> None:
        self.by = by
        places = [place for clean in cleans for place in clean.positions if not place["organisation"]]
        self.organisations = find_named(by, places) if places else {}
        wanted = {key for clean in cleans for key in keys_of(clean, self._place_key)}
        ids = self._by_own_key(wanted) | self._by_channel(wanted, cleans) | self._by_name(wanted)
        self.records = records(Party.objects.visible_to(by).filter(pk__in=ids)) if ids else {}
        self.by_key: dict[Key, Record] = {}
        self.email_owner: dict[str, Record] = {}
        for pk in sorted(self.records):
            record = self.records[pk]
            for key in self._keys(record):
                self.by_key.setdefault(key, record)
                if key[0] == "email":
                    self.email_owner[key[1]] = record

    def _by_own_key(self, wanted: set[Key]) -> set[int]:
        """The records that a UID or a code names."""
        seen = Party.objects.visible_to(self.by)
        found: set[int] = set()
        for column in ("uid", "code"):
            if values := [key[1] for key in wanted if key[0] == column]:
                found.update(seen.filter(**{f"{column}__among": values}).values_list("pk", flat=True))
        return found

    def _by_channel(self, wanted: set[Key], cleans: Sequence[Clean]) -> set[int]:
        """The records that have one of the e-mails, or one of the phones under the same name."""
        emails = {email.key for clean in cleans for email in clean.emails}
        phones = {key[2] for key in wanted if key[0] == "phone"}
        found: set[int] = set()
        if emails or phones:
            held = Channel.objects.filter(key__among=emails | phones, kind__in=("email", "phone"))
            for kind, key, pk, name in held.values_list("kind", "key", "party_id", "party__name_key"):
                if kind == "email" or ("phone", name, key) in wanted:
                    found.add(pk)
        return found

    def _by_name(self, wanted: set[Key]) -> set[int]:
        """The records whose name and date of birth, or name and place, are those of a row.

        Of a frequent name there are thousands: only these few columns of them are read.
        """
        seen = Party.objects.visible_to(self.by)
        people = {key[1] for key in wanted if key[0] in ("born", "place", "name")}
        bodies = {key[1] for key in wanted if key[0] == "organisation"}
        found: set[int] = set()
        if people:
            rows = seen.filter(kind="p", name_key__among=people)
            for pk, name, born, place in rows.values_list("pk", "name_key", "birth_date", "positions__organisation"):
                if wanted.intersection((("born", name, born), ("place", name, place), ("name", name))):
                    found.add(pk)
        if bodies:
            rows = seen.filter(kind="o", name_key__among=bodies)
            for pk, name, city, *numbers in rows.values_list("pk", "name_key", "city", *_NUMBERS):
                keys = (("organisation", name, fold(city)), *zip(_NUMBERS, numbers, strict=True))
                if wanted.intersection(keys):
                    found.add(pk)
        return found

    def match(self, clean: Clean) -> Record | None:
        """The record that a row is about, by the first key that both have."""
        for key in keys_of(clean, self._place_key):
            record = self.by_key.get(key)
            if record and record.party.kind == clean.kind and _counts(key, clean, record.party.name_key):
                return record
        return None

    def holds(self, record: Record, place: dict[str, Any]) -> bool:
        """Whether the record already has this place in this organisation."""
        organisation = place["organisation"] or getattr(self.organisations.get(key_of(place)), "pk", None)
        return any(
            position.organisation_id == organisation
            and position.function_key == fold(place["function"])[:150]
            and (place["since"] is None or position.since == place["since"])
            for position in record.positions
        )

    def _place_key(self, place: dict[str, Any]) -> Any:
        organisation = self.organisations.get(key_of(place))
        return place["organisation"] or (organisation.pk if organisation else None)

    def _keys(self, record: Record) -> Iterator[Key]:
        clean = Cleaner(self.by.account).clean(record.party.kind, record.card)
        yield from (key for key in keys_of(clean) if key[0] != "name" or not record.positions)
        for position in record.positions:
            yield "place", record.party.name_key, position.organisation_id


def keys_of(clean: Clean, place_key: Callable[[dict], Any] | None = None) -> list[Key]:
    """What a card can be recognised by, strongest first."""
    name = _name_key(clean)
    columns = clean.columns
    keys: list[Key] = [("uid", columns["uid"])] if columns["uid"] else []
    if clean.kind == "o":
        if columns["code"]:
            return [*keys, ("code", columns["code"])]
        keys += [(kind, columns[kind]) for kind in _NUMBERS if columns[kind]]
        city = fold(clean.addresses[0]["city"]) if clean.addresses else ""
        return [*keys, ("organisation", name, city)]
    keys += [("email", email.key) for email in clean.emails]
    keys += [("phone", name, channel.key) for channel in clean.channels if channel.kind == "phone"]
    for place in clean.positions:
        found = place_key(place) if place_key else "|".join(key_of(place)) if not place["organisation"] else None
        if found is not None:
            keys.append(("place", name, found))
    if columns["birth_date"]:
        keys.append(("born", name, columns["birth_date"]))
    return keys or [("name", name)]


def _counts(key: Key, clean: Clean, other_name: str) -> bool:
    """A shared mailbox does not make two people one: an e-mail counts with a name that fits (std B26)."""
    return key[0] != "email" or clean.kind == "o" or same_name(_name_key(clean), other_name)


def _fits(key: Key, clean: Clean, other: Clean | None) -> bool:
    return other is not None and other.kind == clean.kind and _counts(key, clean, _name_key(other))


def same_name(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: the same words in any order, or some of them left out."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def _name_key(clean: Clean) -> str:
    if clean.kind == "p":
        return name_key(clean.columns["last_name"], clean.columns["first_name"])
    return name_key(clean.columns["name"], "")


def _share_taken(plan: Plan, known: Known, earlier: dict[Key, Plan], always: bool) -> None:
    """Another person's address in this row: a shared mailbox, kept as a recorded exception (std B26).

    ``always``: the importer asked for a new record even for the same person.
    """
    assert plan.clean is not None  # noqa: S101
    if plan.kind != "p":
        return
    name = _name_key(plan.clean)
    for email in plan.clean.emails:
        owner = known.email_owner.get(email.key)
        before = earlier.get(("email", email.key))
        if owner is None and before is None:
            continue
        other = owner.party.name_key if owner else _name_key(before.clean) if before and before.clean else ""
        if always or not same_name(name, other):
            email.shared = True
            plan.notes.append("shared_mailbox")


def _in(place: dict[str, Any], places: list[dict[str, Any]]) -> bool:
    return any(
        (held["organisation"], key_of(held), held["function"])
        == (place["organisation"], key_of(place), place["function"])
        for held in places
    )


def _patch(current: Card, clean: Clean, given: frozenset[str], replace: bool) -> Card:
    """What a recognised row changes: all it says (``replace``), or only what the record lacks.

    Lists are joined in both cases: an import never takes an address or a tag away.
    """
    new = clean.card()
    patch: Card = {}
    for name, value in new.items():
        if name not in given or name in ("active", "visibility"):
            continue
        if isinstance(value, list):
            patch[name] = _joined(name, current.get(name) or [], value, replace)
        elif value and (replace or not current.get(name)):
            patch[name] = value
    return patch


def _joined(name: str, held: list, given: list, replace: bool) -> list:
    key = _ITEM_KEYS.get(name, lambda item: fold(item["value"]) or item["value"])
    have = {key(item) for item in held}
    fresh = [item for item in given if key(item) not in have]
    if name == "addresses" and held and not replace:
        return held if any(_covers(address, item) for address in held for item in fresh) else [*held, *fresh]
    return [*fresh, *held] if replace else [*held, *fresh]


def _covers(held: dict, given: dict) -> bool:
    """Whether an address says all that another says, and more."""
    return all(not given.get(part) or fold(given[part]) == fold(held.get(part) or "") for part in ADDRESS_PARTS)


_ITEM_KEYS: dict[str, Callable[[Any], Any]] = {
    "tags": tag_key,
    "addresses": lambda item: tuple(fold(item.get(part) or "") for part in ADDRESS_PARTS),
    "emails": lambda item: item["value"].casefold(),
    "phones": lambda item: "".join(sign for sign in item["value"] if sign.isdigit())[-9:],
    "websites": lambda item: item["value"].casefold().rstrip("/"),
}


def _kind_of(card: Card, kind: str) -> str:
    """Organisation or person: a card says it itself, or names an organisation and nobody."""
    if kind == "o" or card.get("kind") == "o":
        return "o"
    nobody = not card.get("last_name") and not card.get("first_name")
    return "o" if nobody and (card.get("positions") or [{}])[0].get("organisation_name") else "p"


def _organisation_card(card: Card) -> Card:
    """The organisation that a row without a person's name speaks of."""
    if card.get("name") or not card.get("positions"):
        return {key: value for key, value in card.items() if key != "kind"}
    place = card["positions"][0]
    kept = {key: card[key] for key in ("emails", "phones", "websites", "addresses", "tags", "notes") if card.get(key)}
    found: Card = {"name": place["organisation_name"], "code": place.get("organisation_code", ""), **kept}
    if not kept.get("addresses"):
        found["addresses"] = [{part: place.get(f"organisation_{part}", "") for part in ADDRESS_PARTS}]
    return found


def _told(target: str, code: str, params: dict) -> dict[str, Any]:
    return {"target": target, "code": code, "params": params}
