"""Roles, teams, tokens and the account's settings."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts.actor import Actor, actor_by_token, actor_in
from entregent.accounts.models import Account, Membership, Role, Team, Token
from entregent.accounts.permissions import OF_THE_SERVICE, Can
from entregent.actions.lists import lists
from entregent.actions.members import members, roles, teams, tokens
from entregent.actions.members.settings import change_account
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.journal.models import Entry


def refused(deed) -> str:
    with pytest.raises(Invalid) as error:
        deed()
    return error.value.problems[0].code


def test_a_made_role_grants_what_it_says(aicha: Actor, chloe: Actor):
    made = roles.create_role(aicha, "  Saisie  ", [Can.READ_CONTACTS, Can.WRITE_CONTACTS])
    assert made.name == "Saisie"
    members.change_member(aicha, Membership.objects.get(pk=chloe.membership_id), made, [])
    assert actor_in("lac", chloe.user_id).permissions == {Can.READ_CONTACTS, Can.WRITE_CONTACTS}
    roles.change_role(aicha, made, "Saisie", [Can.READ_CONTACTS])
    assert actor_in("lac", chloe.user_id).permissions == {Can.READ_CONTACTS}


def test_a_role_in_use_names_who_has_it(aicha: Actor, chloe: Actor):
    made = roles.create_role(aicha, "Saisie", [Can.READ_CONTACTS])
    members.change_member(aicha, Membership.objects.get(pk=chloe.membership_id), made, [])
    members.invite(aicha, "eve@lac.example", made)
    with pytest.raises(Invalid) as error:
        roles.delete_role(aicha, made)
    assert "Chloé Tremblay, eve@lac.example" in error.value.problems[0].message
    members.change_member(aicha, Membership.objects.get(pk=chloe.membership_id), Role.objects.get(code="reader"), [])
    members.withdraw(aicha, members.Invitation.objects.get())
    roles.delete_role(aicha, made)
    assert not Role.objects.filter(pk=made.pk).exists()


def test_the_three_roles_stay(aicha: Actor):
    reader = Role.objects.get(code="reader")
    assert refused(lambda: roles.delete_role(aicha, reader)) == "role_fixed"
    assert refused(lambda: roles.change_role(aicha, reader, "X", [])) == "role_fixed"


def test_roles_take_known_words_and_free_names_only(aicha: Actor):
    roles.create_role(aicha, "Saisie", [])
    assert refused(lambda: roles.create_role(aicha, "saisie", [])) == "name_taken"
    assert refused(lambda: roles.create_role(aicha, " ", [])) == "required"
    assert refused(lambda: roles.create_role(aicha, "x" * 81, [])) == "too_long"
    assert refused(lambda: roles.create_role(aicha, "Autre", ["contact.read", "superuser"])) == "permission_unknown"


def test_nobody_makes_a_role_that_may_more_than_they(aicha: Actor, chloe: Actor):
    helper = roles.create_role(aicha, "Rôles", [Can.MANAGE_ROLES])
    members.change_member(aicha, Membership.objects.get(pk=chloe.membership_id), helper, [])
    by = actor_in("lac", chloe.user_id)
    assert refused(lambda: roles.create_role(by, "Tout", list(frozenset(Can) - OF_THE_SERVICE))) == "beyond"
    with pytest.raises(PermissionDenied):
        roles.create_role(chloe, "X", [])  # the reader that she was


def test_a_team_that_sees_records_stays(aicha: Actor, bruno: Actor):
    team = teams.create_team(aicha, "Bureau", [Membership.objects.get(pk=bruno.membership_id)])
    assert actor_in("lac", bruno.user_id).team_ids == (team.pk,)
    person = parties.create(
        aicha,
        "p",
        {"last_name": "Roy", "first_name": "Marie", "visibility": {"mode": "shared", "teams": [team.pk]}},
    )
    assert refused(lambda: teams.delete_team(aicha, team)) == "team_shown"
    parties.update(aicha, Party.objects.get(pk=person.pk), {"visibility": {"mode": "everyone"}})
    found = lists.create(aicha, {"name": "Presse", "category": "C", "reach": "teams", "teams": [team.pk]})
    assert refused(lambda: teams.delete_team(aicha, team)) == "team_shown"
    lists.change(aicha, found, {"reach": "all"})
    view = views.save(aicha, "p", "Élus", {"city": "Crest"}, reach="teams", team=team.pk)
    assert refused(lambda: teams.delete_team(aicha, team)) == "team_shown"
    views.delete(aicha, view)
    teams.delete_team(aicha, team)
    assert not Team.objects.exists()


def test_a_team_is_renamed_and_keeps_who_left(aicha: Actor, bruno: Actor, chloe: Actor):
    places = [Membership.objects.get(pk=actor.membership_id) for actor in (bruno, chloe)]
    team = teams.create_team(aicha, "Bureau", places)
    members.end_membership(aicha, places[1])
    teams.change_team(aicha, team, "Direction", [])
    assert Team.objects.get().name == "Direction"
    assert list(team.memberships.all()) == [places[1]]


def test_a_token_speaks_for_its_owner_until_revoked(aicha: Actor, bruno: Actor, chloe: Actor):
    token, secret = tokens.create_token(bruno, "Site")
    assert actor_by_token(secret)[0].user_id == bruno.user_id
    assert secret not in str(vars(Token.objects.get()))
    assert secret.startswith(token.hint)
    with pytest.raises(PermissionDenied):
        tokens.create_token(chloe, "Site")
    with pytest.raises(PermissionDenied):
        tokens.revoke_token(chloe, token)
    tokens.revoke_token(aicha, token)
    assert actor_by_token(secret) is None


def test_settings_are_checked_and_told(aicha: Actor, bruno: Actor):
    change_account(aicha, {"name": " Lac  ", "country": "CA", "bin_days": 0, "timezone": "America/Toronto"})
    account = Account.objects.get(slug="lac")
    assert (account.name, account.country, account.bin_days) == ("Lac", "CA", 0)
    assert Entry.objects.get().data["changes"]["country"] == ["FR", "CA"]
    for bad in ({"country": "ZZ"}, {"bin_days": 366}, {"timezone": "Mars/Base"}, {"organisation_word": "x"}):
        assert refused(lambda bad=bad: change_account(aicha, bad)) in bad
    assert refused(lambda: change_account(aicha, {"name": " "})) == "required"
    with pytest.raises(PermissionDenied):
        change_account(bruno, {"name": "X"})


def test_nothing_changed_is_not_told(aicha: Actor):
    change_account(aicha, {"name": "Les Amis du lac", "slug": "voleur"})
    assert not Entry.objects.exists()
    assert Account.objects.get().slug == "lac"
