"""«Synchronisation», as the pages of a long run: its words and its parts."""

from dataclasses import replace
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from entregent.accounts.request import Request
from entregent.exchange import fields, reporting
from entregent.exchange.models import Sync, SyncChange
from entregent.exchange.reference.rows import gives_places, passed_over
from entregent.exchange.reference.syncing import SYNC
from entregent.exchange.refusals import TARGETS
from entregent.journal.changes import Reader
from entregent.web.runs.files import FilePages
from entregent.web.runs.pages import State
from entregent.web.words import figure

from .forms import SyncForm

IDENTIFIERS = {
    "code": gettext_lazy("Identifier (compared by)"),
    "organisation_code": gettext_lazy("Identifier of the organisation"),
}

Deed, Done = SyncChange.Deed, SyncChange.State
SIZE = 50


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
        found = [field for field in fields.targets(run.kind) if field.code not in {"status", *TARGETS}]
        return [replace(field, label=IDENTIFIERS.get(field.code, field.label)) for field in found]

    def label(self, run: Sync, code: str) -> str:
        return str(IDENTIFIERS[code]) if code in IDENTIFIERS else super().label(run, code)

    def word(self, run: Sync) -> str:
        if run.state == State.DONE:
            words = ngettext("applied, %(count)s record", "applied, %(count)s records", run.planned)
            return words % {"count": figure(run.planned)}
        return super().word(run)

    def reported(self, request: Request, run: Sync) -> dict[str, Any]:
        return _changes(request, run) | {"doubt": run.state == State.CHECKED and run.halved}


SYNCS = SyncPages()


def _changes(request: Request, sync: Sync) -> dict[str, Any]:
    """The tiles, which are tabs, and a page of the changes under the one that is open."""
    tabs = _tabs(sync, request)
    shown = next((tab for tab in tabs if tab["current"]), None)
    found = SyncChange.objects.filter(sync=sync, **shown["filter"]) if shown else SyncChange.objects.none()
    chosen = Paginator(found.select_related("party").order_by("id"), SIZE).get_page(request.GET.get("page"))
    rows = list(chosen.object_list)
    reader = Reader(request.by, [row.changes for row in rows])
    lines = [{"row": row, "words": reader.words(row.telling), "why": reporting.why(sync, row)} for row in rows]
    button = ngettext("Apply %(count)s change", "Apply %(count)s changes", sync.planned)
    return {
        "tabs": tabs,
        "shown": shown,
        "lines": lines,
        "chosen": chosen,
        "passed_over": passed_over(sync),
        "placeless": "function" in sync.mapping and not gives_places(sync),
        "kept": sync.planned,
        "go": button % {"count": intcomma(sync.planned)},
    }


def _tabs(sync: Sync, request: Request) -> list[dict[str, Any]]:
    asked = request.GET.get("voir", "")
    past = sync.entry_id is not None
    added = pgettext("synchronisation", "added") if past else _("to add")
    changed = pgettext("synchronisation", "changed") if past else _("to change")
    every = [
        ("deed", Deed.ADDED, added, "on"),
        ("deed", Deed.CHANGED, changed, "act"),
        ("deed", Deed.RETIRED, _("no longer in office"), "wait"),
        ("deed", Deed.BACK, _("in office again"), "on"),
        ("deed", Deed.REJECTED, _("rows to fix"), "off"),
        ("state", Done.REFUSED, _("left as they were"), "off"),
        ("state", Done.KEPT, _("not undone"), "off"),
    ]
    found: list[dict[str, Any]] = [
        {"code": code, "label": label, "tone": tone, "filter": {column: code}, "count": sync.counts.get(str(code), 0)}
        for column, code, label, tone in every
    ]
    found = [tab for tab in found if tab["count"]]
    codes = [tab["code"] for tab in found]
    here = asked if asked in codes else codes[0] if codes else ""
    return [tab | {"current": tab["code"] == here} for tab in found]
