"""Change who may see records, and the default for new ones (B3)."""

import pytest

from entregent.accounts.actor import actor_in
from entregent.accounts.models import Membership, Team
from entregent.accounts.scope import inside
from entregent.actions.members import members, teams
from entregent.actions.parties import parties
from entregent.actions.toolbox import toolbox
from entregent.actions.visibility.visibility import prefer, show_to
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.journal.models import About


def added(by, name: str = "Dupont", **card) -> Party:
    return parties.create(by, "p", {"last_name": name, "first_name": "x", **card})


def sees(by, party: Party) -> bool:
    return Party.readable.visible_to(by).filter(pk=party.pk).exists()


def test_several_are_shown_to_some(aicha, bruno, chloe):
    some = [added(aicha, f"N{n}") for n in range(3)]
    outcome = toolbox.run(aicha, "visibility", some, {"mode": "shared", "teams": [], "users": [bruno.user_id]})
    assert len(outcome.done) == 3
    assert [sees(by, some[0]) for by in (aicha, bruno, chloe)] == [True, True, False]
    assert set(About.objects.filter(entry__deed="visibility_changed").values_list("deed", flat=True)) == {
        "visibility_changed"
    }


def test_one_does_not_lock_oneself_out_unawares(aicha, bruno):
    theirs, own = added(bruno, "Lune"), added(aicha, "Sol")
    outcome = show_to(aicha, [theirs, own], {"mode": "creator", "teams": [], "users": []})
    assert [party.pk for party, _why in outcome.refused] == [theirs.pk]
    assert sees(aicha, theirs)
    show_to(aicha, [Party.objects.get(pk=theirs.pk)], {"mode": "creator", "teams": [], "users": []}, sure=True)
    assert not sees(aicha, theirs)


def test_a_team_of_another_account_is_refused(aicha, dimitri):
    party = added(aicha)
    with inside(dimitri.account):
        strange = Team.objects.create(account=dimitri.account, name="Autre")
    with pytest.raises(Invalid):
        show_to(aicha, [party], {"mode": "shared", "teams": [strange.pk], "users": []})
    assert sees(aicha, party)


def test_what_one_adds_is_seen_by_whom_one_prefers(aicha, bruno):
    prefer(bruno, {"mode": "creator", "teams": [], "users": []})
    bruno = actor_in("lac", bruno.user_id)
    assert not sees(aicha, added(bruno))
    assert sees(aicha, added(bruno, "Martin", visibility={"mode": "everyone"}))
    prefer(bruno, {"mode": "everyone", "teams": [], "users": []})
    assert Membership.objects.get(pk=bruno.membership_id).default_visibility is None


def test_whom_one_prefers_may_leave_without_stopping_one(aicha, bruno, chloe):
    team = teams.create_team(aicha, "Presse")
    prefer(bruno, {"mode": "shared", "teams": [team.pk], "users": [chloe.user_id]})
    for leave, mode in (
        (lambda: members.end_membership(aicha, Membership.objects.get(pk=chloe.membership_id)), "shared"),
        (lambda: teams.delete_team(aicha, team), "creator"),
    ):
        leave()
        now = actor_in(bruno.account.slug, bruno.user_id)
        party = parties.create(now, "p", {"last_name": "Roy", "first_name": mode})
        assert party.visibility == mode
        party.shares.all().delete()


def test_the_form_begins_with_it(aicha, browse):
    team = Team.objects.create(account=aicha.account, name="Presse")
    client = browse(aicha)
    client.post("/lac/parametres/visibilite/", {"mode": "shared", "teams": [team.pk]})
    assert Membership.objects.get(pk=aicha.membership_id).default_visibility["teams"] == [team.pk]
    page = client.get("/lac/contacts/ajouter/").content.decode()
    assert f'<option value="{team.pk}" selected' in page
