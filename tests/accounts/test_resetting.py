"""A link that was asked for comes, though the mail server be down meanwhile; and one mail does not hold up much."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from entregent.accounts.jobs import run_errands
from entregent.accounts.models import ResetRequest
from entregent.accounts.resetting import ask

TO_BRUNO = "bruno@lac.example"


@pytest.fixture
def down(monkeypatch):
    """No mail server answers."""

    def refuse(*_):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        yield patch


def later(**span: int) -> None:
    """Let time pass for what was asked for."""
    for request in ResetRequest.objects.all():
        request.at, request.due = request.at - timedelta(**span), request.due - timedelta(**span)
        request.save()


def test_a_link_comes_once_the_mail_server_is_back(bruno, down):
    ask(TO_BRUNO)
    run_errands()
    later(minutes=1)
    down.undo()
    run_errands()
    run_errands()
    assert [each.to for each in mail.outbox] == [[TO_BRUNO]]
    assert not ResetRequest.objects.exists()


def test_pauses_grow_until_the_request_is_stale(bruno, down):
    ask(TO_BRUNO)
    pauses = []
    while ResetRequest.objects.exists():
        run_errands()
        for request in ResetRequest.objects.all():
            pauses.append(round((request.due - timezone.now()).total_seconds() / 60))
            later(minutes=pauses[-1])
    assert pauses == [1, 2, 4, 8, 16, 32]
    assert mail.outbox == []


def test_what_another_worker_has_taken_is_left_to_it(bruno):
    ask(TO_BRUNO)
    ResetRequest.objects.update(tries=1, due=timezone.now() + timedelta(minutes=1))
    run_errands()
    assert mail.outbox == []


def test_one_mail_a_time_and_strangers_do_not_count(bruno):
    for email in ("nobody@lac.example", TO_BRUNO, TO_BRUNO):
        ask(email)
    run_errands()
    assert (len(mail.outbox), ResetRequest.objects.count()) == (1, 1)
