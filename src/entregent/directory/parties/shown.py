"""The columns of ``Party`` derived from related rows, so that lists read one table only."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from entregent.directory.fields.field_types import Text
from entregent.directory.fields.register import fields_of
from entregent.directory.positions.held import Held, held_by
from entregent.kernel.phones import format_phone, phone_search_text
from entregent.kernel.sorting import sort_key
from entregent.kernel.text import searchable, searchable_email

from .cleaning_ways import Way
from .facts import Facts, facts_of
from .reading import Record

_SEARCHED = {kind: [field.name for field in fields_of(kind, Text) if field.searched] for kind in "po"}


def shown(facts: Facts, held: Sequence[Held], country: str, language: str = "fr") -> dict[str, Any]:
    """Return the columns of ``Party`` under "Shown".

    ``held``: the current positions, the main one first; ``country``: the account's, for the format of phone numbers;
    ``language``: the account's, for the order of names (std F4).
    """
    columns = facts.columns
    address = facts.addresses[0] if facts.addresses else {}
    emails, phones = facts.emails, facts.phones
    main = held[0] if held else None
    city, organisation_name = address.get("city", ""), main.name if main else ""
    names = (columns["last_name"], columns["first_name"]) if facts.kind == "p" else (columns["name"],)
    if not any(names):  # a person known by an e-mail address alone
        names = (emails[0].value if emails else "",)
    return {
        "email": emails[0].value if emails else "",
        "phone": _as_shown(phones[0], country) if phones else "",
        "city": city,
        "country": address.get("country", ""),
        "organisation_id": main.organisation_id if main else None,
        "organisation_name": organisation_name,
        "function": main.function if main else "",
        "tag_names": sorted(facts.tags, key=str.casefold),
        "sort_name": sort_key(*names, locale=language),
        "sort_organisation": sort_key(organisation_name, locale=language) if organisation_name else "",
        "sort_city": sort_key(city, locale=language) if city else "",
        "name_key": facts.name_key[:310],
        "search_text": _search_text(facts, emails, phones, held),
    }


def shown_of(record: Record) -> dict[str, Any]:
    """Return the «Shown» columns of a stored record, as of today."""
    account = record.party.account
    held = held_by(record.positions, timezone.localdate())
    return shown(facts_of(record, account), held, account.country, account.language)


def _as_shown(phone: Way, country: str) -> str:
    return format_phone(phone.key, country) if phone.key.startswith("+") else phone.value


def _search_text(facts: Facts, emails: Sequence[Way], phones: Sequence[Way], held: Sequence[Held]) -> str:
    """Return the search text. It begins with a space, since short words are found as « word» (search.py)."""
    columns = facts.columns
    words = searchable(
        *(columns[name] for name in _SEARCHED[facts.kind]),
        *(part for place in held for part in (place.name, place.function)),
        *(address["city"] for address in facts.addresses),
        *facts.tags,
        *facts.skills,
        facts.family,
        *facts.words,
    )
    parts = [words, *(searchable_email(way.key) for way in emails)]
    parts += [phone_search_text(way.key if way.key.startswith("+") else "", way.value) for way in phones]
    return " " + " ".join(part for part in parts if part)
