"""The background worker: runs queued jobs step by step, and survives being killed.

A handler is a generator: each ``yield`` ends a step whose work is committed, and renews the lease. After a
crash the lease expires and the next worker calls the handler again; it resumes from the state of the rows.

An attempt that fails and a worker that dies are counted apart, and anew from each step that takes the job forward: a
long job may see many of both. A handler yields True after a step that the next attempt does not do again.
"""

import gc
import logging
import traceback
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event
from time import monotonic, sleep

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override

from entregent.store.engine import Breath, map_nothing
from entregent.store.trouble import Trouble, trouble_of

from .actor import Actor, Door, actor_in
from .models import Job
from .scope import everywhere, inside

log = logging.getLogger(__name__)


class Overtaken(Exception):
    """Another worker did a step of this job first: ours is rolled back. Raised by handlers."""


Handler = Callable[[Job], Iterator[bool | None]]
Ending = Callable[[Job], None]
HANDLERS: dict[str, tuple[Handler, Ending]] = {}
CHORES: list[Callable[[], None]] = []
ERRANDS: list[Callable[[], None]] = []
LEASE = timedelta(seconds=20)
ERRANDS_LEASE = timedelta(seconds=90)
"""While errands are run between two steps: several times what a mail server that hangs takes (EMAIL_TIMEOUT)."""
CHORE_INTERVAL = 600.0
FOLLOWING = 0.3
"""Seconds between two looks at a job that another worker does."""
MOST_ATTEMPTS = 5
MOST_DEATHS = 30
"""A job whose workers die this often, each before its first step ends, is what kills them."""


def handler(kind: str, given_up: Ending = lambda job: None) -> Callable[[Handler], Handler]:
    """Register the generator function that runs jobs of this kind.

    ``given_up``: called, inside the account, when such a job has finally failed.
    """

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function, given_up
        return function

    return register


def author(job: Job, door: Door = Door.PAGE) -> Actor:
    """Return the actor who requested the job, with current permissions. Raises ``PermissionError`` if they left."""
    by = actor_in(job.account.slug, job.by_id, door) if job.by_id else None
    if by is None:
        raise PermissionError("Who asked for it is no longer a member of the account.")
    return by


def chore(function: Callable[[], None]) -> Callable[[], None]:
    """Register a function that the worker runs every ten minutes: it must be cheap when there is nothing to do."""
    CHORES.append(function)
    return function


def errand(function: Callable[[], None]) -> Callable[[], None]:
    """Register what somebody waits for without an account, such as a mail: the worker runs it at once, before jobs
    and between their steps. It must be cheap when there is nothing to do.
    """
    ERRANDS.append(function)
    return function


def claim(worker: str) -> Job | None:
    """Claim the next job that is queued or whose worker has died; return None if there is none.

    The condition is part of the UPDATE, so two workers never get the same job.
    """
    free = _free()
    with everywhere("the worker serves all accounts"):
        for job in Job.objects.filter(free, run_after__lte=timezone.now()).select_related("account", "by")[:5]:
            if _take(job, worker, free):
                return job
    return None


def _free() -> Q:
    """Return which jobs may be taken: those that are queued or whose worker has died."""
    return Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=timezone.now())


def _take(job: Job, worker: str, free: Q) -> bool:
    """Mark the job as this worker's, if it is still ``free``."""
    died = job.state == Job.State.RUNNING
    counts = {"attempts": job.attempts + (not died), "deaths": job.deaths + died}
    values = {"state": Job.State.RUNNING, "lease_until": timezone.now() + LEASE, "worker": worker, **counts}
    taken = Job.objects.filter(free, pk=job.pk, state=job.state).update(**values)
    if taken:
        job.attempts, job.deaths = counts["attempts"], counts["deaths"]
    return bool(taken)


