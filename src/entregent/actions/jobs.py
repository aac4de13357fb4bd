"""An action on more parties than a page may wait for: done by the worker, in steps that survive a crash."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.selections import Selection
from entregent.directory.visibility import PartyQuerySet

from . import toolbox
from .outcome import Outcome

KIND = "toolbox.run"
AT_ONCE = 300
"""So many parties are done with the request itself."""
STEP = 200
MOST_REFUSALS = 100
"""So many refusals are kept by name; the rest is counted."""


def start(by: Actor, code: str, selection: Selection, data: dict[str, Any]) -> Job:
    """Let the worker run a tool on all that ``selection`` selects now; what comes later is not concerned.

    Raises ``PermissionDenied``, ``LookupError``: the same as ``toolbox.run``, before anything is queued.
    """
    tool = toolbox.TOOLS[code]
    if tool.run is None or selection.kind not in tool.needs:
        raise LookupError(code)
    by.require(tool.needs[selection.kind])
    found = selection.parties(by).order_by()
    payload = {
        "code": code,
        "kind": selection.kind,
        "selection": selection.params(),
        "ids": sorted(selection.ids) if selection.ids is not None else None,
        "data": data,
        "last": found.aggregate(last=Max("pk"))["last"] or 0,
        "cursor": 0,
        "total": found.count(),
        "done": 0,
        "same": 0,
        "refused": 0,
        "refusals": [],
        "stopped": "",
    }
    return Job.objects.create(account=by.account, kind=KIND, payload=payload, by_id=by.user_id)


@handler(KIND)
def run(job: Job) -> Iterator[None]:
    """Step by step in the order of ids: each step and the cursor that remembers it are one transaction."""
    while _step(job.pk):
        yield


def _step(pk: int) -> bool:
    """Do the next ``STEP`` parties; False when nothing is left."""
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
    parties = list(_left(by, payload).order_by("pk")[:STEP])
    if not parties:
        return False
    try:
        outcome = _run(by, payload, parties)
    except PermissionDenied:
        payload["stopped"] = "permission"
        return False
    payload["cursor"] = parties[-1].pk
    payload["done"] += len(outcome.done)
    payload["same"] += outcome.same
    payload["refused"] += len(outcome.refused)
    room = MOST_REFUSALS - len(payload["refusals"])
    payload["refusals"] += [[party.name, reason] for party, reason in outcome.refused[: max(room, 0)]]
    return True


def _left(by: Actor, payload: dict[str, Any]) -> PartyQuerySet:
    """What the selection still holds behind the cursor: running a tool may take parties out of it."""
    selection = Selection.read(payload["kind"], payload["selection"])
    if payload["ids"] is not None:
        selection = selection.of(frozenset(payload["ids"]))
    return selection.parties(by).filter(pk__gt=payload["cursor"], pk__lte=payload["last"])


def _run(by: Actor, payload: dict[str, Any], parties: Sequence[Party]) -> Outcome:
    """The whole step; where one party spoils it, each by itself, so that the others are done."""
    try:
        with transaction.atomic():
            return toolbox.run(by, payload["code"], parties, payload["data"])
    except Invalid:
        whole = Outcome()
    for party in parties:
        try:
            with transaction.atomic():
                one = toolbox.run(by, payload["code"], [party], payload["data"])
        except Invalid as invalid:
            reason = " ".join(problem.message for problem in invalid.problems) or _("refused")
            whole.refused.append((party, reason))
        else:
            whole.done += one.done
            whole.same += one.same
            whole.refused += one.refused
    return whole
