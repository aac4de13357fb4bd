"""Leave out of a row what can't be kept, so that the row itself comes in.

What is left out is told in the report and added to the notes.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.parties.parties import prepare
from entregent.directory.messages import Invalid, Problem
from entregent.directory.parties.cards import ADDRESS_PARTS, CUSTOM, Card, by_name, card_of
from entregent.directory.parties.cleaning import MOST_ITEMS, Clean
from entregent.kernel.emails import parse_email
from entregent.kernel.text import MAX_TEXT

from .plans import Aside

_PLURALS = {"email": "emails", "phone": "phones", "website": "websites"}
_ITEM = re.compile(r"(emails|phones|websites|addresses)\.(\d+)(?:\.(\w+))?")
_NEEDED = frozenset({"last_name", "first_name", "name"})
NOTES_LIMIT = MAX_TEXT
NOTES_KEPT = NOTES_LIMIT - 2_000
"""Signs that are kept of notes that are too long: room is left for what else is told there."""


def clean_as_far_as_possible(by: Actor, kind: str, card: Card) -> tuple[Clean | None, list[Aside], list[Problem]]:
    """Return a new party's cleaned card, what was left out of it, and the problems if it can't be kept at all."""
    card, asides = card_of({**card}), list[Aside]()
    while True:
        try:
            return prepare(by, kind, card, complete=False), asides, []
        except Invalid as invalid:
            found = _take_all_out(card, invalid.problems)
            if not found:
                left = [Problem(aside.target, aside.code, aside.params) for aside in asides]
                return None, asides, [*left, *invalid.problems]
            asides += [aside for aside in found if aside.value or aside.code != "email_twice"]


def _take_all_out(card: Card, problems: Sequence[Problem]) -> list[Aside]:
    """Take out what each problem is about: the last item of a list first, so that the others keep their index."""
    last_first = sorted(enumerate(problems), key=lambda numbered: _index(numbered[1]), reverse=True)
    taken = {number: _take_out(card, problem) for number, problem in last_first}
    return [aside for number in sorted(taken) for aside in taken[number]]


def _index(problem: Problem) -> int:
    """Return the index of the item that a problem is about; -1 for an address given twice, which may be any item."""
    found = _ITEM.fullmatch(problem.field)
    return int(found[2]) if found else -1 if problem.code == "email_twice" else 0


def _take_out(card: Card, problem: Problem) -> list[Aside]:
    """Take the value that a problem is about out of the card; return [] if there is none to take."""
    values, field = by_name(card), problem.field
    if field in _NEEDED and problem.code == "required":
        return []
    if problem.code == "email_twice":
        kept: dict[str, Any] = {}
        for item in values["emails"]:
            kept.setdefault(_key(item), item)
        values["emails"] = list(kept.values())
        return [Aside(field, problem.code, {}, "")]
    if (field, problem.code) == ("notes", "too_long") and len(values["notes"]) > NOTES_LIMIT:
        rest, values["notes"] = values["notes"][NOTES_KEPT:], values["notes"][:NOTES_KEPT]
        return [Aside(field, "notes_cut", {"limit": NOTES_KEPT}, _text(rest))]
    if problem.code == "many" and len(values.get(field) or ()) > MOST_ITEMS:
        rest, values[field] = values[field][MOST_ITEMS:], values[field][:MOST_ITEMS]
        return [Aside(field, problem.code, problem.params, ", ".join(map(_text, rest)))]
    value = next((taken for take in _WAYS if (taken := take(values, field)) is not None), None)
    return [] if value is None else [Aside(field, problem.code, problem.params, _text(value))]


def _key(item: dict[str, Any]) -> str:
    """Return what an e-mail address is compared by."""
    value = str(item.get("value") or "").strip()
    return parse_email(value).key if value else ""


def _from_list(values: dict[str, Any], field: str) -> Any:
    """Take an item of a list: «phones.1», or «phone» for the first."""
    found = _ITEM.fullmatch(field)
    plural, index = (found[1], int(found[2])) if found else (_PLURALS.get(field, ""), 0)
    if found and found[3]:
        return _part(values, index, found[3])
    items = values.get(plural)
    if not isinstance(items, list) or index >= len(items):
        return None
    values[plural] = [item for at, item in enumerate(items) if at != index]
    return items[index]


def _from_address(values: dict[str, Any], field: str) -> Any:
    """Take a part of the main address."""
    return _part(values, 0, field) if field in (*ADDRESS_PARTS, "label") else None


def _part(values: dict[str, Any], index: int, part: str) -> Any:
    addresses = values.get("addresses") or []
    if index >= len(addresses) or not addresses[index].get(part):
        return None
    values["addresses"] = [{**one, part: ""} if at == index else one for at, one in enumerate(addresses)]
    return addresses[index][part]


def _from_custom(values: dict[str, Any], field: str) -> Any:
    code = field.removeprefix(CUSTOM)
    custom = values.get("custom") or {}
    if not field.startswith(CUSTOM) or code not in custom:
        return None
    values["custom"] = {name: value for name, value in custom.items() if name != code}
    return custom[code]


def _from_position(values: dict[str, Any], field: str) -> Any:
    """Take a value out of the first position that has it: a date, or its organisation's name."""
    places = values.get("positions") or []
    if field == "position" and places:
        values["positions"] = places[1:]
        return places[0]
    for at, place in enumerate(places):
        if place.get(field):
            values["positions"] = [
                {name: one for name, one in other.items() if name != field} if index == at else other
                for index, other in enumerate(places)
            ]
            return place[field]
    return None


