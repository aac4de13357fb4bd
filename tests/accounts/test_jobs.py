"""The worker's jobs: taken once, given back when they fail, given up with a word in the end."""

from datetime import timedelta
from threading import Event

import psycopg.errors
import pytest
from django.db import OperationalError
from django.utils import timezone

from entregent.accounts import jobs
from entregent.accounts.models import Job
from entregent.config import env


@pytest.fixture
def kind(monkeypatch) -> str:
    """A kind of job of the test's own: its steps are noted in its payload."""
    monkeypatch.setattr(jobs, "HANDLERS", {})
    return "test"


def waiting(by, kind: str) -> Job:
    return Job.objects.create(account=by.account, kind=kind, by_id=by.user_id)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_taken_once(bruno, kind):
    waiting(bruno, kind)
    assert jobs.claim("one") is not None
    assert jobs.claim("other") is None


def test_a_dead_workers_job_is_taken_again_after_its_lease(bruno, kind):
    job = waiting(bruno, kind)
    jobs.claim("dead")
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    again = jobs.claim("other")
    assert again is not None
    assert (again.pk, again.attempts, again.deaths) == (job.pk, 1, 1)


def test_a_failing_job_waits_longer_each_time_and_then_says_so(bruno, kind):
    given_up = []

    @jobs.handler(kind, given_up.append)
    def fail(job):
        yield
        raise ValueError("no")

    job = waiting(bruno, kind)
    delays = []
    for _ in range(jobs.MOST_ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=1))
        jobs.run_pending()
        job.refresh_from_db()
        delays.append((job.run_after - timezone.now()).total_seconds())
    assert (job.state, [found.pk for found in given_up]) == ("failed", [job.pk])
    assert "ValueError: no" in job.error
    assert delays == sorted(delays)


def test_a_job_that_kills_its_workers_is_given_up(bruno, kind):
    given_up = []
    jobs.handler(kind, given_up.append)(lambda job: iter(()))
    job = waiting(bruno, kind)
    for _ in range(jobs.MOST_DEATHS):
        jobs.claim("dead")
        expire(job)
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, len(given_up)) == ("failed", 1)


def test_five_deaths_do_not_end_a_job(bruno, kind):
    jobs.handler(kind)(lambda job: iter(()))
    job = waiting(bruno, kind)
    for _ in range(jobs.MOST_ATTEMPTS + 1):
        jobs.claim("dead")
        expire(job)
    jobs.run_pending()
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.parametrize(("forward", "ends"), [(True, "queued"), (False, "failed"), (None, "failed")])
def test_only_a_step_that_takes_the_job_forward_counts_attempts_anew(bruno, kind, forward, ends):
    @jobs.handler(kind)
    def work(job):
        yield forward
        raise ValueError("no")

    job = waiting(bruno, kind)
    for _ in range(jobs.MOST_ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=1))
        jobs.run_pending()
    job.refresh_from_db()
    assert job.state == ends


def test_stopping_gives_the_job_back_between_two_steps(bruno, kind):
    stop, steps = Event(), []

    @jobs.handler(kind)
    def work(job):
        for step in range(5):
            steps.append(step)
            if step == 1:
                stop.set()
            yield

    waiting(bruno, kind)
    job = jobs.claim("one")
    jobs.perform(job, "one", stop)
    job.refresh_from_db()
    assert (steps, job.state, job.attempts) == ([0, 1], "queued", 0)


def test_a_worker_whose_lease_was_taken_over_stops(bruno, kind):
    steps = []

    @jobs.handler(kind)
    def work(job):
        for step in range(3):
            steps.append(step)
            Job.objects.filter(pk=job.pk).update(worker="other")
            yield

    waiting(bruno, kind)
    jobs.perform(jobs.claim("one"), "one", Event())
    assert steps == [0]
    assert Job.objects.get().state == "running"


def test_a_worker_that_lost_its_lease_during_the_errands_begins_no_other_step(bruno, kind, tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREGENT_SMTP_URL", "smtp://mail.lac.example")
    steps, left = [], []

    @jobs.handler(kind)
    def work(job):
        for step in range(3):
            steps.append(step)
            yield

    def mail_that_hangs():
        left.append((Job.objects.get().lease_until - timezone.now()).total_seconds())
        Job.objects.update(worker="other")

    job = waiting(bruno, kind)
    jobs.perform(jobs.claim("one"), "one", Event(), mail_that_hangs)
    job.refresh_from_db()
    assert (steps, job.state) == ([0], "running")
    assert left[0] > 3 * env.mail(tmp_path)["EMAIL_TIMEOUT"]


def test_the_lease_is_short_again_after_the_errands(bruno, kind):
    @jobs.handler(kind)
    def work(job):
        yield
        job.refresh_from_db()
        assert job.lease_until - timezone.now() <= jobs.LEASE

    job = waiting(bruno, kind)
    jobs.run_pending()
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.parametrize(
    ("cause", "traced"), [(psycopg.errors.UndefinedColumn, True), (psycopg.errors.DiskFull, False)]
)
def test_a_missing_column_is_logged_with_its_place(db, monkeypatch, caplog, cause, traced):
    stop = Event()

    def fail():
        stop.set()
        raise OperationalError from cause()

    monkeypatch.setattr(jobs, "settle_down", lambda: None)
    monkeypatch.setattr(jobs, "run_chores", fail)
    jobs.work(stop, 0)
    assert [bool(record.exc_info) for record in caplog.records] == [traced]
