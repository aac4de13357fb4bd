"""Saved views: named searches as tabs, private, for a team or for all (X2)."""

import pytest

from entregent.accounts.actor import actor_in
from entregent.accounts.models import Membership, Team
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.directory.lists.reach import seen_views
from entregent.directory.messages import Invalid
from entregent.directory.models import SavedView


@pytest.fixture
def presse(aicha) -> SavedView:
    """A view for the whole account."""
    parties.create(aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "tags": ["presse"]})
    parties.create(aicha, "p", {"last_name": "Martin", "first_name": "Paul"})
    return views.save(aicha, "p", "La presse", {"f": "and(tag:presse,not(active:non))", "sort": "-name"}, "all")


def test_it_is_a_tab_that_shows_what_it_keeps(presse, bruno, browse):
    client = browse(bruno)
    page = client.get("/lac/contacts/").content.decode()
    assert "La presse" in page
    url = f"/lac/contacts/?f=and%28tag%3Apresse%2Cnot%28active%3Anon%29%29&sort=-name&vue={presse.pk}"
    shown = client.get(url).content.decode()
    assert "Marie Dupont" in shown
    assert "Paul Martin" not in shown
    assert "Enregistrer les changements" not in shown
    assert "Balise est" in shown


def test_a_search_is_kept_from_its_page(aicha, browse):
    client = browse(aicha)
    done = client.post("/lac/vues/contacts/ajouter/?q=dupont&city=Lyon", {"name": "Lyonnais", "reach": "me"})
    view = SavedView.objects.get()
    assert (view.search, view.reach) == ({"q": "dupont", "city": "Lyon"}, "me")
    assert done.url == f"/lac/contacts/?q=dupont&city=Lyon&vue={view.pk}"
    again = client.post("/lac/vues/contacts/ajouter/?q=x", {"name": "lyonnais", "reach": "me"})
    assert again.status_code == 422
    assert "Vous avez déjà une vue de ce nom." in again.content.decode()


def test_what_was_changed_is_kept_when_asked(presse, aicha, browse):
    client = browse(aicha)
    page = client.get(f"/lac/contacts/?tag=presse&vue={presse.pk}").content.decode()
    assert "Enregistrer les changements" in page
    client.post(f"/lac/vues/{presse.pk}/mettre-a-jour/?tag=presse")
    assert SavedView.objects.get().search == {"tag": "presse"}


def test_who_has_which(presse, aicha, bruno, chloe):
    team = Team.objects.create(account=aicha.account, name="Presse")
    Membership.objects.get(pk=chloe.membership_id).teams.add(team)
    views.save(aicha, "p", "Équipe", {"city": "a"}, "teams", team.pk)
    views.save(bruno, "p", "À moi", {"city": "b"})
    chloe = actor_in("lac", chloe.user_id)
    names = {by.name.split()[0]: [view.name for view in seen_views(by, "p")] for by in (aicha, bruno, chloe)}
    assert names == {
        "Aïcha": ["La presse", "Équipe"],
        "Bruno": ["La presse", "À moi"],
        "Chloé": ["La presse", "Équipe"],
    }


def test_a_reader_keeps_views_for_themselves_alone(presse, chloe, browse):
    client = browse(chloe)
    assert client.post("/lac/vues/contacts/ajouter/?q=x", {"name": "Moi", "reach": "me"}).status_code == 302
    assert client.post("/lac/vues/contacts/ajouter/?q=x", {"name": "Tous", "reach": "all"}).status_code == 422
    assert client.post(f"/lac/vues/{presse.pk}/supprimer/").status_code == 403
    assert SavedView.objects.count() == 2


def test_a_private_view_does_not_show_by_its_name(presse, aicha, bruno):
    views.save(aicha, "p", "Secrète", {"q": "x"})
    named = views.rename(bruno, presse, "Secrète", "all")
    assert (named.name, named.created_by_id) == ("Secrète", bruno.user_id)
    assert [view.name for view in seen_views(aicha, "p")] == ["Secrète", "Secrète"]
    with pytest.raises(Invalid):  # one's own views are told apart
        views.rename(bruno, views.save(bruno, "p", "Autre", {}), "secrete", "me")


def test_another_account_and_what_cannot_be_read(presse, aicha, dimitri, browse):
    assert browse(dimitri).post(f"/voisin/vues/{presse.pk}/supprimer/").status_code == 404
    with pytest.raises(Invalid):
        views.save(aicha, "p", "Faux", {"f": "and(tag:a"})
    views.delete(aicha, presse)
    assert not SavedView.objects.exists()
