"""Every kind of long run has the same life cycle and pages, also after interruptions."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import greeting
from tests.greeting import GREETINGS, HELLO, Greeting

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Job, Membership, Role
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.exchange import importing
from entregent.exchange.reference import syncing
from entregent.journal.models import Entry
from entregent.journal.telling import Telling
from entregent.runs import cycle
from entregent.runs.models import Run
from entregent.web.imports.pages import IMPORTS
from entregent.web.runs.files import FilePages
from entregent.web.runs.pages import Pages
from entregent.web.service.pages import SYNCS

FIVE = range(5)
State = Run.State


@dataclass
class Sample:
    """How one begins a run of a use, and how many records it has written."""

    pages: Pages
    kind: str
    rows: str
    outcome: str
    """What all five come to."""
    written: Callable[[], int]


SAMPLES = {
    sample.pages.use.code: sample
    for sample in (
        Sample(
            IMPORTS,
            "contacts",
            "Nom;Prénom;Ville\n" + "".join(f"N{i};Léa;Crest\n" for i in FIVE),
            "created",
            lambda: Party.objects.count(),
        ),
        Sample(
            SYNCS,
            "organisations",
            "Code;Nom\n" + "".join(f"M{i};Mairie {i}\n" for i in FIVE),
            "added",
            lambda: Party.objects.filter(binned_at=None).count(),
        ),
        Sample(GREETINGS, "", "", "greeted", lambda: Party.objects.filter(notes=HELLO).count()),
    )
}

UNDOABLE = [code for code, sample in SAMPLES.items() if sample.pages.use.undone]


class Hand:
    """Someone with a browser, who takes runs of one use through their life by requests alone."""

    def __init__(self, sample: Sample, by: Actor, client: Client) -> None:
        self.sample, self.pages, self.by, self.client = sample, sample.pages, by, client

    def give(self) -> Run:
        """A draft: a file by its page, or a set as an action would announce it."""
        if not isinstance(self.pages, FilePages):
            people = [parties.create(self.by, "p", {"last_name": f"N{i}", "first_name": "Léa"}).pk for i in FIVE]
            return Greeting.objects.create(account=self.by.account, by_id=self.by.user_id, name="Tous", ids=people)
        file = SimpleUploadedFile("gens.csv", self.sample.rows.encode())
        self.client.post(self.pages.home(self.by), {"file": file, "kind": self.sample.kind})
        jobs.run_pending()
        return self.pages.use.model.objects.first()

    def check(self, run: Run) -> None:
        if isinstance(self.pages, FilePages):
            self.post(run, "columns", **{f"column-{index}": code for index, code in enumerate(run.mapping)})
        else:
            self.post(run, "check")

    def checked(self) -> Run:
        run = self.give()
        self.check(run)
        jobs.run_pending()
        return run

    def started(self) -> Run:
        run = self.checked()
        self.post(run, "run")
        return run

    def post(self, run: Run, view: str, **data: str) -> str:
        answer = self.client.post(self.pages.address(self.by, view, run.pk), data, follow=True)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def see(self, run: Run, view: str = "page", **asked: Any) -> str:
        return self.client.get(self.pages.address(self.by, view, run.pk), **asked).content.decode()

    def job(self, phase: str) -> Job:
        return Job.objects.get(kind=f"{self.pages.use.code}.{phase}")

    def work(self, phase: str) -> Iterator[None]:
        """A worker of one's own, that can be killed."""
        return cycle.work(self.job(phase))

    def kill_after_a_step(self, phase: str) -> None:
        worker = self.work(phase)
        next(worker)
        worker.close()

    def counts(self, run: Run) -> dict[str, int]:
        return {name: count for name, count in run.counts.items() if isinstance(count, int)}

    @property
    def written(self) -> int:
        return self.sample.written()


@pytest.fixture(params=SAMPLES)
def hand(request, service, sonia, browse, monkeypatch, settings) -> Iterator[Hand]:
    settings.ROOT_URLCONF = greeting.urls
    monkeypatch.setattr(importing, "STEP", 2)
    monkeypatch.setattr(syncing, "READ", 2)
    monkeypatch.setattr(syncing, "WRITE", 2)
    sample = SAMPLES[request.param]
    by = sonia if sample.pages is SYNCS else request.getfixturevalue("bruno")
    with inside(by.account):
        yield Hand(sample, by, browse(by))


