"""What every tab of a record shows: head, tabs, toolbox, infobox."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.actions.kinds import WRITE
from entregent.directory.models import Party, Position
from entregent.directory.parties.reading import Record
from entregent.directory.positions.held import public, still_held
from entregent.journal.filter import Filter
from entregent.journal.timeline import of_party
from entregent.shell.frame import Link
from entregent.web.infobox.views import timeline
from entregent.web.links import to_kind
from entregent.web.statuses import badge_of
from entregent.web.toolbox.panel import panel

BESIDE = 10
"""How many entries the infobox beside a record shows."""


def around(
    request: Request, party: Party, tab: str, count: int | None = None, *, infobox: bool = True
) -> dict[str, Any]:
    """Return the context common to all tabs. ``count``: the number of positions, if known; ``infobox``: show it."""
    by, params = request.by, request.GET
    context = {
        "party": party,
        "status_badge": badge_of(party),
        "mail_refused": party.mail_refused_at is not None and not (party.of_service and not party.is_layer),
        "tabs": tabs(by, party, tab, count),
        "may_write": by.may(WRITE[party.kind]),
        "may_add_contact": by.may(Can.WRITE_CONTACTS),
        "list_url": to_kind(by, party.kind, "list"),
        "panel": panel(by, party),
        "viewers_url": to_kind(by, party.kind, "viewers", party.pk),
        "edit_url": to_kind(by, party.kind, "layer" if party.of_service else "edit", party.pk),
    }
    if not infobox or not by.may(Can.READ_JOURNAL):
        return context
    return context | timeline(
        request, of_party(by, party, Filter.read(params), params.get("suite", ""), BESIDE), party
    )


def tabs(by: Actor, party: Party, current: str, count: int | None) -> list[Link]:
    """Return the tabs of a record that ``by`` may open."""
    names: list[tuple[str, str, str | int]] = [("page", _("Overview"), "")]
    if party.is_person:
        names += [
            ("sheet", _("Client/member sheet"), ""),
            ("positions", organisation_word(by.account).Many, count or ""),
        ]
    else:
        names.append(("people", _("Contacts"), ""))
    if by.may(Can.READ_JOURNAL):
        names.append(("history", _("History"), ""))
    return [
        Link(label, to_kind(by, party.kind, name, party.pk), current=name == current, badge=badge)
        for name, label, badge in names
    ]


def seen_positions(by: Actor, record: Record) -> list[Position]:
    """Return the positions whose organisation ``by`` may see; queries only if some are restricted."""
    hidden = {position.organisation_id for position in record.positions if not public(position.organisation)}
    if hidden:
        hidden -= set(Party.readable.known_to(by).filter(pk__in=hidden).values_list("pk", flat=True))
    return [position for position in record.positions if position.organisation_id not in hidden]


def is_current(position: Position) -> bool:
    """Whether the position is held today or will be."""
    return still_held(position.until, timezone.localdate())
