"""Contact statuses: their colours, and their badges."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from entregent.directory.models import ContactStatus, Party

COLOURS = {
    "grey": ("tone-5", _("Grey")),
    "blue": ("act", _("Blue")),
    "green": ("on", _("Green")),
    "amber": ("wait", _("Amber")),
    "red": ("off", _("Red")),
    "violet": ("note", _("Violet")),
}
"""Colour of a status → the CSS class of its badge, which every theme has, and its name."""


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
    tone, _name = COLOURS.get(colour, COLOURS["grey"])
    return format_html('<span class="badge {}">{}</span>', tone, name)
