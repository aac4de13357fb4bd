"""Actions on more parties than a request can handle: run by the worker, in steps that survive a crash."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.jobs import handler
from entregent.accounts.models import Job
from entregent.actions.frame import Whole, as_one, fresh
from entregent.actions.models import ChosenSet
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import undoable
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry

from . import chosen_sets, problems  # noqa: F401  the sentences of refusals
from .chosen_sets import Still, Taken

KIND = "toolbox.run"
AT_ONCE = 300
"""Handle at most this many parties within the request itself."""
MOST_NAMED = 100
"""Keep at most this many refusals, and changed records, by name; count the rest."""


def start_on(by: Actor, code: str, chosen: ChosenSet, data: dict[str, Any]) -> Job:
    """Queue a job that runs a tool on the announced parties. ``data`` is what ``Tool.read`` read.

    Sent twice, it returns the job of the first. Raises ``PermissionDenied`` and ``LookupError`` as ``toolbox.run``
    does, before anything is queued, and ``Taken`` if something else was run on the set.
    """
    stored = toolbox.runnable(by, code, [chosen.kind]).stored(data)
    try:
        with transaction.atomic():
            job = _queue(by, code, chosen.kind, stored, {"set": chosen.pk, "total": chosen.total})
            chosen_sets.claim(chosen, job)
    except Taken:
        first = Job.objects.filter(pk__in=ChosenSet.objects.filter(pk=chosen.pk).values("job")).first()
        if first is None or (first.payload["code"], first.payload["data"]) != (code, stored):
            raise
        return first
    return job


def run_now(by: Actor, code: str, chosen: ChosenSet, data: dict[str, Any]) -> Outcome:
    """Run a tool on the announced parties within the request, once: the set is used up unless it is refused.

    Raises as ``toolbox.run`` does, and ``Taken`` if it was run before.
    """
    with transaction.atomic():
        versions = chosen_sets.versions_of(chosen)
        chosen_sets.use_up(chosen)
        still = chosen_sets.find_again(by, chosen_sets.search_of(chosen), versions)
        spared = _spared(code, still)
        outcome = toolbox.run(by, code, [party for party in still.parties if party not in spared], data)
    return _completed(outcome, still, spared)


def run_on(
    by: Actor, code: str, parties: list[Party], versions: Mapping[int, int | None], data: dict[str, Any]
) -> Outcome:
    """Run a tool on parties that were chosen by hand. ``versions``: by id, the version that was read, if known.

    Raises as ``toolbox.run`` does.
    """
    with transaction.atomic():
        if _deletes(code):  # locked, so that nobody changes them between the comparison and the deletion
            held = {party.pk: party for party in fresh([party for party in parties if not party.of_service])}
            parties = [held.get(party.pk, party) for party in parties]
        still = chosen_sets.see_again(parties, versions)
        spared = _spared(code, still)
        outcome = toolbox.run(by, code, [party for party in parties if party not in spared], data)
    return _completed(outcome, still, spared)


def _deletes(code: str) -> bool:
    return code in toolbox.TOOLS and toolbox.TOOLS[code].danger


def _spared(code: str, still: Still) -> list[Party]:
    """Return the parties that are not deleted because they were changed since the deletion was announced."""
    return still.changed if _deletes(code) else []


def _completed(outcome: Outcome, still: Still, spared: Sequence[Party]) -> Outcome:
    """Add to an outcome what became of the announced parties that the tool was not run on, or that were changed."""
    outcome.refused += [(party, Problem("", "changed_since").message) for party in spared]
    outcome.refused += [(party, Problem("", "left_search").message) for party in still.left]
    outcome.changed = [party for party in still.changed if party not in spared]
    outcome.gone = still.gone
    return outcome


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
    counts = {"done": 0, "same": 0, "refused": 0, "refusals": [], "changed": 0, "changed_names": [], "gone": 0}
    progress = {"cursor": 0, "entry": None, "stopped": ""}
    payload = {"code": code, "kind": kind, "data": data, **asked, **progress, **counts}
    return Job.objects.create(account=by.account, kind=KIND, payload=payload, by_id=by.user_id)


@handler(KIND)
def run(job: Job) -> Iterator[bool]:
    """Run a job step by step, in id order. Each step saves its cursor in its own transaction."""
    while _step(job.pk):
        yield True


def _step(pk: int) -> bool:
    """Handle the next part of the parties; return False when none is left."""
    with transaction.atomic():
        job = Job.objects.select_for_update().select_related("account").get(pk=pk)
        by = actor_in(job.account.slug, job.by_id) if job.by_id else None
        if by is None:
            job.payload["stopped"] = "permission"
            job.save(update_fields=["payload"])
            return False
        with override(by.language):
            more = _advance(by, job)
        job.save(update_fields=["payload"])
        return more


def _advance(by: Actor, job: Job) -> bool:
    payload = job.payload
    cursor, still = _told_left(by, payload) if payload.get("of") else _left(by, job)
    if still is None:
        return False
    whole = Whole(Entry.objects.filter(pk=payload.get("entry")).first() if payload.get("entry") else None)
    spared = _spared(payload["code"], still)
    parties = [party for party in still.parties if party not in spared]
    try:
        outcome = _run(as_one(by, whole), payload, parties, whole) if parties else Outcome()
    except PermissionDenied:
        payload["stopped"] = "permission"
        return False
    payload["entry"] = whole.entry.pk if whole.entry else None
    payload["cursor"] = cursor
    _count(payload, _completed(outcome, still, spared))
    return True


def _count(payload: dict[str, Any], outcome: Outcome) -> None:
    """Add the outcome of a step to what the job's page shows."""
    for name, count in (
        ("done", len(outcome.done)),
        ("same", outcome.same),
        ("refused", len(outcome.refused)),
        ("changed", len(outcome.changed)),
        ("gone", outcome.gone),
    ):
        payload[name] = payload.get(name, 0) + count
    refusals = [[party.name, reason] for party, reason in outcome.refused]
    payload["refusals"] = [*payload["refusals"], *refusals][:MOST_NAMED]
    payload["changed_names"] = [*payload.get("changed_names", ()), *(one.name for one in outcome.changed)][
        :MOST_NAMED
    ]


