"""«Accueil»: recent activity, new contacts, counts and shortcuts."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.kinds import KINDS
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.journal.filter import Filter
from entregent.journal.timeline import of_account
from entregent.shell.page import page
from entregent.store.pages import capped_count
from entregent.web.door import door
from entregent.web.infobox.drawing import draw
from entregent.web.links import to_kind
from entregent.web.selections.above import ways_in
from entregent.web.words import figure, noun

LATEST_ENTRIES = 8
NEWEST_CONTACTS = 6
CONTACT_COLUMNS = ("id", "kind", "name", "organisation_name", "function", "city", "created_at")


@door(Can.READ_CONTACTS)
def home(request: Request) -> HttpResponse:
    """The first page after sign-in, with a constant number of queries."""
    by = request.by
    return page(
        request,
        "web/home/home.html",
        first_name=by.name if by.previewer else request.user.get_short_name(),
        today=timezone.localdate(),
        entries=_lately(by),
        added=_added(by),
        tiles=[*(_tile(by, kind) for kind in KINDS), *_to_complete(by)],
        ways_in=ways_in(by),
    )


def _lately(by: Actor) -> SafeString:
    """Return the latest journal entries, drawn; none for whom may not read the journal."""
    entries = of_account(by, Filter(), size=LATEST_ENTRIES).rows if by.may(Can.READ_JOURNAL) else []
    return draw(by, entries)


def _added(by: Actor) -> list[dict[str, Any]]:
    """Return the contacts added last."""
    found = Party.readable.visible_to(by).filter(kind="p").order_by("-created_at", "-id")
    return list(found.values(*CONTACT_COLUMNS)[:NEWEST_CONTACTS])


def _tile(by: Actor, kind: str) -> dict[str, str]:
    """Return a count with a link to its list."""
    number, more = capped_count(Selection(kind).parties(by))
    label = noun(by, kind, 2 if more else number)
    return {"number": figure(number, more), "label": label, "url": to_kind(by, kind, "list")}


def _to_complete(by: Actor) -> list[dict[str, str]]:
    """Return a tile for the contacts that came from a file without a first or last name, if there are any."""
    selection = Selection("p", conditions={"incomplete": "true"})
    number, more = capped_count(selection.parties(by))
    url = f"{to_kind(by, 'p', 'list')}?{urlencode(selection.params())}"
    return [{"number": figure(number, more), "label": _("To complete"), "url": url}] if number else []
