"""Prepared queries return what the ORM would, for each account, actor and shape."""

from contextvars import Context
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import ScopeError

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Membership, Team
from entregent.accounts.scope import everywhere, inside
from entregent.store.prepared import MOST_VALUES, Prepared, prepared

pytestmark = pytest.mark.django_db


@prepared
def named(name, *, descending=False):
    return Team.objects.filter(name=name).order_by("-id" if descending else "id")


@prepared
def among(names):
    return Team.objects.filter(name__in=names).order_by("name").values_list("name", flat=True)


@prepared
def shared_with(by: Actor):
    return Team.objects.filter(pk__in=by.team_ids).values_list("name", flat=True)


@pytest.fixture
def teams(aicha, dimitri):
    for by in (aicha, dimitri):
        with inside(by.account):
            Team.objects.create(account=by.account, name="Nord")
            Team.objects.create(account=by.account, name=f"Sud de {by.account.slug}")


def test_each_account_gets_its_own_rows(teams, aicha, dimitri):
    for by in (aicha, dimitri, aicha):
        with inside(by.account):
            assert [team.account_id for team in named("Nord")] == [by.account.pk]
            assert named.count("Nord") == 1
            assert named("Ouest") == []


def test_outside_an_account_a_prepared_query_raises_like_any(teams, aicha):
    with inside(aicha.account):
        named("Nord")
    with pytest.raises(ScopeError):
        Context().run(named, "Nord")
    with everywhere("to see that this is another shape"):
        assert len(named("Nord")) == 2


def test_shapes_are_kept_apart(teams, aicha):
    with inside(aicha.account):
        sud = f"Sud de {aicha.account.slug}"
        assert among([]) == []
        assert among(["Nord"]) == ["Nord"]
        assert among(["Nord", sud]) == ["Nord", sud]
        assert among(["Nord", *(f"{number}" for number in range(MOST_VALUES))]) == ["Nord"]
        other = Team.objects.create(account=aicha.account, name="Est")
        assert named("Est", descending=True) == named("Est") == [other]


def test_an_actor_is_read_anew_each_time(teams, aicha):
    with inside(aicha.account):
        membership = Membership.objects.get(user=aicha.user_id)
        assert shared_with(aicha) == []
        membership.teams.set(Team.objects.filter(name="Nord"))
    again = actor_in(aicha.account.slug, aicha.user_id)
    with inside(aicha.account):
        assert shared_with(again) == ["Nord"]
        membership.active = False
        membership.save()
    assert actor_in(aicha.account.slug, aicha.user_id) is None


def test_what_would_be_kept_wrongly_is_refused(teams, aicha):
    lately = timezone.now() - timedelta(days=1)

    def closed(name):
        return Team.objects.filter(name=name, memberships__joined_at=lately)

    with pytest.raises(TypeError, match="more than its arguments"):
        prepared(closed)
    with inside(aicha.account):
        with pytest.raises(TypeError, match="time of its first call"):
            _of_today(1)
        with pytest.raises(TypeError, match="as they are"):
            _beginning("No")


@prepared
def _of_today(pk):
    return Team.objects.filter(pk=pk, memberships__joined_at__gt=timezone.now())


@prepared
def _beginning(name):
    return Team.objects.filter(name__startswith=name)


def test_names_and_words_stay_with_the_function():
    assert isinstance(named, Prepared)
    assert named.__name__ == "named"
