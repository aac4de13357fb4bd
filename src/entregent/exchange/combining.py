"""What a recognised row changes in a record, and what a row without a person's name says of an organisation."""

from collections.abc import Callable
from typing import Any

from entregent.directory.fields.field_types import Item
from entregent.directory.fields.register import typed
from entregent.directory.parties.cards import ADDRESS_PARTS, Card
from entregent.directory.parties.cleaning import Clean, item_key, tag_key
from entregent.kernel.text import fold

_NEVER = frozenset({"active", "visibility"})
"""What a file never changes of a record that is there."""
_ITEMS = frozenset(typed(Item))
_OF_BOTH = ("emails", "phones", "websites", "addresses", "tags", "notes", "status", "family")
"""What a row without a person's name says of its organisation."""


def patch_of(current: Card, clean: Clean, given: frozenset[str], replace: bool) -> Card:
    """What a recognised row changes: all it says (``replace``), or only what the record lacks.

    Lists are joined in both cases: an import never takes an address or a tag away.
    """
    new = clean.card()
    patch: Card = {}
    for name, value in new.items():
        if name not in given or name in _NEVER:
            continue
        if name in _ITEMS and item_key(value or "") == item_key(current.get(name) or ""):
            continue  # written another way it is the same item
        if name == "custom":
            held = current.get("custom") or {}
            patch[name] = {code: one for code, one in value.items() if replace or code not in held}
        elif isinstance(value, list):
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
    "skills": item_key,
    "addresses": lambda item: tuple(fold(item.get(part) or "") for part in ADDRESS_PARTS),
    "emails": lambda item: item["value"].casefold(),
    "phones": lambda item: "".join(sign for sign in item["value"] if sign.isdigit())[-9:],
    "websites": lambda item: item["value"].casefold().rstrip("/"),
}


def kind_of(card: Card, kind: str) -> str:
    """Organisation or person: a card says it itself, or names an organisation and nobody."""
    if kind == "o" or card.get("kind") == "o":
        return "o"
    nobody = not card.get("last_name") and not card.get("first_name")
    return "o" if nobody and (card.get("positions") or [{}])[0].get("organisation_name") else "p"


def organisation_card(card: Card) -> Card:
    """The organisation that a row without a person's name speaks of."""
    if card.get("name") or not card.get("positions"):
        return {key: value for key, value in card.items() if key != "kind"}
    place = card["positions"][0]
    kept = {key: card[key] for key in _OF_BOTH if card.get(key)}
    found: Card = {"name": place["organisation_name"], "code": place.get("organisation_code", ""), **kept}
    if not kept.get("addresses"):
        found["addresses"] = [{part: place.get(f"organisation_{part}", "") for part in ADDRESS_PARTS}]
    return found
