"""A party as plain data: what every door gives to an action, and what reading gives back.

A card is a dict. A person's: ``last_name first_name civility birth_date language``; an organisation's:
``name siren siret neq``; both: ``vat_number code uid notes active visibility tags emails phones websites
addresses organisation function positions``, and where the account stands with it: ``status`` (its name, ``""``
none, None not said), ``mail_refused assigned_to`` (a user's id); a person's ``skills`` and an organisation's
``family`` are names too. ``custom`` holds values of custom fields by code, and changes those alone that it names.
Lists have the main item first. Short forms for the main item:
``email phone website`` (str), ``address`` (dict). In a change, a key that is absent stays as it is.
"""

from typing import Any

Card = dict[str, Any]

PERSON_TEXTS = ("last_name", "first_name", "civility", "birth_date", "language")
ORGANISATION_TEXTS = ("name", "siren", "siret", "neq")
COMMON_TEXTS = ("vat_number", "code", "uid", "notes")
LISTS = ("emails", "phones", "websites", "addresses", "tags")
ADDRESS_PARTS = ("street", "postal_code", "city", "province", "country")
CUSTOM = "custom."
"""Leads a custom field's code where it stands among other names: the journal's, a column's, a condition's."""
SHORT_FORMS = {"email": "emails", "phone": "phones", "website": "websites"}


def texts_of(kind: str) -> tuple[str, ...]:
    """The names of a kind's plain columns, in the order that people read them."""
    return (PERSON_TEXTS if kind == "p" else ORGANISATION_TEXTS) + COMMON_TEXTS


def blank(kind: str, language: str) -> Card:
    """The card of a party of which nothing is known yet."""
    card: Card = dict.fromkeys(texts_of(kind), "")
    if kind == "p":
        card["language"] = language
    return (
        card
        | {name: [] for name in LISTS}
        | standing(kind)
        | {
            "custom": {},
            "active": True,
            "visibility": {"mode": "everyone", "teams": [], "users": []},
        }
    )


def standing(kind: str) -> Card:
    """Where an account stands with a party of which it has said nothing: no status chosen, mailings allowed."""
    own: Card = {"skills": []} if kind == "p" else {"family": ""}
    return {"status": None, "mail_refused": False, "assigned_to": None, **own}


def merged(current: Card, patch: Card) -> Card:
    """``current`` with ``patch`` laid over it; short forms change the main item and leave the others."""
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
    """What the journal compares and keeps: scalars, and lists of short texts."""
    told = {name: card[name] for name in card if name in _TOLD}
    if "last_name" in card:
        told.pop("name", None)  # made of the two others
    for name in ("emails", "phones", "websites"):
        told[name] = [_labelled(item) for item in card[name]]
    told["addresses"] = [address_line(address) for address in card["addresses"]]
    told["tags"] = sorted(card["tags"], key=str.casefold)
    if card.get("skills"):
        told["skills"] = sorted(card["skills"], key=str.casefold)
    told["assigned_to"] = f"user:{card['assigned_to']}" if card.get("assigned_to") else None
    told["visibility"] = card["visibility"]["mode"]
    if told["visibility"] == "shared":
        told["shared_with"] = [
            *(f"team:{pk}" for pk in sorted(card["visibility"]["teams"])),
            *(f"user:{pk}" for pk in sorted(card["visibility"]["users"])),
        ]
    for code, value in card.get("custom", {}).items():
        told[CUSTOM + code] = value
    return told


_TOLD = {*PERSON_TEXTS, *ORGANISATION_TEXTS, *COMMON_TEXTS, "active", "status", "family", "mail_refused"}


def _labelled(item: dict) -> str:
    return f"{item['value']} ({item['label']})" if item.get("label") else item["value"]


def address_line(address: dict) -> str:
    """An address on one line, for the journal."""
    street = ", ".join((address.get("street") or "").splitlines())
    city = " ".join(filter(None, (address.get("postal_code"), address.get("city"))))
    return ", ".join(filter(None, (street, city, address.get("province"), address.get("country"))))


def reference(pk: int, name: str) -> dict[str, Any]:
    """An organisation as the journal keeps it: named to those only who may see it when they read (B3)."""
    return {"id": pk, "name": name}


def changes(old: Card, new: Card) -> dict[str, list]:
    """Field by field, ``[old, new]`` of what differs between two plain cards (E2)."""
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
