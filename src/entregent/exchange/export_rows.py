"""Write records as rows, in columns that the import reads back without changes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from entregent.directory.fields.field_types import Flag, Item, Text, Words
from entregent.directory.fields.register import blank_values, typed
from entregent.directory.parties.cards import Card
from entregent.directory.parties.extracts import Place
from entregent.kernel.countries import country_name

from .fields import targets

_SKIPPED = frozenset(
    {"middle_name", "whole_name", "address_block", "postal_city", "note", "ignore", "organisation_postal_city"}
    | {"mail_wanted", "mail_state", "birth_year", "birth_month", "birth_day"}
    | {f"organisation_{part}" for part in ("email", "phone", "address", "postal_code", "province", "country")}
)
"""Targets that are only imported: alternatives of other columns, and values of the organisation."""
_SCALARS = frozenset(typed(Text, Item))
_WORDS, _FLAGS = typed(Words), typed(Flag)
_EMAILS, _PHONES = ("email", "email_2", "email_3"), ("mobile", "fax", "phone", "phone_2")
_ADDRESS = ("address", "postal_code", "city", "province", "country")
_ADDRESSES = tuple(part + suffix for suffix in ("", "_2") for part in _ADDRESS)
_PLACE = ("function", "organisation", "organisation_code", "organisation_city", "since", "until")
_EMPTY = [[""] * (len(_ADDRESSES) - count) for count in range(len(_ADDRESSES) + 1)]
"""How many cells of addresses there are → the empty ones that follow them."""
_NO_PLACE = ("",) * len(_PLACE)


def columns(kind: str) -> tuple[list[str], list[str]]:
    """Return (codes, labels) of the columns of contacts or organisations, labels in the current language."""
    shown = [field for field in targets(kind) if field.code not in _SKIPPED]
    return [field.code for field in shown], [str(field.label) for field in shown]


class CellWriter:
    """Writes cards as rows of cells; created once per file.

    Args:
        codes: the columns (codes of `fields.FIELDS`).
        language: for names of countries; «yes» and «no» are in the current language.
    """

    def __init__(self, codes: list[str], language: str) -> None:
        self.language = language
        self.scalars = [code for code in codes if code in _SCALARS]
        self.yes, self.no = _("yes"), _("no")
        made = (*self.scalars, *_WORDS, *_FLAGS, *_EMAILS, *_PHONES, *_ADDRESSES, "website", *_PLACE)
        places = {code: place for place, code in enumerate(made)}
        self.places = [places.get(code, len(made)) for code in codes]

    def cells(self, card: Mapping[str, Any], place: Place | None) -> list[str]:
        """Return the cells of one card. `place`: the main position if the reader may see it."""
        made = [
            *map(card.get, self.scalars),
            *[_joined(card[name]) for name in _WORDS],
            *[self.yes if card[name] else self.no for name in _FLAGS],
            *_emails(card["emails"]),
            *_phones(card["phones"]),
            *self._addresses(card["addresses"]),
            "\n".join([item["value"] for item in card["websites"]]),
            *(_placed(place) if place else _NO_PLACE),
            "",  # in columns that no card has
        ]
        return [made[place] or "" for place in self.places]

    def _addresses(self, addresses: list[dict[str, str]]) -> list[str]:
        """Return the cells of the first two addresses."""
        found: list[str] = []
        for each in addresses[:2]:
            country = country_name(each["country"], self.language) if each["country"] else ""
            found += (each["street"], each["postal_code"], each["city"], each["province"], country)
        return found + _EMPTY[len(found)]


def blank(card: Card) -> Mapping[str, Any]:
    """Return a card from a file, completed with blank values, so that a rejected vCard can be returned as a row."""
    return {**blank_values("p", standing=False), **blank_values("p", standing=True), **card}


def place_of(card: Card) -> Place | None:
    """Return the first position of a card from a file."""
    for place in card.get("positions", [])[:1]:
        return Place(place.get("function", ""), None, None, place["organisation_name"], "", "")
    return None


def _joined(names: list[str]) -> str:
    return ", ".join(sorted(names, key=str.casefold)) if names else ""


def _emails(items: list[dict[str, str]]) -> tuple[str, str, str]:
    first = items[0]["value"] if items else ""
    if len(items) < 2:
        return first, "", ""
    return first, items[1]["value"], "; ".join([item["value"] for item in items[2:]])


def _phones(phones: list[dict[str, str]]) -> tuple[str, str, str, str]:
    """Put a mobile and a fax in their columns, and all other numbers in order."""
    mobile, fax, plain = None, None, []
    for item in phones:
        if item["label"] == "mobile" and mobile is None:
            mobile = item["value"]
        elif item["label"] == "fax" and fax is None:
            fax = item["value"]
        else:
            plain.append(item["value"])
    return mobile or "", fax or "", plain[0] if plain else "", "; ".join(plain[1:])


def _placed(place: Place) -> tuple[str, ...]:
    since = place.since.isoformat() if place.since else ""
    until = place.until.isoformat() if place.until else ""
    return place.function, place.organisation, place.code, place.city, since, until
