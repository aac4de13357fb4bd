"""Records as the API returns them, without what the user may not see."""

from collections.abc import Callable, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.directory.fields.custom import own_values
from entregent.directory.fields.field import Door
from entregent.directory.fields.field_types import Addresses, Type, Ways, Words
from entregent.directory.fields.register import fields_of
from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import by_name
from entregent.directory.parties.reading import Record, records
from entregent.directory.positions.places import visible_places


def shown(by: Actor, parties: Sequence[Party]) -> list[dict[str, Any]]:
    """Return `parties`, which `by` may see, as dicts in the same order. The number of queries is fixed."""
    found = records(parties)
    places = visible_places(by, found.values())
    return [_party(by, found[party.pk], places.get(party.pk)) for party in parties]


def _party(by: Actor, record: Record, place: Position | None) -> dict[str, Any]:
    party, card = record.party, by_name(record.card)
    shown = {
        "id": party.pk,
        "service": party.of_service,
        "custom": own_values(by, party),
        "created_at": party.created_at,
        "updated_at": party.updated_at,
        "version": party.version,
    }
    for field in fields_of(party.kind, door=Door.API):
        value = card[field.name]
        show = _SHOWN.get(type(field.type))
        shown[field.name] = show(record, value) if show else value
        if isinstance(field.type, Ways):
            shown[field.type.short] = value[0]["value"] if value else ""
        elif isinstance(field.type, Addresses):
            shown[field.type.short] = value[0] if value else None
    if party.is_person:
        shown["organisation"] = place.organisation_id if place else None
        shown["function"] = place.function if place else ""
    return shown


def _items(record: Record, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items of a list, the main one first; `service` marks those maintained by the operator."""
    shared = record.party.of_service and not record.party.is_layer
    return [
        item | {"main": index == 0, "service": shared or bool(item.get("service"))}
        for index, item in enumerate(items)
    ]


_SHOWN: dict[type[Type], Callable[[Record, Any], Any]] = {
    Words: lambda record, names: sorted(names, key=str.casefold),
    Ways: _items,
    Addresses: _items,
}
"""Field type → the function that converts a card's value for the API, if needed."""
