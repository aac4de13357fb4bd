"""Days are cut in the account's time zone, and texts in the right language, at every door: one place sets both."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, override

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, Job, User
from entregent.accounts.scope import everywhere, inside
from entregent.directory.models import Party
from entregent.directory.selections import inputs
from entregent.directory.selections.condition import Condition, Subject
from entregent.directory.selections.register import CONDITIONS, offer

from . import searching
from .rooms import SOURCES

FAR = "Pacific/Auckland"
Heard = list[tuple[str, str | None]]
OTHER_READERS = {
    "accounts/adapter.py": 1,
    "accounts/jobs.py": 2,
    "accounts/middleware.py": 1,
    "accounts/scope.py": 1,
    "actions/bulk/jobs.py": 1,
    "actions/fields/fields.py": 1,
    "actions/members/invitation_mail.py": 1,
    "api/problems.py": 1,
    "cli/language.py": 1,
    "directory/items/register.py": 1,
    "exchange/columns.py": 1,
    "exchange/exporting.py": 4,
    "exchange/looking_up.py": 1,
    "web/settings/views/own.py": 1,
    "web/uploads.py": 1,
}
"""File → how many times it chooses a language: a file, a note or a mail is for another reader than the page. One more
is a decision; whoever enters an account says its language to ``inside``."""


@pytest.fixture
def heard(lac: Account, aicha: Actor) -> Iterator[Heard]:
    """The zone and language of whoever asked the condition «probe». The account is far away, Aïcha reads English."""
    said: Heard = []
    Account.objects.filter(pk=lac.pk).update(timezone=FAR)
    User.objects.filter(pk=aicha.user_id).update(language="en")

    def ask(yes, asking) -> Q:
        said.append((timezone.get_current_timezone_name(), get_language()))
        return Q()

    flag = inputs.Flag("Yes", "No")
    offer(Condition("probe", "po", Subject.STANDING, "Probe", flag, ask, exactly={True: "Probed", False: "Not"}))
    yield said
    del CONDITIONS["probe"]


@pytest.mark.parametrize("door", ["a_list_page", "a_nested_filter", "an_export_page", "the_api", "a_bulk_action"])
def test_a_request(world, heard: Heard, door: str):
    here = world("probe")
    if door == "the_api":  # it was described before this condition was offered
        here.name, here.value = "f", "probe:true"
    getattr(searching, f"in_{door}")(here)
    assert heard
    assert set(heard) == {(FAR, "en")}


def test_a_command(world, heard: Heard):
    """It speaks to a terminal, which is French here; its file is for Aïcha."""
    assert searching.in_an_export_command(world("probe"))
    assert set(heard) == {(FAR, "fr"), (FAR, "en")}


def test_a_job_and_a_chore(lac: Account, aicha: Actor, heard: Heard, monkeypatch):
    def listen(job: Job | None = None) -> Iterator[None]:
        heard.append((timezone.get_current_timezone_name(), get_language()))
        yield

    def chore() -> None:
        with everywhere("a test"):
            accounts = list(Account.objects.filter(pk=lac.pk))
        for account in accounts:
            with inside(account):
                list(listen())

    monkeypatch.setitem(jobs.HANDLERS, "listen", (listen, lambda job: None))
    monkeypatch.setattr(jobs, "CHORES", [chore])
    for _ in range(2):
        Job.objects.create(account=lac, kind="listen", by_id=aicha.user_id, payload={})
    with override("en"):
        jobs.do_here(Job.objects.order_by("pk").last(), lambda: heard.append((FAR, get_language())))
        assert jobs.run_pending() == 1
        jobs.run_chores()
    assert heard == [(FAR, "en"), (FAR, "en"), (FAR, "en"), (FAR, "fr")]


def test_a_day_is_the_same_for_a_page_and_a_command(world, heard: Heard):
    here = world("added_since", "2026-05-02")
    midnight = datetime(2026, 5, 1, 12, tzinfo=UTC)  # in Auckland; in Paris it is the afternoon before
    Party.objects.filter(name="Zoé Mai").update(created_at=midnight)
    Party.objects.filter(name="Zoé Juin").update(created_at=datetime(2026, 4, 30, tzinfo=UTC))
    assert searching.in_a_list_page(here) == searching.in_an_export_command(here) == ["Zoé Mai"]


def test_one_place_sets_them():
    zones, languages = Counter(), Counter()
    for path in SOURCES.rglob("*.py"):
        text, name = path.read_text(), str(path.relative_to(SOURCES))
        zones[name] += len(re.findall(r"timezone\.(?:override|activate)\(|\bscope\(account", text))
        languages[name] += len(re.findall(r"translation\.(?:override|activate)\(|(?<![\w.])override\(", text))
    assert set(+zones) == {"accounts/scope.py"}
    assert dict(+languages) == OTHER_READERS
