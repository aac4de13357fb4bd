"""Badges of contact statuses: the name in the status's colour."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from entregent.directory.models import ContactStatus, Party

from .tones import TONES


def badges(ids: Iterable[int | None]) -> dict[int, SafeString]:
    """Return the badges of the statuses with these ids: id → badge. One query, or none without ids."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    found = ContactStatus.readable.filter(pk__in=wanted).values_list("pk", "name", "colour")
    return {pk: badge(name, colour) for pk, name, colour in found}


def badge_of(party: Party) -> SafeString | str:
    """Return a record's badge; "" for a shared record, whose status is private to the operator."""
    if party.status_id is None or (party.of_service and not party.is_layer):
        return ""
    return badges([party.status_id]).get(party.status_id, "")


def badge(name: str, colour: str) -> SafeString:
    """Return the badge of a status."""
    return format_html('<span class="badge {}">{}</span>', TONES.get(colour, TONES["grey"]), name)
