"""Read parties as cards, many at once: about ten queries whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.directory.fields.field_types import Day
from entregent.directory.fields.register import names_of
from entregent.directory.models import (
    Address,
    Channel,
    ContactStatus,
    Item,
    OrganisationFamily,
    Party,
    PartySkill,
    PartyTag,
    Position,
    Share,
)
from entregent.store.prepared import prepared

from .cards import ADDRESS_PARTS, SHORT_FORMS, Card, blank, by_name, card_of, texts_of
from .cleaning_ways import Way

_CHANNEL = ("party_id", "kind", "value", "label", "key", "from_service", "exclusive")
ADDRESS = ("label", *ADDRESS_PARTS)
_UNREAD_OF_ORGANISATIONS = [
    f"organisation__{name}"
    for name in ("created_at", "updated_at", "last_action_at", "extra", "custom", "tag_names", "search_text", "notes")
]
"""Columns of organisations that are not read with people's positions, which halves the cost."""


@dataclass(slots=True)
class Record:
    """A party with its card, and its positions (as rows, the main one first)."""

    party: Party
    card: Card
    positions: list[Position] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    """Its e-mails, phones and websites, with their keys."""
    service_tags: set[str] = field(default_factory=set)
    """On a layer: the tags copied from the shared record. Items of other lists have a ``service`` key."""
    service_skills: set[str] = field(default_factory=set)


@prepared
def _seen(by: Actor, pk: int) -> QuerySet:
    return Party.readable.visible_to(by).with_id(pk)


@prepared
def _channels(ids: list[int]) -> QuerySet:
    rows = Channel.readable.filter(party_id__in=ids).order_by("kind", "rank", "id")
    return rows.values_list(*_CHANNEL)


@prepared
def _addresses(ids: list[int]) -> QuerySet:
    rows = Address.readable.filter(party_id__in=ids).order_by("rank", "id")
    return rows.values_list("party_id", "from_service", *ADDRESS)


@prepared
def _tags(ids: list[int]) -> QuerySet:
    return PartyTag.readable.filter(party_id__in=ids).values_list("party_id", "tag__name", "from_service")


@prepared
def _skills(people: list[int]) -> QuerySet:
    rows = PartySkill.readable.filter(party_id__in=people).order_by("skill__key")
    return rows.values_list("party_id", "skill__name", "from_service")


@prepared
def _positions(people: list[int]) -> QuerySet:
    held = Position.readable.filter(contact_id__in=people).select_related("organisation")
    return held.defer(*_UNREAD_OF_ORGANISATIONS).order_by("-main", "until", "id")


def find(by: Actor, pk: int) -> Party | None:
    """Return the party of this id (see ``with_id``); None if ``by`` may not see it or it is in the bin."""
    return next(iter(_seen(by, pk)), None)


def records(parties: Iterable[Party]) -> dict[int, Record]:
    """Return the records of ``parties`` by id, people's positions with their organisations."""
    found = {party.pk: Record(party, _columns(party)) for party in parties}
    ids = list(found)
    for party_id, kind, value, label, key, from_service, exclusive in _channels(ids):
        item: dict[str, Any] = {"value": value, "label": label}
        if from_service:
            item["service"] = True
        elif kind == "email" and found[party_id].party.is_person and not exclusive:
            item["shared"] = True
        by_name(found[party_id].card)[SHORT_FORMS[kind]].append(item)
        found[party_id].ways.append(Way(kind, value, key))
    for party_id, from_service, *parts in _addresses(ids):
        item = dict(zip(ADDRESS, parts, strict=True))
        found[party_id].card["addresses"].append(item | ({"service": True} if from_service else {}))
    for party_id, name, from_service in _tags(ids):
        found[party_id].card["tags"].append(name)
        if from_service:
            found[party_id].service_tags.add(name)
    _read_standing(found)
    shared = [pk for pk in ids if found[pk].party.visibility == "shared"]
    for share in Share.objects.filter(party_id__in=shared).order_by("id") if shared else ():
        visibility = found[share.party_id].card["visibility"]
        if share.team_id:
            visibility["teams"].append(share.team_id)
        else:
            visibility["users"].append(share.user_id)
    people = [pk for pk in ids if found[pk].party.is_person]
    for position in _positions(people):
        found[position.contact_id].positions.append(position)
    return found


def _read_standing(found: dict[int, Record]) -> None:
    """Add the names of statuses, families and skills; no query if there are none."""
    own = [record for record in found.values() if record.party.is_layer or not record.party.of_service]
    statuses = names_of_items(ContactStatus, {record.party.status_id for record in own})
    families = names_of_items(OrganisationFamily, {record.party.family_id for record in found.values()})
    for record in own:  # the operator's own values are hidden from accounts
        record.card["status"] = statuses.get(record.party.status_id, "")
        record.card["mail_refused"] = record.party.mail_refused_at is not None
        record.card["assigned_to"] = record.party.assigned_to_id
    for record in found.values():
        if not record.party.is_person:
            record.card["family"] = families.get(record.party.family_id, "")
    people = [pk for pk, record in found.items() if record.party.is_person]
    for party_id, name, from_service in _skills(people):
        found[party_id].card["skills"].append(name)
        if from_service:
            found[party_id].service_skills.add(name)


def names_of_items(model: type[Item], ids: set[int | None]) -> dict[int | None, str]:
    """Return the names of items by id; no query if there are none."""
    ids.discard(None)
    return dict(model.readable.filter(pk__among=ids).values_list("pk", "name")) if ids else {}


def record(party: Party) -> Record:
    """Return the record of one party."""
    return records([party])[party.pk]


def _columns(party: Party) -> Card:
    card: dict[str, Any] = {name: getattr(party, name) for name in texts_of(party.kind)}
    for name in names_of(party.kind, Day):
        card[name] = card[name].isoformat() if card[name] else None
    own = party.is_layer or not party.of_service
    if not own:  # the operator's own notes and custom fields are hidden from accounts
        card["notes"] = ""
    card |= {
        "name": party.name,
        "status": "",
        "custom": party.custom if own else {},
        "active": party.active,
        "visibility": {"mode": party.visibility, "teams": [], "users": []},
    }
    return blank(party.kind, "") | card_of(card)
