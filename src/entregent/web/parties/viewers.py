"""«Qui voit cette fiche ?» (X12): who sees a record, and why."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.visibility.viewers import Viewer, Why, viewers
from entregent.shell.page import page
from entregent.web.door import door, party_or_404
from entregent.web.links import to

from .showing import SPACES


def _viewers(kind: str, request: Request, pk: int) -> HttpResponse:
    """Show each user of the account and the reason, first those who see the record."""
    by = request.by
    party = party_or_404(by, pk, kind)
    rows = [(viewer, _reason(viewer)) for viewer in viewers(party)]
    context: dict[str, Any] = {
        "party": party,
        "rows": rows,
        "seeing": sum(viewer.sees for viewer, _reason in rows),
        "cancel_url": to(by, f"{SPACES[kind]}:page", party.pk),
    }
    return page(request, "web/parties/viewers.html", None, **context)


def _reason(viewer: Viewer) -> str:
    words = {
        Why.SERVICE: _("kept up to date by the service: every user of the account sees it"),
        Why.EVERYONE: _("everyone sees this record"),
        Why.CREATOR: _("created this record"),
        Why.BY_NAME: _("chosen by name"),
        Why.ROLE: _("their role sees no contacts"),
        Why.CREATOR_ONLY: _("only its creator sees this record"),
        Why.NOT_SHARED: _("neither chosen by name nor in a team that is"),
    }
    if viewer.why == Why.TEAM:
        teams = get_text_list([f"«\u00a0{name}\u00a0»" for name in viewer.teams], _("and"))
        return _("by the team %(teams)s") % {"teams": teams}
    return str(words[viewer.why])


viewers_page = {kind: door(Can.READ_CONTACTS)(partial(_viewers, kind)) for kind in "po"}
