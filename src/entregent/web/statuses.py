"""A contact's status as pages draw it: its word in its colour."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from entregent.directory.models import ContactStatus, Party

from .tones import TONES


def badges(ids: Iterable[int | None]) -> dict[int, SafeString]:
    """The badge of each of these statuses; one query, none where there are none."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    found = ContactStatus.readable.filter(pk__in=wanted).values_list("pk", "name", "colour")
    return {pk: badge(name, colour) for pk, name, colour in found}


def badge_of(party: Party) -> SafeString | str:
    """A record's badge; what the operator thinks of a shared record is the operator's alone."""
    if party.status_id is None or (party.of_service and not party.is_layer):
        return ""
    return badges([party.status_id]).get(party.status_id, "")


def badge(name: str, colour: str) -> SafeString:
    """A status as a badge."""
    return format_html('<span class="badge {}">{}</span>', TONES.get(colour, TONES["grey"]), name)
