"""What a sync's page shows in each of its states."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from entregent.accounts.request import Request
from entregent.exchange import fields, intake, reporting
from entregent.exchange.models import Sync, SyncChange
from entregent.exchange.reference.rows import gives_places, passed_over
from entregent.journal.changes import Reader
from entregent.runs.cycle import use_of

Deed, Done, State = SyncChange.Deed, SyncChange.State, Sync.State
SIZE = 50
STEPS = {State.DRAFT: 2, State.CHECKING: 3, State.CHECKED: 3}


def context_of(request: Request, sync: Sync, missing: list[str] | None = None, half: bool = False) -> dict[str, Any]:
    """The context of ``sync.html``; ``missing``: targets that no column gives; ``half``: asks to confirm."""
    refused = sync.state == State.FAILED and sync.entry_id is None  # before anything was written
    context: dict[str, Any] = {
        "sync": sync,
        "step": 2 if refused else STEPS.get(State(sync.state), 4),
        "steps": [_("File"), _("Columns"), _("Preview"), _("Result")],
        "error": use_of(sync).error(sync),
        "half": half or (sync.state == State.CHECKED and sync.halved),
    }
    if sync.state == State.DRAFT:
        return context | _columns(sync, missing or [])
    if sync.working:
        return context
    return context | _changes(request, sync)


def _columns(sync: Sync, missing: list[str]) -> dict[str, Any]:
    rows = intake.sample(sync)
    targets = [field for field in fields.targets(sync.kind) if field.code not in ("status", "mail_refused")]
    return {
        "columns": [
            {
                "index": index,
                "header": header or _("Column %(number)s") % {"number": index + 1},
                "target": sync.mapping[index],
                "samples": [row[index] for row in rows if index < len(row) and row[index].strip()][:3],
            }
            for index, header in enumerate(sync.headers)
        ],
        "doubts": intake.doubts(sync, rows),
        "targets": targets,
        "missing": [
            _("Identifier (compared by)") if code == "code" else str(fields.BY_CODE[code].label) for code in missing
        ],
    }


def _changes(request: Request, sync: Sync) -> dict[str, Any]:
    """The tiles, which are tabs, and a page of the changes under the one that is open."""
    tabs = _tabs(sync, request)
    shown = next((tab for tab in tabs if tab["current"]), None)
    found = SyncChange.objects.filter(sync=sync, **shown["filter"]) if shown else SyncChange.objects.none()
    chosen = Paginator(found.select_related("party").order_by("id"), SIZE).get_page(request.GET.get("page"))
    rows = list(chosen.object_list)
    reader = Reader(request.by, [row.changes for row in rows])
    lines = [{"row": row, "words": reader.words(_telling(row)), "why": reporting.why(sync, row)} for row in rows]
    button = ngettext("Apply %(count)s change", "Apply %(count)s changes", sync.planned)
    return {
        "tabs": tabs,
        "shown": shown,
        "lines": lines,
        "chosen": chosen,
        "passed_over": passed_over(sync),
        "placeless": "function" in sync.mapping and not gives_places(sync),
        "button": button % {"count": intcomma(sync.planned)},
    }


def _telling(row: SyncChange) -> dict[str, list]:
    """What is worth reading: of what is added, not what all records begin with."""
    usual = ("active", "language", "visibility", "code") if row.deed == Deed.ADDED else ()
    return {name: pair for name, pair in row.changes.items() if name not in usual}


def _tabs(sync: Sync, request: Request) -> list[dict[str, Any]]:
    asked = request.GET.get("voir", "")
    past = sync.entry_id is not None
    every: list[tuple[str, str, str, dict[str, Any]]] = [
        (Deed.ADDED, pgettext("synchronisation", "added") if past else _("to add"), "on", {"deed": Deed.ADDED}),
        (
            Deed.CHANGED,
            pgettext("synchronisation", "changed") if past else _("to change"),
            "act",
            {"deed": Deed.CHANGED},
        ),
        (Deed.RETIRED, _("no longer in office"), "wait", {"deed": Deed.RETIRED}),
        (Deed.BACK, _("in office again"), "on", {"deed": Deed.BACK}),
        (Deed.REJECTED, _("rows to mend"), "off", {"deed": Deed.REJECTED}),
        (Done.REFUSED, _("left as they were"), "off", {"state": Done.REFUSED}),
        (Done.KEPT, _("not taken back"), "off", {"state": Done.KEPT}),
    ]
    found = [
        {"code": code, "label": label, "tone": tone, "filter": filters, "count": sync.counts.get(str(code), 0)}
        for code, label, tone, filters in every
    ]
    found = [tab for tab in found if tab["count"]]
    codes = [tab["code"] for tab in found]
    here = asked if asked in codes else codes[0] if codes else ""
    return [tab | {"current": tab["code"] == here} for tab in found]