def state(run: Run) -> str:
    run.refresh_from_db()
    return run.state


def test_every_use_is_held_to_this():
    assert set(SAMPLES) == set(cycle.USES)


def test_from_what_is_given_to_the_report_and_back(hand: Hand):
    run = hand.give()
    hand.check(run)
    assert 'hx-trigger="every 1s"' in hand.see(run)
    polled = hand.see(run, headers={"HX-Request": "true"})
    assert (polled.lstrip().startswith('<div id="run-state"'), "<html" in polled) == (True, False)
    hand.kill_after_a_step("check")
    jobs.run_pending()
    assert (state(run), run.rows_total, hand.written) == (State.CHECKED, 5, 0)
    assert "n’est encore écrit" in hand.see(run)
    hand.post(run, "run")
    hand.kill_after_a_step("run")
    assert (state(run), run.rows_done, hand.written) == (State.RUNNING, 2, 2)
    jobs.run_pending()
    assert (state(run), run.rows_done, hand.written) == (State.DONE, 5, 5)
    assert hand.counts(run) == {hand.sample.outcome: 5}
    assert str(hand.pages.done).replace("'", "’") in hand.see(run)
    assert Entry.objects.filter(pk=run.entry_id).count() == 1
    if hand.pages.use.undone:
        assert hand.pages.address(hand.by, "undo", run.pk) in hand.see(run)
        assert "<form" in hand.see(run, "undo")
        hand.post(run, "undo")
        hand.kill_after_a_step("undo")
        assert (state(run), hand.written) == (State.UNDOING, 3)
        jobs.run_pending()
        assert (state(run), hand.written) == (State.UNDONE, 0)
        assert str(hand.pages.undone) in hand.see(run)
        assert run.undo_entry_id not in (None, run.entry_id)
    hand.post(run, "discard")
    run.refresh_from_db()  # what was written is not forgotten


@pytest.mark.parametrize("begin", [Hand.give, Hand.checked])
def test_what_was_not_started_is_forgotten(hand: Hand, begin):
    run = begin(hand)
    assert str(hand.pages.forgotten) in hand.post(run, "discard")
    assert not hand.pages.use.model.objects.exists()
    assert not isinstance(hand.pages, FilePages) or not run.file.exists()


def test_two_who_start_at_once_start_it_once(hand: Hand):
    run = hand.checked()
    stale = hand.pages.use.model.objects.get(pk=run.pk)
    hand.post(run, "run")
    hand.post(run, "run")
    assert cycle.start_run(hand.by, stale) is None
    assert hand.job("run")
    jobs.run_pending()
    assert (state(run), hand.written) == (State.DONE, 5)


def test_it_stops_and_goes_on(hand: Hand):
    run = hand.started()
    hand.post(run, "stop")
    jobs.run_pending()
    assert (state(run), hand.written) == (State.STOPPED, 2)
    stopped = hand.see(run)
    assert "Arrêté" in stopped
    assert re.search(r"\b2 (fiches )?sur 5\b", stopped)
    hand.post(run, "resume")
    jobs.run_pending()
    assert (state(run), run.stop_asked, hand.written) == (State.DONE, False, 5)


@pytest.mark.parametrize("hand", UNDOABLE, indirect=True)
def test_what_was_stopped_is_taken_back_as_far_as_it_went(hand: Hand):
    run = hand.started()
    hand.post(run, "stop")
    jobs.run_pending()
    hand.post(run, "undo")
    jobs.run_pending()
    assert (state(run), hand.written) == (State.UNDONE, 0)


def test_a_check_that_is_stopped_is_a_draft_again(hand: Hand):
    run = hand.give()
    hand.check(run)
    hand.post(run, "stop")
    jobs.run_pending()
    assert (state(run), hand.written) == (State.DRAFT, 0)


def test_what_is_being_checked_is_not_forgotten(hand: Hand):
    run = hand.give()
    hand.check(run)
    hand.post(run, "discard")
    jobs.run_pending()
    assert state(run) == State.CHECKED


def test_back_from_the_preview(hand: Hand):
    run = hand.checked()
    hand.post(run, "back")
    assert state(run) == State.DRAFT
    hand.check(run)
    jobs.run_pending()
    assert (state(run), run.rows_total) == (State.CHECKED, 5)


