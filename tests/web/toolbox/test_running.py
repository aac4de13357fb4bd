"""Run tools through their dialog: choose records, give values, see the outcome, undo; refusals."""

import re

import pytest
from django.test import Client
from tests.announced import announced

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import run_pending
from entregent.accounts.models import Account, Job
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.lists import lists
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.toolbox import toolbox
from entregent.directory.messages import SENTENCES
from entregent.directory.models import Party
from entregent.web.toolbox import views

DIALOG = {"HX-Request": "true", "HX-Target": "dialog"}


@pytest.fixture
def marie(aicha: Actor) -> Party:
    card = {"first_name": "Marie", "last_name": "Delorme", "email": "m@lac.example", "organisation_name": "Mairie"}
    return parties.create(aicha, "p", card)


@pytest.fixture
def paul(aicha: Actor) -> Party:
    return parties.create(aicha, "p", {"first_name": "Paul", "last_name": "Martin"})


def run(client: Client, code: str, **data):
    if "all" in data:
        data |= announced(client, code, data["kind"], data.get("selection", ""))
    return client.post(f"/lac/actions/{code}/", {"asked": "1", **data}, follow=True)


def now(party: Party) -> Party:
    return Party.objects.get(pk=party.pk)


def undo_of(html: str) -> str:
    return re.search(r'<form method="post" action="(/lac/actions/[^"]*)"', html)[1].replace("&amp;", "&")


def test_opened_from_a_record_it_has_it_selected(aicha, marie, browse):
    html = browse(aicha).get(f"/lac/actions/tag/?kind=p&ids={marie.pk}", headers=DIALOG).content.decode()
    assert "Pour <strong>Marie Delorme</strong>" in html
    assert f'name="ids" value="{marie.pk}.{marie.version}"' in html
    assert "<html" not in html
    assert "<html" in browse(aicha).get(f"/lac/actions/tag/?ids={marie.pk}").text


def test_opened_on_nobody_it_lets_choose(aicha, marie, browse):
    html = browse(aicha).get("/lac/actions/tag/?kind=p").content.decode()
    assert "/lac/suggestions/contacts/" in html
    answer = run(browse(aicha), "tag", kind="p", ids=f"{marie.pk}", names="presse")
    assert "Balises ajoutées à la fiche : Marie Delorme." in answer.content.decode()
    assert now(marie).tag_names == ["presse"]


def test_it_is_undone_by_one_button(aicha, marie, browse):
    client = browse(aicha)
    html = run(client, "tag", ids=marie.pk, names="presse, élus").content.decode()
    assert set(now(marie).tag_names) == {"presse", "élus"}
    client.post(undo_of(html))
    assert now(marie).tag_names == []


def test_a_shared_record_stays_open_when_its_layer_comes_and_goes(sonia, aicha, browse):
    with inside(sonia.account):
        mayor = parties.create(sonia, "p", {"first_name": "Odile", "last_name": "Rivière"})
    client, record = browse(aicha), f"/lac/contacts/{mayor.pk}/"
    answer = run(client, "tag", ids=mayor.pk, names="presse", back=f"http://testserver{record}")
    assert answer.redirect_chain == [(record, 302)]
    layer = Party.objects.get(base=mayor.pk)
    answer = client.post(
        undo_of(answer.content.decode()), headers={"Referer": f"http://testserver/lac/contacts/{layer.pk}/"}
    )
    assert answer["Location"] == record
    assert not Party.objects.filter(pk=layer.pk).exists()
    assert "Odile Rivière" in client.get(record).content.decode()


def test_many_at_once_are_counted(aicha, marie, paul, browse):
    html = run(browse(aicha), "deactivate", ids=[marie.pk, paul.pk]).content.decode()
    assert "2 fiches sont inactives." in html
    assert not now(paul).active


def test_it_forgets_nothing_that_was_typed(aicha, marie, browse):
    answer = run(
        browse(aicha), "attach", ids=marie.pk, organisation="Nouvelle", function="Maire", since="pas une date"
    )
    html = answer.content.decode()
    assert "Ce n’est pas une date" in html
    assert 'value="Nouvelle"' in html
    assert 'value="Maire"' in html
    assert not Party.objects.filter(name="Nouvelle").exists()


def test_all_that_is_selected_travels_as_the_question(aicha, marie, paul, browse):
    run(browse(aicha), "tag", kind="p", all="1", selection="q=delorme", names="presse")
    assert now(marie).tag_names == ["presse"]
    assert now(paul).tag_names == []


def test_a_selection_that_cannot_be_read_changes_nobody(aicha, marie, browse):
    run(browse(aicha), "deactivate", kind="p", all="1", selection="active=peut-etre")
    assert now(marie).active


