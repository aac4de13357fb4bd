"""Cards: a party as a dict of plain data, given to actions and returned by ``reading``.

Keys are the names of the register's fields, plus ``organisation``, ``function`` and ``positions`` of a person, and
``custom``: values of custom fields by code. ``status`` is a name; ``""`` means none, None not given. Lists start with
the main item, which also has a short form: ``email``, ``phone``, ``website`` (str), ``address`` (dict). In a patch,
missing keys (of ``custom``, too) leave the value unchanged.
"""

from typing import Any

from entregent.directory.fields.field_types import ADDRESS_PARTS, Seen, Text, Type, Ways
from entregent.directory.fields.register import BY_NAME, CUSTOM, blank_values, fields_of, names_of, short_forms

__all__ = ["ADDRESS_PARTS", "CUSTOM"]

Card = dict[str, Any]

LISTS = tuple(field.name for field in fields_of("p") if field.type.several and not field.standing)
SHORT_FORMS = {short: name for short, name in short_forms().items() if isinstance(BY_NAME[name].type, Ways)}


def texts_of(kind: str) -> tuple[str, ...]:
    """Return the names of a kind's text columns, in the order of the register."""
    return names_of(kind, Text)


def blank(kind: str, language: str) -> Card:
    """Return a blank card."""
    card = blank_values(kind, standing=False) | standing(kind) | {"custom": {}}
    return card | {"language": language} if kind == "p" else card


def standing(kind: str) -> Card:
    """Return the default values of the ``standing`` fields: no status, mailings allowed…"""
    return blank_values(kind, standing=True)


def merged(current: Card, patch: Card) -> Card:
    """Return ``current`` with ``patch`` applied; short forms change the main item only."""
    card = current | patch
    for short, plural in SHORT_FORMS.items():
        if short in patch:
            card[plural] = _with_main(card[plural], card.pop(short))
    if "address" in patch:
        card.pop("address")
        card["addresses"] = _with_main_address(card["addresses"], patch["address"] or {})
    if "language" in current and not card["language"]:
        card["language"] = current["language"]
    if isinstance(patch.get("custom"), dict):
        card["custom"] = {**current.get("custom", {}), **patch["custom"]}
    return card


def _with_main(items: list[dict], value: Any) -> list[dict]:
    if value in (None, ""):
        return items[1:]
    if items and items[0].get("value") == value:
        return items
    rest = [item for item in items[1:] if item.get("value") != value]
    kept = {"label": items[0]["label"]} if items and items[0].get("label") else {}
    return [{**kept, "value": value}, *rest]


def _with_main_address(addresses: list[dict], parts: Any) -> list[dict]:
    if not isinstance(parts, dict):
        return [parts, *addresses[1:]]
    main = {**(addresses[0] if addresses else {}), **parts}
    if not any(main.get(part) for part in ("street", "postal_code", "city", "province")):
        return addresses[1:]
    return [main, *addresses[1:]]


def plain(card: Card) -> Card:
    """Return a card as the journal compares and stores it: scalars, and lists of short texts."""
    told = {}
    for name, as_told in _TOLD["p" if "last_name" in card else "o"]:
        if name in card:
            told[name] = as_told(card[name]) if as_told else card[name]
    if told["visibility"] == "shared":
        told["shared_with"] = Seen.shared_with(card["visibility"])
    for code, value in card.get("custom", {}).items():
        told[CUSTOM + code] = value
    return told


_TOLD = {
    kind: [
        (field.name, None if type(field.type).plain is Type.plain else field.type.plain) for field in fields_of(kind)
    ]
    for kind in "po"
}
"""Kind → its fields' names, each with the function that converts its value for the journal (None: unchanged)."""


def reference(pk: int, name: str) -> dict[str, Any]:
    """Return an organisation as the journal stores it; its name is shown only to readers who may see it (B3)."""
    return {"id": pk, "name": name}


def changes(old: Card, new: Card) -> dict[str, list]:
    """Return the differences of two plain cards: field → ``[old, new]`` (E2)."""
    if not old:
        return {
            name: [None, value]
            for name, value in new.items()
            if value or (value is not None and (name == "active" or name.startswith(CUSTOM)))
        }
    names = [*old, *(name for name in new if name not in old)]
    return {
        name: [old.get(name), new.get(name)]
        for name in names
        if old.get(name) != new.get(name)
        and (old.get(name) or new.get(name) or name == "active" or name.startswith(CUSTOM))
    }
