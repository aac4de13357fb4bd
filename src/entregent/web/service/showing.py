"""What a sync's page shows: the changes that it would make, or made, by kind."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from entregent.accounts.request import Request
from entregent.exchange import reporting
from entregent.exchange.models import Sync, SyncChange
from entregent.exchange.reference.rows import gives_places, passed_over
from entregent.journal.changes import Reader

Deed, Done = SyncChange.Deed, SyncChange.State
SIZE = 50


def changes(request: Request, sync: Sync) -> dict[str, Any]:
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
        (Deed.REJECTED, _("rows to fix"), "off", {"deed": Deed.REJECTED}),
        (Done.REFUSED, _("left as they were"), "off", {"state": Done.REFUSED}),
        (Done.KEPT, _("not undone"), "off", {"state": Done.KEPT}),
    ]
    found = [
        {"code": code, "label": label, "tone": tone, "filter": filters, "count": sync.counts.get(str(code), 0)}
        for code, label, tone, filters in every
    ]
    found = [tab for tab in found if tab["count"]]
    codes = [tab["code"] for tab in found]
    here = asked if asked in codes else codes[0] if codes else ""
    return [tab | {"current": tab["code"] == here} for tab in found]
