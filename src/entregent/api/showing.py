"""Records as the API shows them: the fields of `doors`, without what the reader may not see."""

from collections.abc import Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.directory.fields.custom import own_values
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import Record, records
from entregent.directory.positions.places import visible_places

ADDRESS = ("street", "postal_code", "city", "province", "country")
PERSON = ("last_name", "first_name", "civility", "language")
ORGANISATION = ("name", "siren", "siret", "neq")


def shown(by: Actor, parties: Sequence[Party]) -> list[dict[str, Any]]:
    """Return `parties`, which `by` was found to see, in the same order; the number of queries is fixed."""
    found = records(parties)
    places = visible_places(by, found.values())
    return [_party(by, found[party.pk], places.get(party.pk)) for party in parties]


def _party(by: Actor, record: Record, place: Position | None) -> dict[str, Any]:
    party, card = record.party, record.card
    address = card["addresses"][0] if card["addresses"] else None
    shown = {
        "id": party.pk,
        **{name: card[name] for name in (PERSON if party.is_person else ORGANISATION)},
        **{name: _main(card[f"{name}s"]) for name in ("email", "phone", "website")},
        "vat_number": card["vat_number"],
        "address": {name: address[name] for name in ADDRESS} if address else None,
        "tags": sorted(card["tags"], key=str.casefold),
        "status": card["status"],
        "active": party.active,
        "visibility": card["visibility"],
        "custom": own_values(by, party),
        "created_at": party.created_at,
        "updated_at": party.updated_at,
        "version": party.version,
    }
    if party.is_person:
        shown["organisation"] = place.organisation_id if place else None
        shown["function"] = place.function if place else ""
        shown["skills"] = card["skills"]
    else:
        shown["family"] = card["family"]
    return shown


def _main(items: list[dict]) -> str:
    return items[0]["value"] if items else ""
