"""Compute what a row changes in an existing record, and the organisation of a row that names no person."""

from collections.abc import Callable
from typing import Any

from entregent.directory.fields.field_types import Item
from entregent.directory.fields.register import names_of, typed
from entregent.directory.parties.cards import ADDRESS_PARTS, Card, by_name, card_of
from entregent.directory.parties.cleaning import Clean, item_key, tag_key
from entregent.kernel.text import fold

from .file_card import FileCard

_NEVER = frozenset({"active", "visibility"})
"""Fields of existing records that an import never changes."""
_ITEMS = frozenset(typed(Item))
_OF_ORGANISATION = frozenset({*names_of("o"), "custom"})
"""What a row that names no person says of its organisation: all that an organisation can have."""


def patch_of(current: Card, clean: Clean, given: frozenset[str], replace: bool) -> Card:
    """Return the patch of an existing record: all given values if ``replace``, else only those the record lacks.

    List items are only added: an import never removes an address or a tag.
    """
    held, patch = by_name(current), dict[str, Any]()
    for name, value in by_name(clean.card()).items():
        if name not in given or name in _NEVER:
            continue
        if name in _ITEMS and item_key(value or "") == item_key(held.get(name) or ""):
            continue  # the same item, spelled differently
        if name == "custom":
            known = held.get(name) or {}
            patch[name] = {code: one for code, one in value.items() if replace or code not in known}
        elif isinstance(value, list):
            patch[name] = _joined(name, held.get(name) or [], value, replace)
        elif value and (replace or not held.get(name)):
            patch[name] = value
    return card_of(patch)


def joined(held: list, given: list, key: Callable[[Any], Any]) -> list:
    """Return ``held``, and those of ``given`` whose key none of them has."""
    have = {key(item) for item in held}
    return [*held, *(item for item in given if key(item) not in have)]


def _joined(name: str, held: list, given: list, replace: bool) -> list:
    both = joined(held, given, _ITEM_KEYS.get(name, lambda item: fold(item["value"]) or item["value"]))
    fresh = both[len(held) :]
    if replace:
        return [*fresh, *held]
    covered = name == "addresses" and any(_covers(address, item) for address in held for item in fresh)
    return held if covered else both


def _covers(held: dict, given: dict) -> bool:
    """Whether address ``held`` contains all parts of ``given``."""
    return all(not given.get(part) or fold(given[part]) == fold(held.get(part) or "") for part in ADDRESS_PARTS)


_ITEM_KEYS: dict[str, Callable[[Any], Any]] = {
    "tags": tag_key,
    "skills": item_key,
    "addresses": lambda item: tuple(fold(item.get(part) or "") for part in ADDRESS_PARTS),
    "emails": lambda item: item["value"].casefold(),
    "phones": lambda item: "".join(sign for sign in item["value"] if sign.isdigit())[-9:],
    "websites": lambda item: item["value"].casefold().rstrip("/"),
}


def kind_of(card: FileCard, kind: str) -> str:
    """Return ``"o"`` if file or card says so, or if the card names an organisation and no person; else ``"p"``."""
    if kind == "o" or card.get("kind") == "o":
        return "o"
    nobody = not card.get("last_name") and not card.get("first_name")
    return "o" if nobody and (card.get("positions") or [{}])[0].get("organisation_name") else "p"


def organisation_card(card: FileCard) -> Card:
    """Return the card of the organisation in a row that names no person."""
    if card.get("name") or not card.get("positions"):
        return card_of({key: value for key, value in card.items() if key != "kind"})
    place = card["positions"][0]
    kept = {key: value for key, value in card.items() if key in _OF_ORGANISATION and value not in ("", None, [])}
    code = place.get("organisation_code") or card.get("code", "")
    found = card_of(kept | {"name": place["organisation_name"], "code": code})
    if not found.get("addresses"):
        found["addresses"] = [{part: place.get(f"organisation_{part}", "") for part in ADDRESS_PARTS}]
    for name, value in (("emails", place.get("organisation_email")), ("phones", place.get("organisation_phone"))):
        if value:
            by_name(found)[name] = joined(by_name(found).get(name, []), [{"value": value}], _ITEM_KEYS[name])
    return found
