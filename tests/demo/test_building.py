"""The demo account: every kind of thing to see, made by its users, once."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from entregent.accounts.actor import actor_in
from entregent.accounts.models import Account, User
from entregent.accounts.scope import inside
from entregent.demo import accounts, building
from entregent.demo.accounts import close_demo
from entregent.directory.models import ContactStatus, JobFunction, Party, Position
from entregent.journal.models import Entry


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo account, made once for the tests of this file: each takes back what it changes, and the last all."""
    with django_db_blocker.unblock(), transaction.atomic():
        building.build(60)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db) -> Account:
    return Account.objects.get(slug="demo")


def actor(name: str):
    return actor_in("demo", User.objects.get(email=f"{name}@demo.example").pk)


def it_has_something_of_everything(demo):
    with inside(demo):
        parties = Party.objects.all()
        assert parties.filter(kind="p").count() == 60
        assert parties.filter(kind="o").count() == building.ORGANISATIONS
        assert parties.exclude(binned_at=None).exists()
        assert parties.filter(active=False).exists()
        assert set(parties.values_list("visibility", flat=True)) == {"everyone", "creator", "shared"}
        assert Position.objects.exclude(until=None).exists()
        assert Position.objects.filter(main=False, until=None).exists()
        assert parties.exclude(tag_names=[]).count() > 30


def the_journal_spans_months_and_users(demo):
    with inside(demo):
        first, last = (Entry.objects.order_by(order).first().at for order in ("at", "-at"))
        assert (last - first).days > 400
        assert len(set(Entry.objects.values_list("by_name", flat=True))) == 3
        assert len(set(Entry.objects.values_list("deed", flat=True))) > 5
        entered = Entry.objects.filter(deed="created", abouts__party__kind="p").order_by("at").first()
        assert Party.objects.get(pk=entered.abouts.get().party_id).created_at == entered.at


def each_user_sees_their_own_part(demo):
    with inside(demo):
        seen = {
            name: set(Party.objects.visible_to(actor(name)).values_list("pk", flat=True)) for name in accounts.USERS
        }
    assert seen["nadia"] - seen["camille"]
    assert seen["camille"] - seen["nadia"]
    assert not seen["lea"] - seen["admin"]


def the_neighbour_has_an_address_that_the_demo_has_too(demo):
    def addresses(account: Account) -> set[str]:
        with inside(account):
            return set(Party.objects.filter(kind="p").exclude(email="").values_list("email", flat=True))

    assert addresses(demo) & addresses(Account.objects.get(slug="voisin"))


def the_reference_lists_are_filled_and_used(demo):
    with inside(demo):
        assert ContactStatus.objects.filter(is_default=True).get().name == "Prospect"
        assert Party.objects.filter(kind="p").values("status").distinct().count() == 5
        assert Party.objects.filter(kind="o").exclude(family=None).count() > 60
        assert Party.objects.filter(skills__isnull=False).exists()
        assert JobFunction.objects.count() > 10


def test_what_is_read_of_it(demo, subtests):
    """Each of these reads only: the account, which takes seconds, is made once for all."""
    for promise in (
        it_has_something_of_everything,
        the_journal_spans_months_and_users,
        each_user_sees_their_own_part,
        the_neighbour_has_an_address_that_the_demo_has_too,
        the_reference_lists_are_filled_and_used,
    ):
        with subtests.test(promise.__name__):
            promise(demo)


def test_again_it_adds_what_is_missing(demo):
    assert building.build(60) == 0
    assert building.build(75) == 15
    with inside(demo):
        assert Party.objects.filter(kind="p").count() == 75


def test_a_crowd_comes_with_its_organisations(demo):
    assert building.build(600) == 540
    with inside(demo):
        assert Party.objects.filter(kind="o").count() == 160
        assert Party.objects.filter(kind="p", organisation_id__isnull=False).count() > 400


def test_closing_leaves_nothing_of_the_account(demo):
    close_demo()
    assert not Account.objects.filter(slug__in=("demo", "voisin")).exists()
    assert User.objects.filter(email="camille@demo.example").exists()
    assert building.build(10) == 10