def _told_left(by: Actor, payload: dict[str, Any]) -> tuple[int, Still | None]:
    """Return the new cursor, and the next parties of the entry to undo; None after the last."""
    told = About.objects.filter(entry=payload["of"], pk__gt=payload["cursor"], pk__lte=payload["last"] or 0)
    rows = list(told.order_by("pk").values_list("pk", "party")[: chosen_sets.STEP])
    if not rows:
        return 0, None
    seen = Party.readable.seen_by(by).filter(pk__in=[party for _pk, party in rows if party])
    parties = list(seen.defer(*chosen_sets.HEAVY).order_by("pk"))
    return rows[-1][0], Still(parties, gone=len(rows) - len(parties))


def _left(by: Actor, job: Job) -> tuple[int, Still | None]:
    """Return the new cursor, and what became of the next part of the announced parties; None after the last."""
    payload = job.payload
    if "set" not in payload:
        _fix_late(by, job)
    chosen = ChosenSet.objects.get(pk=payload["set"])
    number = payload["cursor"]
    versions = chosen_sets.part(chosen.pk, number)
    if versions is None:
        return number, None
    return number + 1, chosen_sets.find_again(by, chosen_sets.search_of(chosen), versions)


def _fix_late(by: Actor, job: Job) -> None:
    """Fix the rest of a job queued by a version before sets: its search, up to the last record of that time."""
    payload = job.payload
    selection = Selection.read(payload["kind"], payload["selection"])
    if payload["ids"] is not None:
        selection = selection.of(frozenset(payload["ids"]))
    chosen = chosen_sets.fix(by, selection, above=payload["cursor"], last=payload["last"])
    chosen_sets.claim(chosen, job)
    payload |= {"set": chosen.pk, "cursor": 0}


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
