"""What the import's page shows in each of its states."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.accounts.request import Request
from entregent.directory.lists.reach import seen_lists
from entregent.exchange import fields, intake, reporting
from entregent.exchange.custom_columns import label_of, offered
from entregent.exchange.models import OUTCOMES, Import
from entregent.formats import spreadsheet
from entregent.runs.cycle import use_of
from entregent.web.links import to

from .forms import ON_DUPLICATE, ReadingForm

State = Import.State
REJECTS_SHOWN = 50
CELLS_SHOWN = 6
NAMING = ("last_name", "first_name", "whole_name", "name", "email")
STEPS = {State.DRAFT: 2, State.CHECKING: 3, State.CHECKED: 3}
TONES = {"duplicate": "wait", "rejected": "off"}


def context_of(request: Request, source: Import, refused: bool = False) -> dict[str, Any]:
    """The context of ``page.html``; ``refused``: the columns lack a name."""
    step = STEPS.get(State(source.state), 4)
    context = {
        "source": source,
        "step": step,
        "steps": [_("File"), _("Columns"), _("Preview"), _("Result")],
        "error": _error(source),
        "into": _into(request, source),
        "reading": _reading_form(request, source) if step < 4 else None,
    }
    if source.state == State.DRAFT:
        return context | _columns(request, source, refused)
    return context | _counts(source) | _rejects(source)


def _into(request: Request, source: Import) -> dict[str, str] | None:
    """The list that its records are put in, as far as one has it."""
    if source.list_name:
        return {"name": source.list_name, "url": ""}
    found = seen_lists(request.by).filter(pk=source.list_id).first() if source.list_id else None
    return {"name": found.name, "url": to(request.by, "lists:page", found.pk)} if found else None


def _error(source: Import) -> str:
    return use_of(source).error(source)


def _reading_form(request: Request, source: Import) -> ReadingForm | None:
    format = source.read_as
    if format.kind == "vcard":
        return None
    text = format.kind == "csv"
    sheets = [] if text else spreadsheet.sheets(source.file, format.kind)
    initial = {
        "encoding": "utf-8" if format.encoding.startswith("utf-8") else format.encoding,
        "delimiter": format.delimiter,
        "has_header": format.has_header,
        "sheet": format.sheet or (sheets[0] if sheets else ""),
    }
    return ReadingForm(request.POST or None, initial=initial, sheets=sheets, text=text)


def _columns(request: Request, source: Import, refused: bool) -> dict[str, Any]:
    rows = intake.sample(source)
    columns = [
        {
            "index": index,
            "header": header or _("Column %(number)s") % {"number": index + 1},
            "target": source.mapping[index],
            "samples": [row[index] for row in rows if index < len(row) and row[index].strip()][:3],
        }
        for index, header in enumerate(source.headers)
    ]
    missing = [label_of(source.account, code) for code in intake.missing_targets(source)] if refused else []
    return {
        "columns": columns,
        "doubts": intake.doubts(source, rows),
        "targets": offered(request.by, source.kind),
        "on_duplicate": ON_DUPLICATE,
        "missing": missing,
        "ignored": sum(code == fields.IGNORE for code in source.mapping),
        "function": source.constants.get("function", ""),
        "asks_function": source.kind == "contacts" and "function" not in source.mapping,
    }


def _counts(source: Import) -> dict[str, Any]:
    """The tiles: how many rows came, or will come, to what."""
    words = {
        "created": (_("to create"), _("created")),
        "updated": (_("to complete"), _("completed")),
        "unchanged": (_("unchanged"), _("unchanged")),
        "duplicate": (_("already there, skipped"), _("already there, skipped")),
        "rejected": (_("to mend"), _("to mend")),
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
    return {"tiles": tiles, "kept": kept, "notes": notes, "button": button}


def _rejects(source: Import) -> dict[str, Any]:
    """The first rejected rows, with the columns that are of use to recognise and mend them."""
    rejects = list(source.rejects.all()[: REJECTS_SHOWN + 1])
    wanted = {index for reject in rejects for index in reporting.wrong_cells(source, reject)}
    names = [
        index for index, code in enumerate(source.mapping) if code in ("last_name", "first_name", "name", "email")
    ]
    shown = sorted({*names, *sorted(wanted)[:CELLS_SHOWN]})[: CELLS_SHOWN + 2]
    rows = [
        {
            "line": reject.line,
            "cells": [
                {"text": reject.cells[index] if index < len(reject.cells) else "", "wrong": index in wrong}
                for index in shown
            ],
            "why": reporting.why(source, reject),
        }
        for reject in rejects[:REJECTS_SHOWN]
        for wrong in [set(reporting.wrong_cells(source, reject))]
    ]
    return {
        "rejects": rows,
        "rejects_more": len(rejects) > REJECTS_SHOWN,
        "reject_headers": [
            source.headers[index] or label_of(source.account, source.mapping[index]) for index in shown
        ],
    }