def test_too_many_for_a_page_become_a_job(aicha, marie, paul, browse, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 1)
    client = browse(aicha)
    answer = run(client, "tag", kind="p", all="1", selection="", names="presse")
    job = Job.objects.get()
    assert answer.redirect_chain == [(f"/lac/travaux/{job.pk}/", 302)]
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    run_pending()
    with inside(aicha.account):
        assert now(paul).tag_names == ["presse"]
    html = client.get(f"/lac/travaux/{job.pk}/").content.decode()
    assert "2 sur 2" in html
    assert "every 1s" not in html
    assert "<dt>Balises</dt><dd>presse</dd>" in html


@pytest.mark.parametrize(
    ("code", "data", "said"),
    [
        ("status", {"status": "Prospect"}, "<dt>Statut</dt><dd>Prospect</dd>"),
        ("status", {"status": "-"}, "<dt>Statut</dt><dd>Aucun statut</dd>"),
        ("assign", {"assigned_to": "{bruno}", "note": "À suivre"}, "<dt>À</dt><dd>Bruno Lefèvre</dd>"),
        ("list", {"list": "Vœux"}, "<dt>Liste</dt><dd>Vœux</dd>"),
        ("list", {"list": "{list}"}, "<dt>Liste</dt><dd>Presse</dd>"),
        ("visibility", {"mode": "shared", "users": "{bruno}"}, "<dt>Individus</dt><dd>Bruno Lefèvre</dd>"),
    ],
)
def test_a_job_says_what_was_asked(aicha, bruno, marie, browse, monkeypatch, code, data, said):
    monkeypatch.setattr(views, "AT_ONCE", 0)
    known = {
        "{bruno}": str(bruno.user_id),
        "{list}": str(lists.create(aicha, {"name": "Presse", "category": "Élus"}).pk),
    }
    html = run(browse(aicha), code, kind="p", all="1", **{name: known.get(word, word) for name, word in data.items()})
    assert said in html.content.decode()


def test_the_page_of_an_old_job_never_breaks(aicha, marie, browse, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 0)
    client = browse(aicha)
    run(client, "attach", kind="p", all="1", organisation="Mairie")
    job = Job.objects.get()
    for kept, said in (({"organisation_name": "Loge", "since": "2020-01-01"}, "Loge"), ({"since": "hier"}, "")):
        Job.objects.filter(pk=job.pk).update(payload=job.payload | {"data": kept})
        answer = client.get(f"/lac/travaux/{job.pk}/")
        assert answer.status_code == 200
        assert said in answer.text


def test_a_job_is_its_users_own(aicha, bruno, dimitri, marie, browse, monkeypatch):
    """Not even an administrator's: whom it names may be hidden from them."""
    monkeypatch.setattr(views, "AT_ONCE", 0)
    run(browse(bruno), "tag", kind="p", all="1", names="presse")
    job = Job.objects.get()
    assert browse(bruno).get(f"/lac/travaux/{job.pk}/").status_code == 200
    assert browse(aicha).get(f"/lac/travaux/{job.pk}/").status_code == 404
    assert browse(dimitri).get(f"/voisin/travaux/{job.pk}/").status_code == 404


def test_deleting_counts_no_place_that_is_hidden(aicha, bruno, marie, browse):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    positions.attach(aicha, marie, {"organisation": hidden.pk})
    asked = f"/lac/actions/delete/?ids={marie.pk}"
    told = browse(bruno).get(asked, headers=DIALOG).content.decode()
    assert "1 fiche contact/organisme" in told
    assert "1 entrée de l’infobox" in told
    assert "2 fiches contact/organisme" in browse(aicha).get(asked, headers=DIALOG).content.decode()


def test_deleting_asks_and_names_what_goes_with_it(aicha, marie, browse):
    html = browse(aicha).get(f"/lac/actions/delete/?ids={marie.pk}", headers=DIALOG).content.decode()
    for said in ("Supprimer le contact", "Marie Delorme", "30 jours", "1 fiche contact/organisme", "1 e-mail"):
        assert said in html
    assert re.search(r"<a [^>]*data-close autofocus>", html)
    assert not now(marie).in_bin


def test_it_deletes_and_brings_back(aicha, marie, browse):
    client = browse(aicha)
    html = run(client, "delete", ids=marie.pk, back=f"/lac/contacts/{marie.pk}/").content.decode()
    assert "Marie Delorme est dans la corbeille." in html
    assert now(marie).in_bin
    client.post(undo_of(html))
    assert not now(marie).in_bin


