"""Parties read back as cards, many at once: six queries whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .cards import Card, texts_of
from .models import Address, Channel, Party, PartyTag, Position, Share

_PLURALS = {"email": "emails", "phone": "phones", "website": "websites"}


@dataclass(slots=True)
class Record:
    """A party with its card, and its positions (as rows, the main one first)."""

    party: Party
    card: Card
    positions: list[Position] = field(default_factory=list)


def records(parties: Iterable[Party]) -> dict[int, Record]:
    """Cards of ``parties`` by id. A person's positions are given with their organisations."""
    found = {party.pk: Record(party, _columns(party)) for party in parties}
    ids = list(found)
    for channel in Channel.readable.filter(party_id__in=ids).order_by("kind", "rank", "id"):
        party = found[channel.party_id].party
        item: dict[str, Any] = {"value": channel.value, "label": channel.label}
        if channel.kind == "email" and party.is_person and not channel.exclusive:
            item["shared"] = True
        found[channel.party_id].card[_PLURALS[channel.kind]].append(item)
    for address in Address.readable.filter(party_id__in=ids).order_by("rank", "id"):
        found[address.party_id].card["addresses"].append(
            {
                name: getattr(address, name)
                for name in ("label", "street", "city", "province", "country", "postal_code")
            }
        )
    for party_id, name in PartyTag.readable.filter(party_id__in=ids).values_list("party_id", "tag__name"):
        found[party_id].card["tags"].append(name)
    shared = [pk for pk in ids if found[pk].party.visibility == "shared"]
    for share in Share.objects.filter(party_id__in=shared).order_by("id") if shared else ():
        visibility = found[share.party_id].card["visibility"]
        if share.team_id:
            visibility["teams"].append(share.team_id)
        else:
            visibility["users"].append(share.user_id)
    people = [pk for pk in ids if found[pk].party.is_person]
    for position in (
        Position.readable.filter(contact_id__in=people)
        .select_related("organisation")
        .order_by("-main", "until", "id")
    ):
        found[position.contact_id].positions.append(position)
    return found


def record(party: Party) -> Record:
    """One party's card."""
    return records([party])[party.pk]


def _columns(party: Party) -> Card:
    card: Card = {name: getattr(party, name) for name in texts_of(party.kind)}
    card["name"] = party.name
    if party.is_person:
        card["birth_date"] = party.birth_date.isoformat() if party.birth_date else None
    return card | {
        "active": party.active,
        "emails": [],
        "phones": [],
        "websites": [],
        "addresses": [],
        "tags": [],
        "visibility": {"mode": party.visibility, "teams": [], "users": []},
    }