@pytest.mark.parametrize(
    ("hand", "phase"),
    [*product(SAMPLES, ("check", "run")), *product(UNDOABLE, ("undo",))],
    indirect=["hand"],
)
def test_of_two_workers_one_is_overtaken(hand: Hand, phase: str):
    run = hand.give() if phase == "check" else hand.started()
    if phase == "check":
        hand.check(run)
    elif phase == "undo":
        jobs.run_pending()
        hand.post(run, "undo")
    one, other = hand.work(phase), hand.work(phase)
    for worker in (one, other, one, other, one, other, one, one):
        with suppress(jobs.Overtaken):
            next(worker, None)
    jobs.run_pending()
    assert state(run) == {"check": State.CHECKED, "run": State.DONE, "undo": State.UNDONE}[phase]
    assert (run.rows_done, hand.written) == (5, {"check": 0, "run": 5, "undo": 0}[phase])
    assert hand.counts(run) == {hand.sample.outcome: 5}
    assert not hasattr(run, "changes") or run.changes.count() == 5


def test_a_step_that_fails_five_times_says_so_on_the_page(hand: Hand, monkeypatch):
    run = hand.started()

    def broken(*_args):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(cycle, "_advance", broken)
        for _ in range(jobs.MOST_ATTEMPTS):
            Job.objects.update(run_after=timezone.now())
            jobs.run_pending()
    assert (state(run), run.error["code"], hand.written) == (State.FAILED, "stumbled", 0)
    assert "plusieurs fois" in hand.see(run)

    hand.post(run, "resume")
    jobs.run_pending()
    assert (state(run), run.error, hand.written) == (State.DONE, None, 5)


def test_a_check_that_failed_is_tried_again(hand: Hand, monkeypatch):
    run = hand.give()
    hand.check(run)
    with monkeypatch.context() as patched:
        patched.setattr(cycle, "_advance", lambda *_args: 1 / 0)
        for _ in range(jobs.MOST_ATTEMPTS):
            Job.objects.update(run_after=timezone.now())
            jobs.run_pending()
    assert (state(run), run.error["code"]) == (State.FAILED, "stumbled")
    assert hand.pages.address(hand.by, "back", run.pk) in hand.see(run)
    hand.post(run, "back")
    hand.check(run)
    jobs.run_pending()
    assert (state(run), run.error, hand.counts(run)) == (State.CHECKED, None, {hand.sample.outcome: 5})


def test_a_row_that_fails_alone_is_put_aside(hand: Hand, monkeypatch):
    """Whatever is in it, the run comes to its end with all the others, and says how many it left out."""
    run, tell = hand.started(), Telling.tell_many

    def refuse(self, told, *args):
        assert not any(name.endswith("2") for _pk, name, *_rest in told)
        return tell(self, told, *args)

    monkeypatch.setattr(Telling, "tell_many", refuse)
    jobs.run_pending()
    assert (state(run), run.rows_done, hand.written) == (State.DONE, 5, 4)
    assert sum(count for name, count in hand.counts(run).items() if name != hand.sample.outcome) == 1


def test_whoever_loses_the_permission_is_stopped_at_the_next_step(hand: Hand):
    run = hand.started()
    working = hand.work("run")
    next(working)
    place = Membership.objects.filter(pk=hand.by.membership_id)
    place.update(role=Role.objects.get(code="reader"))
    with pytest.raises(PermissionDenied):
        list(working)
    assert (state(run), hand.written) == (State.STOPPED, 2)


def test_whoever_loses_the_permission_leaves_it_standing(hand: Hand):
    run = hand.started()
    hand.kill_after_a_step("run")
    place = Membership.objects.filter(pk=hand.by.membership_id)
    role = place.get().role
    place.update(role=Role.objects.get(code="reader"))
    with pytest.raises(PermissionDenied):
        list(hand.work("run"))
    place.update(role=role)
    assert (state(run), hand.written) == (State.STOPPED, 2)
    assert "n’en a plus le droit" in hand.see(run)
    hand.post(run, "resume")
    jobs.run_pending()
    assert (state(run), run.error, hand.written) == (State.DONE, None, 5)