def perform(job: Job, worker: str, stop: Event, after_step: Callable[[], None] = lambda: None) -> None:
    """Run a claimed job to its end; if ``stop`` is set, put it back in the queue after the current step."""
    with inside(job.account, job.by.language if job.by else settings.LANGUAGE_CODE):
        mine = Job.objects.filter(pk=job.pk, worker=worker, state=Job.State.RUNNING)
        if job.deaths >= MOST_DEATHS:
            job.attempts = MOST_ATTEMPTS
            _give_back(job, mine, "Each worker that took this job died of it.")
            return
        breath = Breath()
        try:
            for forward in HANDLERS[job.kind][0](job):
                if forward is True:
                    job.attempts, job.deaths = 1, 0
                counts = {"attempts": job.attempts, "deaths": job.deaths}
                if not mine.update(lease_until=timezone.now() + ERRANDS_LEASE, **counts):
                    return  # the lease expired and another worker has the job
                after_step()
                if not mine.update(lease_until=timezone.now() + LEASE):
                    return
                breath.take()
                if stop.is_set():
                    mine.update(state=Job.State.QUEUED, attempts=job.attempts - 1)
                    return
        except Overtaken:  # by one that has lost the job meanwhile, or ours is the one that lost it
            mine.update(state=Job.State.QUEUED, attempts=job.attempts - 1)
            return
        except Exception:
            log.exception("job %s (%s) failed", job.pk, job.kind)
            _give_back(job, mine, traceback.format_exc())
            return
        mine.update(state=Job.State.DONE, finished_at=timezone.now(), error="")


def _give_back(job: Job, mine: QuerySet[Job], error: str) -> None:
    """Requeue a failed job with increasing delay; after ``MOST_ATTEMPTS`` tries mark it failed, with ``error``."""
    now = timezone.now()
    again = job.attempts < MOST_ATTEMPTS
    kept = mine.update(
        state=Job.State.QUEUED if again else Job.State.FAILED,
        run_after=now + timedelta(seconds=5 * 2**job.attempts),
        finished_at=None if again else now,
        error=error[-4000:],
    )
    if kept and not again and job.kind in HANDLERS:
        HANDLERS[job.kind][1](job)


def run_pending(limit: int = 100) -> int:
    """Run the errands and the queued jobs, at most ``limit``; return how many jobs: for commands and tests."""
    run_errands()
    worker, stop = uuid.uuid4().hex, Event()
    for count in range(limit):
        job = claim(worker)
        if job is None:
            return count
        perform(job, worker, stop)
    return limit


def do_here(job: Job, after_step: Callable[[], None]) -> None:
    """Do a job in this process, for a command, or follow the worker that took it first; return when it has ended.

    Returns too when an attempt has failed and a worker will try again. Refreshes ``job``. If this process is killed,
    a worker resumes the job.
    """
    worker, spoken = uuid.uuid4().hex, get_language()

    def step() -> None:
        with override(spoken):
            after_step()

    with inside(job.account):
        while not _is_over(job):
            try:
                if _take(job, worker, _free()):
                    perform(job, worker, Event(), step)
                else:
                    step()
                    sleep(FOLLOWING)
            except KeyboardInterrupt:
                Job.objects.filter(pk=job.pk, worker=worker, state=Job.State.RUNNING).update(state=Job.State.QUEUED)
                raise
            job.refresh_from_db()


def _is_over(job: Job) -> bool:
    """Return whether a job has ended, or has failed and waits to be tried again."""
    return job.state in (Job.State.DONE, Job.State.FAILED) or (job.state == Job.State.QUEUED and bool(job.error))


def run_errands() -> None:
    """Run the errands."""
    _run(ERRANDS)


def run_chores() -> None:
    """Run the chores."""
    _run(CHORES)


def _run(several: list[Callable[[], None]]) -> None:
    """Call each, in the platform's language unless it enters an account in another."""
    with override(settings.LANGUAGE_CODE):
        for run in several:
            run()


def settle_down() -> None:
    """Tune this process for long-running work with little memory.

    Makes the garbage collector run less often and skip the program's own objects, which saves a tenth of an import's
    time. A step creates a hundred thousand objects, nearly all of which reference counting frees when it ends.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    map_nothing()


def work(stop: Event, pause: float = 0.5) -> None:
    """Run jobs and chores until ``stop`` is set, waiting ``pause`` seconds when there is no job."""
    settle_down()
    worker, chores_due = uuid.uuid4().hex, 0.0
    while not stop.is_set():
        close_old_connections()
        try:
            if monotonic() >= chores_due:
                run_chores()
                chores_due = monotonic() + CHORE_INTERVAL
            run_errands()
            job = claim(worker)
            if job:
                perform(job, worker, stop, run_errands)
                continue
        except Exception as error:
            trouble = trouble_of(error)
            unclear = trouble in (None, Trouble.OUTDATED)  # a column that is missing may be our own error
            log.error("the worker can't go on now: %s", trouble or error, exc_info=unclear)
            stop.wait(5)
        stop.wait(pause)
