"""Status, skills, family, refusal of mailings and assignment of contacts."""

import pytest

from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.actions.standing import relations
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactStatus, OrganisationFamily, Party, PartySkill, Skill
from entregent.directory.parties.reading import record
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About

MARIE = {"first_name": "Marie", "last_name": "Delorme"}


@pytest.fixture
def statuses(lac) -> dict[str, ContactStatus]:
    rows = [("Prospect", "grey", True), ("Membre", "green", False), ("Élu", "blue", False)]
    return {
        name: ContactStatus.objects.create(
            account=lac, name=name, key=name.lower().replace("é", "e"), rank=rank, colour=colour, is_default=default
        )
        for rank, (name, colour, default) in enumerate(rows)
    }


def codes(caught: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_new_person_gets_the_default_status(aicha, statuses):
    marie = parties.create(aicha, "p", MARIE)
    assert (marie.status, marie.status_rank) == (statuses["Prospect"], 1)
    assert record(marie).card["status"] == "Prospect"


def test_none_chosen_is_a_choice(aicha, statuses):
    assert parties.create(aicha, "p", MARIE | {"status": ""}).status is None
    assert parties.create(aicha, "o", {"name": "Mairie"}).status is None


def test_names_are_known_whatever_their_case_and_accents(aicha, statuses):
    marie = parties.create(aicha, "p", MARIE | {"status": "ELU"})
    assert (marie.status, marie.status_rank) == (statuses["Élu"], 3)
    told = About.objects.get(party=marie).changes
    assert told["status"] == [None, "Élu"]
    before = About.objects.count()
    parties.update(aicha, marie, {"status": "élu"})
    assert About.objects.count() == before


def test_a_change_is_told_old_and_new(aicha, bruno, statuses):
    marie = parties.create(aicha, "p", MARIE)
    parties.update(aicha, marie, {"status": "Membre", "mail_refused": True, "assigned_to": bruno.user_id})
    marie.refresh_from_db()
    assert (marie.status_rank, marie.assigned_to_id) == (2, bruno.user_id)
    since = marie.mail_refused_at
    assert since is not None
    assert About.objects.filter(party=marie).latest("id").changes == {
        "status": ["Prospect", "Membre"],
        "mail_refused": [False, True],
        "assigned_to": [None, f"user:{bruno.user_id}"],
    }
    marie = parties.update(aicha, marie, {"notes": "Rappeler"})
    assert Party.objects.get(pk=marie.pk).mail_refused_at == since
    parties.update(aicha, marie, {"mail_refused": False})
    assert Party.objects.get(pk=marie.pk).mail_refused_at is None


def test_what_does_not_exist_is_refused(aicha, dimitri, statuses):
    with pytest.raises(Invalid) as caught:
        parties.create(aicha, "p", MARIE | {"status": "Inconnu", "assigned_to": dimitri.user_id})
    assert codes(caught) == ["status_unknown", "user_unknown"]
    with pytest.raises(Invalid) as caught:
        parties.create(aicha, "o", {"name": "Mairie", "family": "Commune"})
    assert codes(caught) == ["family_unknown"]


def test_skills_are_made_by_those_who_may(aicha, bruno):
    marie = parties.create(aicha, "p", MARIE | {"skills": ["Médiation", "MEDIATION", "Droit"]})
    assert sorted(record(marie).card["skills"]) == ["Droit", "Médiation"]
    assert Skill.objects.count() == 2
    assert Selection("p", "mediation").parties(aicha).get() == marie
    parties.update(aicha, marie, {"skills": ["droit"]})
    assert PartySkill.objects.filter(party=marie).count() == 1
    assert not Selection("p", "mediation").parties(aicha).exists()
    if not bruno.may("item.write"):
        with pytest.raises(Invalid) as caught:
            parties.update(bruno, marie, {"skills": ["Droit", "Chant"]})
        assert codes(caught) == ["skill_unknown"]
        parties.update(bruno, marie, {"skills": ["médiation", "droit"]})
        assert PartySkill.objects.filter(party=marie).count() == 2


def test_an_organisation_has_a_family(aicha, lac):
    family = OrganisationFamily.objects.create(account=lac, name="Commune", key="commune")
    mairie = parties.create(aicha, "o", {"name": "Mairie", "family": "COMMUNE"})
    assert mairie.family == family
    assert Selection("o", "commune").parties(aicha).exists()
    parties.update(aicha, mairie, {"family": ""})
    assert Party.objects.get(pk=mairie.pk).family is None


@pytest.fixture
def maire(sonia) -> Party:
    """A record of the shared directory, to which the operator gave a status, a skill and someone in charge."""
    with inside(sonia.account):
        ContactStatus.objects.create(account=sonia.account, name="À vérifier", key="a verifier", rank=4)
        card = {"last_name": "Rivière", "first_name": "Odile", "status": "À vérifier", "skills": ["Droit"]}
        return parties.create(sonia, "p", card | {"assigned_to": sonia.user_id, "mail_refused": True})


def names(by, **params) -> list[str]:
    with inside(by.account):
        return list(Selection.read("p", params).parties(by).values_list("name", flat=True))


def test_where_the_operator_stands_is_the_operator_s_alone(maire, aicha, sonia):
    card = record(Party.readable.get(pk=maire.pk)).card
    assert (card["status"], card["mail_refused"], card["assigned_to"]) == ("", False, None)
    assert card["skills"] == ["Droit"]
    for asked in ({"status": "À vérifier"}, {"mail_refused": "oui"}, {"assigned_to": str(sonia.user_id)}):
        assert names(aicha, **asked) == [], asked
    for asked in ({"status": "-"}, {"mail_refused": "non"}, {"assigned_to": "-"}, {"skill": "droit"}):
        assert names(aicha, **asked) == ["Odile Rivière"], asked


def test_an_account_s_own_standing_lies_over_the_shared_record(maire, aicha, dimitri, statuses):
    relations.give_status(aicha, [Party.readable.get(pk=maire.pk)], "Membre")
    layer = Party.objects.get(base=maire.pk)
    parties.update(aicha, layer, {"skills": ["Droit", "Chant"], "assigned_to": aicha.user_id})
    card = record(Party.objects.get(pk=layer.pk)).card
    assert (card["status"], sorted(card["skills"]), card["assigned_to"]) == (
        "Membre",
        ["Chant", "Droit"],
        aicha.user_id,
    )
    assert PartySkill.objects.filter(party=layer, from_service=True).count() == 1
    assert names(aicha, status="membre", assigned_to="moi", skill="chant") == ["Odile Rivière"]
    assert names(dimitri, status="membre") == names(dimitri, skill="chant") == []
    parties.update(aicha, Party.objects.get(pk=layer.pk), {"skills": []})
    assert record(Party.objects.get(pk=layer.pk)).card["skills"] == ["Droit"]
