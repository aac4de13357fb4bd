"""Every record, list and view is seen by someone: what is not is counted in «Paramètres» and handed over (B1, B3)."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Membership, Role, Team, User
from entregent.actions.bin import bin as bin_actions
from entregent.actions.lists import lists
from entregent.actions.members import handing, members, teams
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.cli.main import main
from entregent.directory.lists.reach import seen_lists, seen_views
from entregent.directory.models import ContactList, Party, SavedView
from entregent.directory.visibility.unseen import unseen_lists, unseen_parties, unseen_views

LEAVING: dict[str, Callable[[Actor, Actor], Any]] = {}
"""How somebody stops seeing what they saw: who decides, and about whom."""


def leaving(function: Callable[[Actor, Actor], Any]) -> Callable[[Actor, Actor], Any]:
    LEAVING[function.__name__] = function
    return function


def place_of(by: Actor) -> Membership:
    return Membership.objects.select_related("user", "role").get(pk=by.membership_id)


@leaving
def removed(aicha: Actor, bruno: Actor) -> None:
    members.end_membership(aicha, place_of(bruno))


@leaving
def disabled_by_the_command_line(aicha: Actor, bruno: Actor) -> None:
    done = CliRunner().invoke(main, ["user", "disable", "bruno@lac.example"], env={"LANG": "fr_FR.UTF-8"})
    assert done.exit_code == 0, done.output
    assert "lac\u00a0: un administrateur peut transmettre ce qui reste (11)" in done.output


@leaving
def out_of_the_team_then_removed(aicha: Actor, bruno: Actor) -> None:
    teams.change_team(aicha, Team.objects.get(), "Bureau", [])
    members.end_membership(aicha, place_of(bruno))


@leaving
def the_account_was_deleted(aicha: Actor, bruno: Actor) -> None:
    User.objects.filter(pk=bruno.user_id).delete()


@pytest.fixture
def all_sorts(aicha: Actor, bruno: Actor, chloe: Actor) -> Actor:
    """Bruno, alone in a team, with records, lists and views of every reach; and what others made for him alone."""
    team = teams.create_team(aicha, "Bureau", [place_of(bruno)])
    bruno = actor_in("lac", bruno.user_id)
    shared = {"mode": "shared", "teams": [], "users": []}
    reach = [{"teams": [team.pk]}, {"users": [bruno.user_id]}, {"users": [aicha.user_id]}]
    seen = [{"mode": "everyone"}, {"mode": "creator"}, *({**shared, **one} for one in reach)]
    for number, visibility in enumerate(seen):
        for kind in "po":
            named = {"last_name": f"Fiche{number}", "first_name": "x"} if kind == "p" else {"name": f"O{number}"}
            parties.create(bruno, kind, {**named, "visibility": visibility})
    parties.create(aicha, "p", {"last_name": "A", "first_name": "x", "visibility": seen[3]})
    leaver = parties.create(chloe_writing(chloe), "p", {"last_name": "C", "first_name": "x", "visibility": seen[2]})
    members.end_membership(aicha, place_of(chloe))
    assert Party.objects.get(pk=leaver.pk).created_by_id == chloe.user_id
    bin_actions.delete(bruno, [Party.objects.get(last_name="Fiche1")])
    for reach in ("me", "teams", "all"):
        lists.create(bruno, {"name": reach, "category": "C", "reach": reach, "teams": [team.pk]})
        views.save(bruno, "p", reach, {"city": "Crest"}, reach=reach, team=team.pk if reach == "teams" else None)
    return bruno


def chloe_writing(chloe: Actor) -> Actor:
    Membership.objects.filter(pk=chloe.membership_id).update(role=Role.objects.get(code="collaborator"))
    return actor_in("lac", chloe.user_id)


def active() -> list[Actor]:
    found = [actor_in("lac", member.user_id) for member in Membership.objects.select_related("user")]
    return [one for one in found if one is not None]


def not_seen() -> tuple[set[int], set[int], set[int]]:
    """What no active user sees, asked of each of them by the conditions that filter every page."""
    parties_left = set(Party.objects.values_list("pk", flat=True))
    lists_left = set(ContactList.objects.values_list("pk", flat=True))
    views_left = set(SavedView.objects.values_list("pk", flat=True))
    for one in active():
        parties_left -= set(Party.objects.seen_by(one).values_list("pk", flat=True))
        lists_left -= set(seen_lists(one).values_list("pk", flat=True))
        views_left -= set(seen_views(one, "p").values_list("pk", flat=True))
    return parties_left, lists_left, views_left


def counted() -> tuple[set[int], set[int], set[int]]:
    found = (unseen_parties(), unseen_lists(), unseen_views())
    return tuple(set(rows.values_list("pk", flat=True)) for rows in found)


def test_as_long_as_all_are_there_each_is_seen(aicha: Actor, all_sorts: Actor, browse):
    assert not_seen() == counted() == (set(), set(), set())
    assert "que personne ne voit" not in browse(aicha).get("/lac/parametres/utilisateurs/").text


@pytest.mark.parametrize("to", ["aicha", "everyone"])
@pytest.mark.parametrize("how", list(LEAVING))
def test_what_nobody_sees_is_counted_and_handed_over(how: str, to: str, aicha: Actor, all_sorts: Actor, browse):
    LEAVING[how](aicha, all_sorts)
    expected = not_seen()
    assert counted() == expected
    assert len(expected[0]) >= 7
    client = browse(aicha)
    number = sum(map(len, expected))
    assert f"{number} fiches, listes ou vues que personne ne voit" in client.get("/lac/parametres/utilisateurs/").text
    assert "Fiche1" not in client.get("/lac/parametres/utilisateurs/fiches-non-vues/").text
    choice = aicha.membership_id if to == "aicha" else "nobody"
    client.post("/lac/parametres/utilisateurs/fiches-non-vues/", {"to": choice})
    assert not_seen() == counted() == (set(), set(), set())


@pytest.mark.parametrize("how", ["removed", "disabled_by_the_command_line"])
def test_the_leaver_has_it_all_in_their_hand_over(how: str, aicha: Actor, all_sorts: Actor, browse):
    before = handing.left_by(aicha, [all_sorts.user_id])[all_sorts.user_id]
    LEAVING[how](aicha, all_sorts)
    after = handing.left_by(aicha, [all_sorts.user_id])[all_sorts.user_id]
    assert (
        (after.alone, after.lists, after.views)
        == (before.alone, before.lists, before.views)
        == tuple(map(len, not_seen()))
    )
    client = browse(aicha)
    address = f"/lac/parametres/utilisateurs/{all_sorts.membership_id}/transmettre/"
    assert address in client.get("/lac/parametres/utilisateurs/").text
    client.post(address, {"to": aicha.membership_id})
    assert not_seen() == (set(), set(), set())


def test_who_is_disabled_is_marked_and_receives_nothing(aicha: Actor, bruno: Actor, chloe: Actor, browse):
    marie = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie", "assigned_to": bruno.user_id})
    User.objects.filter(pk=bruno.user_id).update(is_active=False)
    client = browse(aicha)
    assert "sans accès" in client.get("/lac/parametres/utilisateurs/").text
    for path in (f"/lac/contacts/{marie.pk}/", f"/lac/contacts/?assigned_to={bruno.user_id}"):
        assert "Bruno Lefèvre (sans accès)" in client.get(path).text, path
    for path in (
        f"/lac/parametres/utilisateurs/{chloe.membership_id}/transmettre/",
        "/lac/parametres/utilisateurs/fiches-non-vues/",
        "/lac/parametres/equipes/creer/",
        "/lac/contacts/ajouter/",
        f"/lac/actions/assign/?ids={marie.pk}",
        f"/lac/actions/visibility/?ids={marie.pk}",
    ):
        assert "Bruno Lefèvre" not in client.get(path).text, path
