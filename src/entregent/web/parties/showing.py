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
from entregent.journal.timeline import Filter, of_party
from entregent.shell.frame import Link
from entregent.web.infobox.drawing import draw
from entregent.web.infobox.filters import FilterForm
from entregent.web.infobox.lines import lines_of
from entregent.web.links import to
from entregent.web.statuses import badge_of
from entregent.web.toolbox.panel import panel

SPACES = {"p": "contacts", "o": "organisations"}
"""Kind → the namespace of its URLs."""
BESIDE = 10
"""How many entries the infobox beside a record shows."""


def around(request: Request, party: Party, tab: str, count: int | None = None) -> dict[str, Any]:
    """Return the template context common to all tabs; ``count``: the number of positions, if known."""
    by = request.by
    space = SPACES[party.kind]
    return {
        "party": party,
        "status_badge": badge_of(party),
        "mail_refused": party.mail_refused_at is not None and not (party.of_service and not party.is_layer),
        "space": space,
        "word": organisation_word(by.account),
        "tabs": tabs(by, party, tab, count),
        "may_write": by.may(WRITE[party.kind]),
        "may_add_contact": by.may(Can.WRITE_CONTACTS),
        "list_url": to(by, f"{space}:list"),
        "panel": panel(by, party),
        "viewers_url": to(by, f"{space}:viewers", party.pk),
        "edit_url": to(by, f"{space}:layer" if party.of_service else f"{space}:edit", party.pk),
        **(infobox(request, party) if by.may(Can.READ_JOURNAL) else {}),
    }


def tabs(by: Actor, party: Party, current: str, count: int | None) -> list[Link]:
    """Return the tabs of a record that ``by`` may open."""
    space = SPACES[party.kind]
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
        Link(label, to(by, f"{space}:{name}", party.pk), current=name == current, badge=badge)
        for name, label, badge in names
    ]


def infobox(request: Request, party: Party) -> dict[str, Any]:
    """Return the context of a record's infobox: its entries, filtered and paged by the address."""
    wanted = Filter.read(request.GET)
    found = of_party(request.by, party, wanted, request.GET.get("suite", ""), BESIDE)
    return {
        "infobox": found,
        "entries": draw(lines_of(request.by, found.rows, own=party)),
        "filter": filter_asked(request, wanted),
        "filtered": bool(wanted.params()),
    }


def filter_asked(request: Request, wanted: Filter) -> FilterForm | None:
    """Return the filter's form if requested: it is rarely used, and costs as much as ten entries."""
    return FilterForm(request.GET) if wanted.params() or "filtre" in request.GET else None


def seen_positions(by: Actor, record: Record) -> list[Position]:
    """Return the positions whose organisation ``by`` may see; queries only if some are restricted."""
    doubtful = [position.organisation_id for position in record.positions if not public(position.organisation)]
    seen = (
        set(Party.readable.known_to(by).filter(pk__in=doubtful).values_list("pk", flat=True)) if doubtful else set()
    )
    return [
        position for position in record.positions if public(position.organisation) or position.organisation_id in seen
    ]


def is_current(position: Position) -> bool:
    """Whether the position is held today or will be."""
    return still_held(position.until, timezone.localdate())
