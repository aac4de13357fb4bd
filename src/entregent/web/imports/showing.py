"""What an import's page shows: the tiles, the rows to mend, the list that all of them go into."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.accounts.request import Request
from entregent.directory.lists.reach import seen_lists
from entregent.exchange import reporting
from entregent.exchange.custom_columns import label_of
from entregent.exchange.models import OUTCOMES, Import
from entregent.web.links import to

State = Import.State
REJECTS_SHOWN = 50
CELLS_SHOWN = 6
TONES = {"duplicate": "wait", "rejected": "off"}


def into(request: Request, source: Import) -> dict[str, str] | None:
    """The list that its records are put in, as far as one has it."""
    if source.list_name:
        return {"name": source.list_name, "url": ""}
    found = seen_lists(request.by).filter(pk=source.list_id).first() if source.list_id else None
    return {"name": found.name, "url": to(request.by, "lists:page", found.pk)} if found else None


def counts(source: Import) -> dict[str, Any]:
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


def rejects(source: Import) -> dict[str, Any]:
    """The first rejected rows, with the columns that are of use to recognise and mend them."""
    found = list(source.rejects.all()[: REJECTS_SHOWN + 1])
    wanted = {index for reject in found for index in reporting.wrong_cells(source, reject)}
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
        for reject in found[:REJECTS_SHOWN]
        for wrong in [set(reporting.wrong_cells(source, reject))]
    ]
    return {
        "rejects": rows,
        "rejects_more": len(found) > REJECTS_SHOWN,
        "reject_headers": [
            source.headers[index] or label_of(source.account, source.mapping[index]) for index in shown
        ],
    }
