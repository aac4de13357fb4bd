"""A record as the cells of a row, in the columns that importing understands: what goes out comes in unchanged."""

from django.utils.translation import gettext as _

from entregent.directory.cards import LISTS, Card
from entregent.directory.models import Position
from entregent.directory.reading import Record
from entregent.kernel.countries import country_name

from .fields import CONTACTS, FIELDS

_SKIPPED = frozenset(
    {"middle_name", "whole_name", "address_block", "postal_city", "note", "ignore", "organisation_postal_city"}
    | {f"organisation_{part}" for part in ("email", "phone", "address", "postal_code", "province", "country")}
)
"""Targets that only reading needs: other ways to write what has a column of its own, and the organisation's facts."""
_SCALARS = frozenset(
    "last_name first_name civility name language vat_number code uid siren siret neq notes status family".split()
)
_ADDRESS = ("postal_code", "city", "province")


def columns(kind: str) -> tuple[list[str], list[str]]:
    """Return (codes, labels) of the columns of contacts or of organisations, labels in the current language."""
    letter = "c" if kind == CONTACTS else "o"
    shown = [field for field in FIELDS if letter in field.kinds and field.code not in _SKIPPED]
    return [field.code for field in shown], [str(field.label) for field in shown]


def cells(record: Record, place: Position | None, codes: list[str], language: str) -> list[str]:
    """Return the cells of one record. `place`: the position that the reader may see, if any."""
    found = _of_card(record.card, language) | _place(place)
    return [found.get(code, "") for code in codes]


def card_cells(card: Card, codes: list[str], language: str) -> list[str]:
    """Return the cells of a card that is not kept yet: a vCard that has to be mended goes back as a row."""
    found = _of_card({**{name: [] for name in LISTS}, "active": True, **card}, language)
    for place in card.get("positions", [])[:1]:
        found |= {"organisation": place["organisation_name"], "function": place.get("function", "")}
    return [found.get(code, "") for code in codes]


def _of_card(card: Card, language: str) -> dict[str, str]:
    found = {name: value for name, value in card.items() if name in _SCALARS and value}
    found |= _emails(card) | _phones(card) | _addresses(card, language)
    found["website"] = "\n".join(item["value"] for item in card["websites"])
    found["birth_date"] = card.get("birth_date") or ""
    found["tags"] = ", ".join(sorted(card["tags"], key=str.casefold))
    found["skills"] = ", ".join(sorted(card.get("skills", []), key=str.casefold))
    found["mail_refused"] = _("yes") if card.get("mail_refused") else _("no")
    found["active"] = _("yes") if card["active"] else _("no")
    return found


def _emails(card: Card) -> dict[str, str]:
    first, second, *others = [item["value"] for item in card["emails"]] + ["", ""]
    return {"email": first, "email_2": second, "email_3": "; ".join(filter(None, others))}


def _phones(card: Card) -> dict[str, str]:
    """A mobile and a fax in their columns; the others in order, all of them."""
    found: dict[str, str] = {}
    plain: list[str] = []
    for item in card["phones"]:
        if item["label"] in ("mobile", "fax") and item["label"] not in found:
            found[item["label"]] = item["value"]
        else:
            plain.append(item["value"])
    return found | {"phone": plain[0] if plain else "", "phone_2": "; ".join(plain[1:])}


def _addresses(card: Card, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for suffix, address in zip(("", "_2"), card["addresses"], strict=False):
        found[f"address{suffix}"] = address["street"]
        found |= {f"{name}{suffix}": address[name] for name in _ADDRESS}
        found[f"country{suffix}"] = country_name(address["country"], language) if address["country"] else ""
    return found


def _place(place: Position | None) -> dict[str, str]:
    if place is None:
        return {}
    return {
        "organisation": place.organisation.name,
        "organisation_code": place.organisation.code,
        "organisation_city": place.organisation.city,
        "function": place.function,
        "since": place.since.isoformat() if place.since else "",
        "until": place.until.isoformat() if place.until else "",
    }
