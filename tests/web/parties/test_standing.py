"""Status, skills, family, refusal of mailings and assignment on the forms and pages of records (A3, E10, E12)."""

import pytest

from entregent.actions.parties import parties
from entregent.actions.standing import relations
from entregent.directory.models import ContactStatus, OrganisationFamily, Party, Skill
from entregent.directory.parties.reading import record


@pytest.fixture(autouse=True)
def lists(lac) -> None:
    rows = [("Prospect", "grey", True), ("Membre", "green", False)]
    for rank, (name, colour, default) in enumerate(rows):
        ContactStatus.objects.create(
            account=lac, name=name, key=name.lower(), rank=rank, colour=colour, is_default=default
        )
    OrganisationFamily.objects.create(account=lac, name="Commune", key="commune")
    Skill.objects.create(account=lac, name="Droit", key="droit")


TYPED = {"last_name": "Delorme", "first_name": "Marie", "language": "fr", "visibility": "everyone", "country": "FR"}
SETS = {
    f"{name}-{part}": "0"
    for name in ("emails", "phones", "websites", "addresses")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def test_the_default_status_is_chosen_already(aicha, browse):
    html = browse(aicha).get("/lac/contacts/ajouter/").content.decode()
    assert '<option value="Prospect" selected>Prospect</option>' in html
    assert "Refus de mail" in html


def test_it_is_kept_shown_and_told(aicha, bruno, browse):
    client = browse(aicha)
    sent = {"status": "Membre", "skills": ["Droit", "Médiation"], "mail_refused": "on", "assigned_to": bruno.user_id}
    answer = client.post("/lac/contacts/ajouter/", TYPED | SETS | sent, follow=True)
    marie = Party.objects.get(last_name="Delorme")
    card = record(marie).card
    assert (card["status"], sorted(card["skills"]), card["mail_refused"], card["assigned_to"]) == (
        "Membre", ["Droit", "Médiation"], True, bruno.user_id
    )  # fmt: skip
    html = answer.content.decode()
    assert '<span class="badge on">Membre</span>' in html
    assert "Bruno Lefèvre" in html
    assert "Droit, Médiation" in html
    history = client.get(f"/lac/contacts/{marie.pk}/historique/").content.decode()
    assert "Bruno Lefèvre" in history
    assert "user:" not in history


def test_nothing_touched_changes_nothing(aicha, browse):
    marie = parties.create(aicha, "p", {"last_name": "Delorme", "first_name": "Marie", "status": "Membre"})
    browse(aicha).post(
        f"/lac/contacts/{marie.pk}/modifier/", TYPED | SETS | {"status": "Membre", "version": marie.version}
    )
    assert Party.objects.get(pk=marie.pk).version == 1


def test_a_status_that_is_no_more_is_said_beside_it(aicha, browse):
    answer = browse(aicha).post("/lac/contacts/ajouter/", TYPED | SETS | {"status": "Inconnu"})
    assert answer.status_code == 422


def test_an_organisation_has_a_family(aicha, browse):
    sent = {"name": "Mairie", "visibility": "everyone", "country": "FR", "family": "Commune"}
    browse(aicha).post("/lac/organismes/ajouter/", SETS | sent)
    mairie = Party.objects.get(name="Mairie")
    assert record(mairie).card["family"] == "Commune"
    html = browse(aicha).get(f"/lac/organismes/{mairie.pk}/").content.decode()
    assert "Commune" in html


def test_the_list_shows_sorts_and_filters(aicha, browse):
    client = browse(aicha)
    marie = parties.create(aicha, "p", {"last_name": "Delorme", "first_name": "Marie"})
    paul = parties.create(aicha, "p", {"last_name": "Abel", "first_name": "Paul", "skills": ["Droit"]})
    relations.give_status(aicha, [paul], "Membre")
    relations.assign(aicha, [marie], aicha.user_id)
    relations.refuse_mail(aicha, [marie])
    html = client.get("/lac/contacts/?sort=status").content.decode()
    assert '<span class="badge tone-5">Prospect</span>' in html
    assert html.index("Marie Delorme") < html.index("Paul Abel")
    for asked, named, sentence in (
        ("status=membre", "Paul Abel", "Statut est «"),
        ("skill=DROIT", "Paul Abel", "compétence"),
        ("assigned_to=moi", "Marie Delorme", "Attribué"),
        ("mail_refused=oui", "Marie Delorme", "Refuse"),
        ("status=-", "", "Sans statut"),
    ):
        html = client.get(f"/lac/contacts/?{asked}").content.decode()
        found = [name for name in ("Marie Delorme", "Paul Abel") if f">{name}</a>" in html]
        assert found == ([named] if named else []), asked
        assert sentence in html, asked


def test_the_panel_offers_what_the_account_has(aicha, browse):
    html = browse(aicha).get("/lac/contacts/?filtrer=1").content.decode()
    assert '<option value="Membre">Membre</option>' in html
    assert "Aïcha Benali" not in html.partition('name="assigned_to"')[2].partition("</select>")[0]


def test_the_toolbox_asks_and_does(aicha, browse):
    client = browse(aicha)
    marie = parties.create(aicha, "p", {"last_name": "Delorme", "first_name": "Marie"})
    html = client.get(f"/lac/actions/status/?ids={marie.pk}").content.decode()
    assert '<option value="Membre">Membre</option>' in html
    sent = {"asked": "1", "ids": str(marie.pk), "status": "Membre", "note": "Elle a payé"}
    html = client.post("/lac/actions/status/", sent, follow=True).content.decode()
    assert "Annuler" in html
    assert Party.objects.get(pk=marie.pk).status.name == "Membre"
    sent = {"asked": "1", "ids": str(marie.pk), "assigned_to": "-", "note": ""}
    assert client.post("/lac/actions/assign/", sent).status_code == 302
    assert client.post("/lac/actions/status/", sent).status_code == 200
