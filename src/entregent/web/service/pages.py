"""«Synchronisation», as the pages of a long run: its words and its parts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from entregent.accounts.request import Request
from entregent.exchange import fields
from entregent.exchange.models import Sync
from entregent.exchange.reference.syncing import SYNC
from entregent.web.runs.files import FilePages
from entregent.web.runs.pages import State
from entregent.web.words import figure

from . import showing
from .forms import SyncForm

IDENTIFIERS = {
    "code": gettext_lazy("Identifier (compared by)"),
    "organisation_code": gettext_lazy("Identifier of the organisation"),
}


class SyncPages(FilePages[Sync]):
    use = SYNC
    room, prefix, start = "service", "sync_", "service:syncs"
    names = {"page": "sync", "start": "syncs"}
    paths = {"run": "appliquer/", "rejects": "rejets/"}
    about, options = "web/service/about.html", "web/service/options.html"
    report, undo_template = "web/service/changes.html", "web/service/undo.html"
    icon, of_rows = "refresh", False

    title = gettext_lazy("Synchronisation")
    steps_label = gettext_lazy("Steps of the synchronisation")
    start_heading = gettext_lazy("Bring the shared directory up to date")
    start_hint = gettext_lazy("Organisations first, then people: they name their organisation by its identifier.")
    earlier_heading = gettext_lazy("Earlier files")
    check_hint = gettext_lazy("The next page shows what will change, and writes nothing.")
    check = gettext_lazy("Compare")
    missing = gettext_lazy("No column gives: %(fields)s. Choose it below: records can't be compared without it.")
    progress = {
        State.CHECKING: gettext_lazy("Comparing the file"),
        State.RUNNING: gettext_lazy("Applying the changes"),
        State.UNDOING: gettext_lazy("Taking it back"),
    }
    stays = gettext_lazy("What was written before stays, and can be undone.")
    done = gettext_lazy("The shared directory is up to date with this file.")
    undone = gettext_lazy("This synchronisation was undone.")
    undo = gettext_lazy("Undo this synchronisation")
    confirm = gettext_lazy("I have looked: the file is whole")
    nothing = ""
    again = gettext_lazy("Another file")
    words = {
        State.DRAFT: gettext_lazy("not compared yet"),
        State.CHECKED: gettext_lazy("compared, not applied"),
        State.FAILED: pgettext_lazy("synchronisation", "refused"),
    }

    def heading(self, run: Sync) -> str:
        return _("Bring people up to date") if run.kind == "contacts" else _("Bring organisations up to date")

    def form(self, request: Request) -> SyncForm:
        return SyncForm(request.POST or None, request.FILES or None)

    def settled(self, request: Request) -> dict[str, Any]:
        return {"complete": "complete" in request.POST}

    def targets(self, request: Request, run: Sync) -> Any:
        found = [field for field in fields.targets(run.kind) if field.code not in ("status", "mail_refused")]
        return [{"code": field.code, "label": IDENTIFIERS.get(field.code, field.label)} for field in found]

    def label(self, run: Sync, code: str) -> str:
        return str(IDENTIFIERS[code]) if code in IDENTIFIERS else super().label(run, code)

    def word(self, run: Sync) -> str:
        if run.state == State.DONE:
            words = ngettext("applied, %(count)s record", "applied, %(count)s records", run.planned)
            return words % {"count": figure(run.planned)}
        return super().word(run)

    def reported(self, request: Request, run: Sync) -> dict[str, Any]:
        return showing.changes(request, run) | {"doubt": run.state == State.CHECKED and run.halved}


SYNCS = SyncPages()
