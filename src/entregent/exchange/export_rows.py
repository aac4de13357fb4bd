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
    | {"mail_wanted", "mail_state"}
    | {f"organisation_{part}" for part in ("email", "phone", "address", "postal_code", "province", "country")}
)
"""Targets that are only imported: alternatives of other columns, and values of the organisation."""
_SCALARS = frozenset(typed(Text, Item))
_WORDS, _FLAGS = typed(Words), typed(Flag)
_ADDRESS = ("postal_code", "city", "province")


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
        self.codes, self.language = codes, language
        self.scalars = [code for code in codes if code in _SCALARS]
        self.yes, self.no = _("yes"), _("no")

    def cells(self, card: Mapping[str, Any], place: Place | None) -> list[str]:
        """Return the cells of one card. `place`: the main position if the reader may see it."""
        found = {code: card[code] for code in self.scalars if code in card}
        for name in _WORDS:
            found[name] = _joined(card[name])
        for name in _FLAGS:
            found[name] = self.yes if card[name] else self.no
        _add_emails(found, card["emails"])
        _add_phones(found, card["phones"])
        self._add_addresses(found, card["addresses"])
        found["website"] = "\n".join([item["value"] for item in card["websites"]])
        if place:
            _add_place(found, place)
        return [found.get(code) or "" for code in self.codes]

    def _add_addresses(self, found: dict[str, str], addresses: list[dict[str, str]]) -> None:
        for suffix, address in zip(("", "_2"), addresses, strict=False):
            found[f"address{suffix}"] = address["street"]
            for part in _ADDRESS:
                found[part + suffix] = address[part]
            found[f"country{suffix}"] = country_name(address["country"], self.language) if address["country"] else ""


def blank(card: Card) -> Mapping[str, Any]:
    """Return a card from a file, completed with blank values, so that a rejected vCard can be returned as a row."""
    return {**blank_values("p", standing=False), **blank_values("p", standing=True), **card}


def place_of(card: Card) -> Place | None:
    """Return the first position of a card from a file."""
    for place in card.get("positions", [])[:1]:
        return Place(place.get("function", ""), None, None, place["organisation_name"], "", "")
    return None


def _joined(names: list[str]) -> str:
    return ", ".join(sorted(names, key=str.casefold))


def _add_emails(found: dict[str, str], emails: list[dict[str, str]]) -> None:
    for code, item in zip(("email", "email_2"), emails, strict=False):
        found[code] = item["value"]
    found["email_3"] = "; ".join([item["value"] for item in emails[2:]])


def _add_phones(found: dict[str, str], phones: list[dict[str, str]]) -> None:
    """Put a mobile and a fax in their columns, and all other numbers in order."""
    plain: list[str] = []
    for item in phones:
        if item["label"] in ("mobile", "fax") and item["label"] not in found:
            found[item["label"]] = item["value"]
        else:
            plain.append(item["value"])
    found["phone"], found["phone_2"] = plain[0] if plain else "", "; ".join(plain[1:])


def _add_place(found: dict[str, str], place: Place) -> None:
    found["function"], found["organisation"] = place.function, place.organisation
    found["organisation_code"], found["organisation_city"] = place.code, place.city
    found["since"] = place.since.isoformat() if place.since else ""
    found["until"] = place.until.isoformat() if place.until else ""
