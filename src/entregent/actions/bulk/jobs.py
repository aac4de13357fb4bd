"""Actions on more parties than a request can handle: run by the worker, in steps that survive a crash."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job
from entregent.actions.frame import Whole, as_one
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import undoable
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry

KIND = "toolbox.run"
AT_ONCE = 300
"""Handle at most this many parties within the request itself."""
STEP = 500
_HEAVY = ("search_text", "notes", "extra", "custom")
"""Columns that no tool needs before the action reads the party again."""
MOST_REFUSALS = 100
"""Keep at most this many refusals by name; count the rest."""


def start(by: Actor, code: str, selection: Selection, data: dict[str, Any]) -> Job:
    """Queue a job that runs a tool on the parties that ``selection`` selects now, without those added later.

    ``data`` is what ``Tool.read`` read.
    Raises ``PermissionDenied`` and ``LookupError`` as ``toolbox.run`` does, before anything is queued.
    """
    tool = toolbox.runnable(by, code, [selection.kind])
    found = selection.parties(by).order_by()
    asked = {
        "selection": selection.params(),
        "ids": sorted(selection.ids) if selection.ids is not None else None,
        "last": found.aggregate(last=Max("pk"))["last"] or 0,
        "total": found.count(),
    }
    return _queue(by, code, selection.kind, tool.stored(data), asked)


def start_undo(by: Actor, job: Job) -> Job:
    """Queue a job that undoes a finished job of ``by``. Raises ``LookupError`` when it can't be undone."""
    entry = undoable(by, job.payload.get("entry"))
    if entry is None or job.state not in (Job.State.DONE, Job.State.FAILED) or job.payload.get("undone"):
        raise LookupError(job.pk)
    told = About.objects.filter(entry=entry).aggregate(last=Max("pk"), total=Count("pk"))
    with transaction.atomic():
        again = _queue(by, "undo", job.payload["kind"], {"entry": entry.pk}, {"of": entry.pk, **told})
        job.payload["undone"] = again.pk
        job.save(update_fields=["payload"])
    return again


def _queue(by: Actor, code: str, kind: str, data: dict[str, Any], asked: dict[str, Any]) -> Job:
    counts = {"done": 0, "same": 0, "refused": 0, "refusals": []}
    progress = {"cursor": 0, "entry": None, "stopped": ""}
    payload = {"code": code, "kind": kind, "data": data, **asked, **progress, **counts}
    return Job.objects.create(account=by.account, kind=KIND, payload=payload, by_id=by.user_id)


@handler(KIND)
def run(job: Job) -> Iterator[bool]:
    """Run a job step by step, in id order. Each step saves its cursor in its own transaction."""
    while _step(job.pk):
        yield True


def _step(pk: int) -> bool:
    """Handle the next ``STEP`` parties; return False when none is left."""
    with transaction.atomic():
        job = Job.objects.select_for_update().select_related("account").get(pk=pk)
        by = actor_in(job.account.slug, job.by_id) if job.by_id else None
        if by is None:
            job.payload["stopped"] = "permission"
            job.save(update_fields=["payload"])
            return False
        with override(by.language):
            more = _advance(by, job.payload)
        job.save(update_fields=["payload"])
        return more


def _advance(by: Actor, payload: dict[str, Any]) -> bool:
    cursor, parties = _told_left(by, payload) if payload.get("of") else _left(by, payload)
    if not cursor:
        return False
    whole = Whole(Entry.objects.filter(pk=payload.get("entry")).first() if payload.get("entry") else None)
    try:
        outcome = _run(as_one(by, whole), payload, parties, whole) if parties else Outcome()
    except PermissionDenied:
        payload["stopped"] = "permission"
        return False
    payload["entry"] = whole.entry.pk if whole.entry else None
    payload["cursor"] = cursor
    payload["done"] += len(outcome.done)
    payload["same"] += outcome.same
    payload["refused"] += len(outcome.refused)
    room = MOST_REFUSALS - len(payload["refusals"])
    payload["refusals"] += [[party.name, reason] for party, reason in outcome.refused[: max(room, 0)]]
    return True


def _told_left(by: Actor, payload: dict[str, Any]) -> tuple[int, list[Party]]:
    """Return the new cursor, and the next parties of the entry to undo that ``by`` may see."""
    told = About.objects.filter(entry=payload["of"], pk__gt=payload["cursor"], pk__lte=payload["last"] or 0)
    rows = list(told.order_by("pk").values_list("pk", "party")[:STEP])
    seen = Party.readable.visible_to(by).filter(pk__in=[party for _pk, party in rows if party])
    return (rows[-1][0] if rows else 0), list(seen.defer(*_HEAVY).order_by("pk"))


def _left(by: Actor, payload: dict[str, Any]) -> tuple[int, list[Party]]:
    """Return the new cursor, and the next selected parties: running a tool may remove some from the selection."""
    selection = Selection.read(payload["kind"], payload["selection"])
    if payload["ids"] is not None:
        selection = selection.of(frozenset(payload["ids"]))
    left = selection.parties(by).filter(pk__gt=payload["cursor"], pk__lte=payload["last"])
    parties = list(left.defer(*_HEAVY).order_by("pk")[:STEP])
    return (parties[-1].pk if parties else 0), parties


def _run(by: Actor, payload: dict[str, Any], parties: Sequence[Party], whole: Whole) -> Outcome:
    """Run the tool on all ``parties`` at once; if one makes that fail, on each separately."""
    before, data = whole.entry, toolbox.TOOLS[payload["code"]].restored(payload["data"])
    try:
        with transaction.atomic():
            return toolbox.run(by, payload["code"], parties, data)
    except Invalid:
        every = Outcome()
    for party in parties:
        whole.entry = whole.entry if every.done else before  # the entry was rolled back
        try:
            with transaction.atomic():
                one = toolbox.run(by, payload["code"], [party], data)
        except Invalid as invalid:
            reason = " ".join(problem.message for problem in invalid.problems) or _("refused")
            every.refused.append((party, reason))
        else:
            every.done += one.done
            every.same += one.same
            every.refused += one.refused
    return every
