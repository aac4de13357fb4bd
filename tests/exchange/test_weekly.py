"""The weekly mail about changes (X11): to subscribers only, once, even after a crash."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from entregent.accounts.models import Membership
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.actions.tags import tagging
from entregent.directory.models import Party
from entregent.exchange.models import WeeklyMail
from entregent.exchange.reference import weekly
from entregent.kernel import clock

THURSDAY = datetime(2026, 11, 19, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def follower(service, sonia, bruno):
    """Bruno asked for it on a Thursday; on the same day a mayor came."""
    with clock.at(THURSDAY):
        weekly.follow_weekly(bruno, True)
        with inside(service):
            parties.create(sonia, "p", {"first_name": "Léa", "last_name": "Roy"})
            parties.create(sonia, "p", {"first_name": "Jean", "last_name": "Petit"})
    return bruno


def send(moment: datetime) -> list[mail.EmailMessage]:
    with clock.at(moment):
        weekly.send_weekly_changes()
    return mail.outbox


def test_it_leaves_on_monday_and_once(follower):
    assert send(THURSDAY + timedelta(hours=1)) == []
    assert send(MONDAY - timedelta(hours=4)) == []  # four in the morning
    (sent,) = send(MONDAY)
    assert sent.to == ["bruno@lac.example"]
    assert "Léa Roy" in sent.body
    assert "/lac/changements/" in sent.body
    assert len(send(MONDAY + timedelta(days=2))) == 1


def test_one_s_own_records_come_first(follower):
    jean = Party.readable.get(first_name="Jean")
    tagging.tag(follower, [jean], ["Presse"])
    (sent,) = send(MONDAY)
    assert sent.body.index("complétées") < sent.body.index("Jean Petit") < sent.body.index("derniers")


def test_a_week_without_news_sends_nothing(follower):
    send(MONDAY)
    assert len(send(MONDAY + timedelta(days=7))) == 1
    assert WeeklyMail.objects.filter(sent_at__isnull=False).count() == 3


def test_who_did_not_ask_gets_nothing(follower, aicha):
    assert [sent.to for sent in send(MONDAY)] == [["bruno@lac.example"]]
    weekly.follow_weekly(follower, False)
    assert not Membership.objects.filter(weekly_changes=True).exists()


def test_a_crash_in_the_middle_sends_the_rest_and_nothing_twice(follower, aicha, monkeypatch):
    with clock.at(THURSDAY):
        weekly.follow_weekly(aicha, True)
    real, calls = weekly._send, []

    def dies(by, email, claimed):
        calls.append(email)
        if len(calls) == 2:
            raise KeyboardInterrupt  # the worker is killed
        real(by, email, claimed)

    monkeypatch.setattr(weekly, "_send", dies)
    with pytest.raises(KeyboardInterrupt):
        send(MONDAY)
    assert len(mail.outbox) == 1
    monkeypatch.setattr(weekly, "_send", real)
    assert len(send(MONDAY + timedelta(minutes=10))) == 1  # it may still be at it
    send(MONDAY + timedelta(hours=2))
    send(MONDAY + timedelta(hours=3))
    assert sorted(sent.to[0] for sent in mail.outbox) == ["aicha@lac.example", "bruno@lac.example"]


def test_a_mail_server_that_refuses_is_asked_again(follower, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send(MONDAY)
    assert WeeklyMail.objects.filter(sent_at=None).count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(send(MONDAY + timedelta(hours=2))) == 1


def test_a_later_copy_has_the_same_name(follower, monkeypatch):
    (sent,) = send(MONDAY)
    WeeklyMail.objects.filter(week=MONDAY.date()).update(
        sent_at=None
    )  # it left, and the worker died before it said so
    send(MONDAY + timedelta(hours=2))
    assert mail.outbox[1].extra_headers["Message-ID"] == sent.extra_headers["Message-ID"]
