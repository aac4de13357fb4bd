"""Cards: a party as a dict of plain data, given to actions and returned by ``reading``."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from entregent.directory.fields.field_types import ADDRESS_PARTS, Seen, Text, Type, Ways
from entregent.directory.fields.register import BY_NAME, CUSTOM, blank_values, fields_of, names_of, short_forms

__all__ = ["ADDRESS_PARTS", "CUSTOM"]


class Card(TypedDict, total=False):
    """A record, or in a patch the part of it to change: missing keys (of ``custom``, too) leave the value unchanged.

    Keys are the names of the register's fields, and others that are told apart below. Lists start with the main item.
    Values from an interface may still have any type: ``cleaning`` checks them.
    """

    name: str
    last_name: str
    first_name: str
    civility: str
    birth_name: str
    birth_date: str | None
    language: str
    emails: list[dict[str, Any]]
    phones: list[dict[str, Any]]
    addresses: list[dict[str, Any]]
    websites: list[dict[str, Any]]
    tags: list[str]
    skills: list[str]
    status: str | None  # "": none; None: not given
    family: str
    assigned_to: int | None
    mail_refused: bool
    notes: str
    siren: str
    siret: str
    neq: str
    vat_number: str
    code: str
    uid: str
    active: bool
    visibility: dict[str, Any]

    custom: dict[str, Any]  # values of custom fields by code
    positions: list[dict[str, Any]]

    # Short forms: the main item of a list, and the main position.
    email: str | None
    phone: str | None
    address: dict[str, Any] | None
    website: str | None
    organisation: Any
    organisation_name: str
    function: str


def by_name(card: Card) -> dict[str, Any]:
    """Return the same card, to be read and changed by names of fields that are known at run time only."""
    return cast("dict[str, Any]", card)


def card_of(values: Mapping[str, Any]) -> Card:
    """Return ``values``, whose keys are names of fields, as a card; the same object."""
    return cast("Card", values)


LISTS = tuple(field.name for field in fields_of("p") if field.type.several and not field.standing)
SHORT_FORMS = {short: name for short, name in short_forms().items() if isinstance(BY_NAME[name].type, Ways)}


def texts_of(kind: str) -> tuple[str, ...]:
    """Return the names of a kind's text columns, in the order of the register."""
    return names_of(kind, Text)


def blank(kind: str, language: str) -> Card:
    """Return a blank card."""
    card = blank_values(kind, standing=False) | blank_values(kind, standing=True) | {"custom": {}}
    return card_of(card | {"language": language} if kind == "p" else card)


def standing(kind: str) -> Card:
    """Return the default values of the ``standing`` fields: no status, mailings allowed…"""
    return card_of(blank_values(kind, standing=True))


def merged(current: Card, patch: Card) -> Card:
    """Return ``current`` with ``patch`` applied; short forms change the main item only.

    What a patch omits inside a value stays as it is: parts of the visibility and of the main address, the label of an
    e-mail and whether it is shared, the country of an address.
    """
    card = current | patch
    named = by_name(card)
    for plural in _SAME_BY.keys() & patch.keys():
        named[plural] = _with_omitted(by_name(current)[plural], named[plural], _SAME_BY[plural])
    if isinstance(patch.get("visibility"), dict):
        kept = current.get("visibility", {}) if patch["visibility"].get("mode", "shared") == "shared" else {}
        card["visibility"] = {**kept, **patch["visibility"]}
    for short, plural in SHORT_FORMS.items():
        if short in patch:
            named[plural] = _with_main(named[plural], named.pop(short))
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
    if len(rest) < len(items) - 1:  # another of theirs becomes the main one
        return [next(item for item in items if item.get("value") == value), *rest]
    kept = {"label": items[0]["label"]} if items and items[0].get("label") else {}
    return [{**kept, "value": value}, *rest]


_SAME_BY = dict.fromkeys(SHORT_FORMS.values(), ("value",)) | {"addresses": ("street", "postal_code", "city")}
"""List of a card → the parts that are equal in two items that are the same."""


def _with_omitted(held: list[dict], items: Any, same_by: tuple[str, ...]) -> Any:
    """Return given items, each with what the held one that is the same says besides."""
    if not held or not isinstance(items, list):
        return items
    known = {str([item.get(part) or "" for part in same_by]): item for item in held}
    return [
        {**known.get(str([item.get(part) or "" for part in same_by]), {}), **item} if isinstance(item, dict) else item
        for item in items
    ]


def _with_main_address(addresses: list[dict], parts: Any) -> list[dict]:
    if not isinstance(parts, dict):
        return [parts, *addresses[1:]]
    main = {**(addresses[0] if addresses else {}), **parts}
    if not any(main.get(part) for part in ("street", "postal_code", "city", "province")):
        return addresses[1:]
    return [main, *addresses[1:]]


def plain(card: Card) -> dict[str, Any]:
    """Return a card as the journal compares and stores it: scalars, and lists of short texts."""
    told, values = {}, by_name(card)
    for name, as_told in _TOLD["p" if "last_name" in card else "o"]:
        if name in values:
            told[name] = as_told(values[name]) if as_told else values[name]
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


def changes(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list]:
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
