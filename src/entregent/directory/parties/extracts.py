"""Read thousands of parties for files: plain cards, and the position to show with each.

``reading.records``, for pages and actions, returns model instances with all their data, at four times the cost.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from entregent.accounts.actor import Actor
from entregent.directory.fields.field_types import Day
from entregent.directory.fields.register import fields_of, names_of
from entregent.directory.models import (
    Address,
    Channel,
    ContactStatus,
    OrganisationFamily,
    Party,
    PartySkill,
    PartyTag,
    Position,
)

from .cards import SHORT_FORMS, texts_of
from .reading import ADDRESS, names_of_items

_LISTS = tuple(field.name for field in fields_of("p") if field.type.several)


class Place(NamedTuple):
    """A person's main position, with the columns of files only."""

    function: str
    since: date | None
    until: date | None
    organisation: str
    code: str
    city: str


class Extract(NamedTuple):
    """A row of ``columns`` with the values of a card that files have; the main position if the reader may see it.

    Its e-mails, phones and websites have their ``key``; a phone's is its E.164 form.
    """

    card: dict[str, Any]
    place: Place | None


def columns(kind: str) -> list[str]:
    """Return the columns that ``extracts`` needs, for ``QuerySet.values``; others may be added."""
    standing = ("id", "account_id", "kind", "name", "active", "status_id", "family_id", "mail_refused_at")
    return list(dict.fromkeys((*standing, *texts_of(kind))))


def extracts(by: Actor, rows: Sequence[dict[str, Any]]) -> list[Extract]:
    """Return the extracts of rows (dicts of ``columns``), in the same order; the rows are turned into the cards.

    About eight queries, whatever the number of rows.
    """
    cards = {row["id"]: row for row in rows}
    ids = cards.keys()  # the ORM looks at each value of a list
    _begin(by, rows)
    channels = Channel.readable.filter(party__among=ids).order_by("party", "rank", "id")
    for pk, kind, value, label, key in channels.values_list("party_id", "kind", "value", "label", "key"):
        cards[pk][SHORT_FORMS[kind]].append({"value": value, "label": label, "key": key})
    addresses = Address.readable.filter(party__among=ids).order_by("party", "rank", "id")
    for pk, *parts in addresses.values_list("party_id", *ADDRESS):
        cards[pk]["addresses"].append(dict(zip(ADDRESS, parts, strict=True)))
    for pk, name in PartyTag.readable.filter(party__among=ids).values_list("party_id", "tag__name"):
        cards[pk]["tags"].append(name)
    for pk, name in PartySkill.readable.filter(party__among=ids).values_list("party_id", "skill__name"):
        cards[pk]["skills"].append(name)
    _name_items(cards)
    places = _places(by, ids)
    return [Extract(card, places.get(pk)) for pk, card in cards.items()]


def _begin(by: Actor, rows: Sequence[dict[str, Any]]) -> None:
    """Turn rows of one kind into cards whose lists are still empty."""
    own, days = by.account.pk, names_of(rows[0]["kind"], Day) if rows else ()
    for row in rows:
        for name in _LISTS:
            row[name] = []
        for name in days:
            if row[name]:
                row[name] = row[name].isoformat()
        row["mail_refused"] = row["mail_refused_at"] is not None
        if row["account_id"] != own:  # the operator's own values are hidden from accounts
            row |= {"status_id": None, "mail_refused": False, "custom": {}, "notes": ""}


def _name_items(cards: dict[int, dict[str, Any]]) -> None:
    """Replace the ids of statuses and families in the cards by names."""
    statuses = names_of_items(ContactStatus, {card["status_id"] for card in cards.values()})
    families = names_of_items(OrganisationFamily, {card["family_id"] for card in cards.values()})
    for card in cards.values():
        card["status"], card["family"] = statuses.get(card["status_id"], ""), families.get(card["family_id"], "")


def _places(by: Actor, ids: Collection[int]) -> dict[int, Place]:
    """Return the position to show by person's id, chosen as ``places.visible_places`` does."""
    held = Position.readable.filter(contact__among=ids, main=True).order_by()
    mains: list[Any] = list(held.values_list("contact_id", "organisation_id", "function", "since", "until"))
    known = Party.readable.known_to(by).filter(pk__among={organisation for _pk, organisation, *_ in mains})
    named = {pk: named for pk, *named in known.values_list("pk", "name", "code", "city")} if mains else {}
    return {pk: Place(*held, *named[organisation]) for pk, organisation, *held in mains if organisation in named}