def test_without_a_bin_it_says_that_it_is_for_good(aicha, marie, browse):
    Account.objects.update(bin_days=0)
    client = browse(aicha)
    assert "On ne pourra pas revenir en arrière." in client.get(f"/lac/actions/delete/?ids={marie.pk}").text
    html = run(client, "delete", ids=marie.pk).content.decode()
    assert "supprimée définitivement" in html
    assert 'action="/lac/actions/' not in html
    assert not Party.objects.filter(pk=marie.pk).exists()


def test_only_what_is_in_the_bin_is_deleted_for_good_there(aicha, marie, browse):
    run(browse(aicha), "purge", ids=marie.pk)
    assert not now(marie).in_bin
    bin_actions.delete(aicha, [marie])
    run(browse(aicha), "purge", ids=marie.pk)
    assert not Party.objects.filter(pk=marie.pk).exists()


@pytest.mark.parametrize("code", ["tag", "delete", "deactivate"])
def test_a_reader_is_refused(chloe, marie, browse, code):
    client = browse(chloe)
    assert client.get(f"/lac/actions/{code}/?ids={marie.pk}").status_code == 403
    assert client.post(f"/lac/actions/{code}/?ids={marie.pk}&names=x").status_code == 403
    assert now(marie).version == 1


def test_a_collaborator_may_not_delete_for_good(bruno, marie, browse):
    assert browse(bruno).post(f"/lac/actions/purge/?ids={marie.pk}").status_code == 403


def test_hidden_records_and_strangers_are_not_there(aicha, bruno, dimitri, browse):
    hidden = parties.create(aicha, "p", {"first_name": "C", "last_name": "D", "visibility": {"mode": "creator"}})
    assert browse(bruno).get(f"/lac/actions/tag/?ids={hidden.pk}").status_code == 404
    assert browse(bruno).post(f"/lac/actions/delete/?ids={hidden.pk}").status_code == 404
    assert browse(dimitri).post(f"/voisin/actions/delete/?ids={hidden.pk}").status_code == 404
    assert not now(hidden).in_bin


def test_what_is_no_action_is_not_there(aicha, marie, browse):
    client = browse(aicha)
    for code in ("nonsense", "edit"):
        assert client.get(f"/lac/actions/{code}/?ids={marie.pk}").status_code == 404
    mairie = Party.objects.get(kind="o")
    assert client.get(f"/lac/actions/attach/?ids={mairie.pk}").status_code == 404


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/voisin/contacts/", "/lac/nulle-part/"])
def test_it_never_leads_out_of_the_account(aicha, marie, browse, back):
    answer = run(browse(aicha), "deactivate", ids=marie.pk, back=back)
    assert answer.redirect_chain == [("/lac/contacts/", 302)]


def test_it_goes_back_to_the_page_with_its_filters(aicha, marie, browse):
    answer = run(browse(aicha), "deactivate", ids=marie.pk, back="/lac/contacts/?tag=presse&sort=-city")
    assert answer.redirect_chain == [("/lac/contacts/?tag=presse&sort=-city", 302)]


def test_all_actions_are_those_that_one_may_run(aicha, bruno, marie, browse):
    html = browse(aicha).get(f"/lac/actions/?kind=p&ids={marie.pk}").content.decode()
    assert "Supprimer le contact" in html
    assert f"/lac/contacts/{marie.pk}/modifier/" in html
    assert "Activer" not in html
    assert "Activer" in browse(aicha).get("/lac/actions/?kind=p").text


def test_shortcuts_are_moved_added_and_removed(aicha, browse):
    client = browse(aicha)
    assert "Modifier les raccourcis" in client.get("/lac/raccourcis/").text

    def do(step: str) -> list[str]:
        client.post("/lac/raccourcis/", {"do": step})
        html = client.get("/lac/raccourcis/").content.decode()
        return re.findall(r'value="remove:(\w+)"', html)

    standard = [tool.code for tool in toolbox.TOOLS.values() if tool.quick]
    assert do("down:edit") == [standard[1], "edit", *standard[2:]]
    assert do("up:edit") == standard
    assert do("remove:edit") == standard[1:]
    assert do("add:delete") == [*standard[1:], "delete"]
    assert do("nonsense") == [*standard[1:], "delete"]
    assert do("reset") == standard


def test_a_tool_without_values_says_why_it_is_refused(sonia, aicha, browse):
    with inside(sonia.account):
        mayor = parties.create(sonia, "p", {"first_name": "Odile", "last_name": "Rivière"})
    html = run(browse(aicha), "delete", ids=mayor.pk).content.decode()
    assert str(SENTENCES["service_record"]) in html
    assert not Party.readable.get(pk=mayor.pk).in_bin
