"""«Importer», as the pages of a long run: its words and its parts; and the template to fill in."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.exchange import listing, reporting
from entregent.exchange.custom_columns import label_of, offered
from entregent.exchange.importing import IMPORT
from entregent.exchange.models import OUTCOMES, Import, Remark
from entregent.exchange.refusals import TARGETS, UNSURE
from entregent.web import downloads
from entregent.web.door import door
from entregent.web.links import to
from entregent.web.runs.files import FilePages
from entregent.web.runs.pages import State
from entregent.web.words import figure

from .forms import ON_DUPLICATE, UploadForm

REJECTS_SHOWN = 50
CELLS_SHOWN = 6
TONES = {"duplicate": "wait", "rejected": "off"}


class ImportPages(FilePages[Import]):
    use = IMPORT
    room, start = "imports", "imports:start"
    start_template = "web/imports/start.html"
    about, options = "web/imports/about.html", "web/imports/options.html"
    report, more_buttons = "web/imports/result.html", "web/imports/more_buttons.html"

    title = gettext_lazy("Import")
    steps_label = gettext_lazy("Steps of the import")
    start_heading = gettext_lazy("Import a file")
    start_hint = gettext_lazy("The columns are guessed; you can correct them on the next page.")
    earlier_heading = gettext_lazy("Earlier imports")
    check_hint = gettext_lazy("The next page shows what will happen, and writes nothing.")
    check = gettext_lazy("See the preview")
    missing = gettext_lazy("No column gives: %(fields)s. Choose it below; a row can't be kept without it.")
    progress = {
        State.CHECKING: gettext_lazy("Checking the file"),
        State.RUNNING: gettext_lazy("Import in progress"),
    }
    stays = gettext_lazy("What was imported before stays; the rest of the file was not read.")
    done = gettext_lazy("The import is done.")
    nothing = gettext_lazy("No row of this file adds anything.")
    again = gettext_lazy("Import another file")
    words = {
        State.DRAFT: gettext_lazy("not imported yet"),
        State.CHECKED: gettext_lazy("checked, not imported yet"),
        State.FAILED: gettext_lazy("interrupted"),
    }

    def heading(self, run: Import) -> str:
        words = {"contacts": _("Import contacts"), "organisations": _("Import organisations")}
        return words.get(run.kind) or _("Import a file")  # the worker has not yet read what it holds

    def form(self, request: Request) -> UploadForm:
        return UploadForm(request.by, request.POST or None, request.FILES or None)

    def receive(self, request: Request, form: Any) -> Import:
        into = listing.asked(request.by, form.cleaned_data.get("into", ""))
        source = super().receive(request, form)
        listing.keep(source, into)
        return source

    def constants(self, request: Request, run: Import) -> dict[str, str]:
        return {"function": request.POST.get("function", "").strip()} if run.kind == "contacts" else {}

    def choices(self, request: Request, run: Import) -> dict[str, Any]:
        on_duplicate = request.POST.get("on_duplicate", Import.OnDuplicate.COMPLETE)
        answers = {key: request.POST.get(f"refusals-{key}", "") for key in run.refusals}
        shared = request.POST.get("shared_addresses") == "on"
        own = {"on_duplicate": on_duplicate, "answers": answers, "shared_addresses": shared}
        return super().choices(request, run) | own

    def asked(self, run: Import, key: str) -> dict[str, str] | None:
        one = run.refusals.get(key)
        settled = key != "file" and run.mapping[int(key)] in TARGETS
        return None if one and settled and one["by"] != UNSURE else one

    def targets(self, request: Request, run: Import) -> Any:
        return offered(request.by, run.kind)

    def word(self, run: Import) -> str:
        if run.state == State.DONE:
            return ngettext("done, %(rows)s row", "done, %(rows)s rows", run.rows_done) % {
                "rows": figure(run.rows_done)
            }
        return super().word(run)

    def context(self, request: Request, run: Import, **more: Any) -> dict[str, Any]:
        asks = run.kind == "contacts" and "function" not in run.mapping
        own = {"into": _list_of(request, run), "on_duplicate": ON_DUPLICATE, "asks_function": asks}
        return super().context(request, run, **more) | own

    def reported(self, request: Request, run: Import) -> dict[str, Any]:
        about = {"about_file": reporting.about_file(run), "left_out": reporting.left_out(run)}
        return _counts(run) | _rejects(run) | _remarks(request, run) | about


IMPORTS = ImportPages()


def _list_of(request: Request, source: Import) -> dict[str, str] | None:
    """The list that its records are put in, as far as one has it."""
    if source.list_name:
        return {"name": source.list_name, "url": ""}
    found = seen_lists(request.by).filter(pk=source.list_id).first() if source.list_id else None
    return {"name": found.name, "url": to(request.by, "lists:page", found.pk)} if found else None


def _counts(source: Import) -> dict[str, Any]:
    """The tiles: how many rows came, or will come, to what."""
    words = {
        "created": (_("to create"), _("created")),
        "updated": (_("to complete"), _("completed")),
        "unchanged": (_("unchanged"), _("unchanged")),
        "duplicate": (_("already there, skipped"), _("already there, skipped")),
        "rejected": (_("to fix"), _("to fix")),
    }
    past = source.state not in (State.CHECKING, State.CHECKED)
    tiles = [
        {"count": source.counts.get(outcome, 0), "label": words[outcome][past], "tone": TONES.get(outcome, "")}
        for outcome in OUTCOMES
        if outcome != "duplicate" or source.counts.get(outcome)
    ]
    kept = sum(source.counts.get(outcome, 0) for outcome in ("created", "updated"))
    notes = reporting.remarks(source)
    button = ngettext("Import %(count)s row", "Import %(count)s rows", kept) % {"count": intcomma(kept)}
    return {"tiles": tiles, "kept": kept, "notes": notes, "go": button}


def _rejects(source: Import) -> dict[str, Any]:
    """The first rejected rows, with the columns that are of use to recognise and mend them."""
    found = list(source.rejects.all()[: REJECTS_SHOWN + 1])
    wrong = [set(reporting.wrong_cells(source, reject)) for reject in found]
    wanted = set[int]().union(*wrong)
    names = [
        index for index, code in enumerate(source.mapping) if code in ("last_name", "first_name", "name", "email")
    ]
    shown = sorted({*names, *sorted(wanted)[:CELLS_SHOWN]})[: CELLS_SHOWN + 2]
    rows = [
        {
            "line": reject.line,
            "cells": [
                {"text": reject.cells[index] if index < len(reject.cells) else "", "wrong": index in bad}
                for index in shown
            ],
            "why": reporting.why(source, reject),
        }
        for reject, bad in zip(found[:REJECTS_SHOWN], wrong, strict=False)
    ]
    return {
        "rejects": rows,
        "rejects_more": len(found) > REJECTS_SHOWN,
        "reject_headers": [
            source.headers[index] or label_of(source.account, source.mapping[index]) for index in shown
        ],
    }


def _remarks(request: Request, source: Import) -> dict[str, Any]:
    """The first rows that came in without a value, and the first organisations to compare."""
    values, pairs = (source.remarks.filter(about=about) for about in (Remark.About.VALUE, Remark.About.COMPARE))
    left_out = [
        {"line": remark.line, "value": reporting.values_left_out(remark), "why": reporting.why(source, remark)}
        for remark in values[:REJECTS_SHOWN]
    ]
    two = [(remark.line, remark.problems[0]["params"]) for remark in pairs[:REJECTS_SHOWN]]
    ids = {params.get(name) for _line, params in two for name in ("one_id", "other_id")} - {None}
    seen = set(Party.readable.known_to(request.by).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    compare = [
        {"line": line, "two": [_one(request, params, name, seen) for name in ("one", "other")]}
        for line, params in two
    ]
    counts = {"without_count": values.count() if left_out else 0, "compare_count": pairs.count() if two else 0}
    return {"without_value": left_out, "compare": compare, **counts}


def _one(request: Request, params: dict[str, Any], name: str, seen: set[int]) -> dict[str, str]:
    """One of two organisations to compare, with its page once it has one."""
    pk = params.get(f"{name}_id")
    return {"name": params[name], "url": to(request.by, "organisations:page", pk) if pk in seen else ""}


@door(Can.IMPORT, methods=("GET", "HEAD"))
def template(request: Request) -> HttpResponseBase:
    kind = "organisations" if request.GET.get("kind") == "organisations" else "contacts"
    name = f"{_('template')}-{_(kind)}"
    return downloads.download(reporting.template(request.by, kind), request.GET.get("format"), name)