def _from_card(values: dict[str, Any], field: str) -> Any:
    return values.pop(field) if values.get(field) else None


_WAYS: tuple[Callable[[dict[str, Any], str], Any], ...] = (
    _from_list, _from_address, _from_custom, _from_card, _from_position,
)  # fmt: skip


def leave_out_unknown(clean: Clean, problems: Sequence[Problem], held: Card) -> list[Aside]:
    """Take out of a cleaned card what the directory doesn't know or the user may not set; return it.

    ``held``: the record's card, whose values stay; blank for a new record. Problems that concern nothing of the card,
    such as a required field without a value, count for nothing.
    """
    asides: list[Aside] = []
    before = by_name(held)
    for problem in problems:
        field = problem.field
        value: Any = ""
        if field.startswith(CUSTOM):
            code, custom = field.removeprefix(CUSTOM), before.get("custom", {})
            value = clean.custom.pop(code, "")
            clean.custom |= {code: custom[code]} if code in custom else {}
        elif field == "tags":
            value, clean.tags = ", ".join(clean.tags), list(before["tags"])
        elif field in clean.standing:
            value = _without(clean, problem, before)
        asides.append(Aside(field, problem.code, problem.params, _text(value)))
    return asides


def _without(clean: Clean, problem: Problem, held: dict[str, Any]) -> Any:
    """Take an unknown name out of the ``standing`` fields."""
    standing = by_name(clean.standing)
    value = standing[problem.field]
    if isinstance(value, list):
        name = problem.params.get("name", "")
        standing[problem.field] = [one for one in value if one != name] if name in value else []
        return name or ", ".join(value)
    standing[problem.field] = held.get(problem.field) or (None if problem.field in ("status", "assigned_to") else "")
    return value


def with_lines(notes: str, lines: Sequence[str]) -> str:
    """Return notes with the lines that they lack."""
    held = set(notes.split("\n"))
    missing = [line for line in dict.fromkeys(lines) if line not in held]
    room = NOTES_LIMIT - len(notes) - sum(map(len, missing))
    return "\n".join(filter(None, (notes, *missing))) if missing and room > 0 else notes


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value") or ", ".join(filter(None, map(str, value.values())))
    if isinstance(value, list):
        value = ", ".join(map(_text, value))
    return " ".join(str(value if value is not None else "").split())[:500]
