"""What a party's row repeats of the small rows around it, so that a list reads one table."""

from typing import Any

from entregent.kernel.phones import format_phone, phone_search_text
from entregent.kernel.text import name_key, searchable, searchable_email, sort_key

from .cleaning import Clean

Held = dict[str, Any]
"""A position as it counts here: ``organisation_id name function main``, current ones only."""


def shown(clean: Clean, positions: list[Held], country: str, language: str = "fr") -> dict[str, Any]:
    """The «Shown» columns of ``Party``.

    ``positions``: the current places, the main one first; ``country``: the account's, for the way phones are
    written; ``language``: the account's, for the order of names (std F4).
    """
    columns = clean.columns
    person = clean.kind == "p"
    main_address = clean.addresses[0] if clean.addresses else {}
    emails = [channel for channel in clean.channels if channel.kind == "email"]
    phones = [channel for channel in clean.channels if channel.kind == "phone"]
    main = positions[0] if positions else None
    city = main_address.get("city", "")
    if person:
        sort_name = sort_key(columns["last_name"], columns["first_name"], locale=language)
        key = name_key(columns["last_name"], columns["first_name"])
    else:
        sort_name = sort_key(columns["name"], locale=language)
        key = name_key(columns["name"], "")
    organisation_name = main["name"] if main else ""
    return {
        "email": emails[0].value if emails else "",
        "phone": (format_phone(phones[0].key, country) if phones[0].key.startswith("+") else phones[0].value)
        if phones
        else "",
        "city": city,
        "country": main_address.get("country", ""),
        "organisation_id": main["organisation_id"] if main else None,
        "organisation_name": organisation_name,
        "function": main["function"] if main else "",
        "tag_names": sorted(clean.tags, key=str.casefold),
        "sort_name": sort_name,
        "sort_organisation": sort_key(organisation_name, locale=language) if organisation_name else "",
        "sort_city": sort_key(city, locale=language) if city else "",
        "name_key": key[:310],
        "search_text": _search_text(clean, emails, phones, positions),
    }


def _search_text(clean: Clean, emails: list, phones: list, positions: list[Held]) -> str:
    """Begins with a space, so that a short word is found at the beginning of any word (search.py)."""
    columns = clean.columns
    words = searchable(
        columns.get("last_name"),
        columns.get("first_name"),
        columns["name"] if clean.kind == "o" else "",
        *(part for held in positions for part in (held["name"], held["function"])),
        *(address["city"] for address in clean.addresses),
        *clean.tags,
        *clean.standing.get("skills", ()),
        clean.standing.get("family"),
        *clean.searched,
        columns["code"],
        columns.get("siret"),
        columns["vat_number"],
    )
    parts = [words, *(searchable_email(channel.key) for channel in emails)]
    parts += [
        phone_search_text(channel.key if channel.key.startswith("+") else "", channel.value) for channel in phones
    ]
    return " " + " ".join(part for part in parts if part)
