"""Add a contact or an organisation (B2, D1, D2, E5), through any interface."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.directory.messages import Invalid
from entregent.directory.models import Party, Position
from entregent.journal.models import About, Entry


def card(**values):
    return {"last_name": "Saint-Pierre", "first_name": "Mathieu", **values}


def codes(invalid) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in invalid.value.problems}


def test_what_is_typed_is_kept_and_shown(bruno):
    party = parties.create(
        bruno,
        "p",
        card(
            email="M.StPierre@Vercors.example",
            phone="06 77 01 23 45",
            organisation_name="Coopérative du Vercors",
            function="Trésorier",
            address={"city": "Crest", "postal_code": "26400"},
            tags=["adhérent", "Élus"],
        ),
    )
    assert (party.name, party.language, party.civility) == ("Mathieu Saint-Pierre", "fr", "")
    assert (party.email, party.phone, party.city) == ("M.StPierre@Vercors.example", "06 77 01 23 45", "Crest")
    assert (party.organisation_name, party.function) == ("Coopérative du Vercors", "Trésorier")
    assert party.created_by_id == bruno.user_id
    position = Position.objects.get(contact=party)
    assert position.main
    assert position.organisation.kind == "o"


def test_it_is_told_once_field_by_field(bruno):
    party = parties.create(bruno, "p", card(email="m@vercors.example"))
    entry = Entry.objects.get()
    about = About.objects.get(party=party)
    assert (entry.deed, entry.by_id, entry.by_name, entry.door) == ("created", bruno.user_id, "Bruno Lefèvre", "page")
    assert about.changes["last_name"] == [None, "Saint-Pierre"]
    assert about.changes["emails"] == [None, ["m@vercors.example"]]
    assert about.version == party.version == 1


@pytest.mark.parametrize("missing", ["last_name", "first_name"])
def test_a_contact_needs_both_names(bruno, missing):
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(**{missing: " "}))
    assert codes(invalid) == {(missing, "required")}
    assert not Party.objects.exists()


def test_all_problems_are_told_at_once_and_nothing_is_written(bruno):
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(email="a@@b", vat_number="FR44732829321", organisation_name="Nouvelle"))
    assert codes(invalid) == {("email", "email_two_ats"), ("vat_number", "vat_check_digit")}
    assert not Party.objects.exists()
    assert not Entry.objects.exists()


def test_a_reader_adds_nothing(chloe):
    with pytest.raises(PermissionDenied):
        parties.create(chloe, "p", card())
    assert not Party.objects.exists()


def test_an_email_belongs_to_one_contact_whatever_its_case(bruno):
    first = parties.create(bruno, "p", card(email="Paul@Lac.example"))
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(email="pAUL@lac.EXAMPLE"))
    problem = invalid.value.problems[0]
    assert (problem.code, problem.params) == ("email_taken", {"name": first.name, "id": first.pk})
    assert problem.message == f"{first.name} a déjà cette adresse. Ouvrir sa fiche\u202f?"
    assert Party.objects.count() == 1


def test_an_email_in_the_bin_is_named_as_such(bruno):
    bin_actions.delete(bruno, [parties.create(bruno, "p", card(email="paul@lac.example"))])
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(email="paul@lac.example"))
    assert codes(invalid) == {("email", "email_taken_bin")}
    said = invalid.value.problems[0].message
    assert said.endswith(" a déjà cette adresse. Sa fiche est dans la corbeille\xa0: la restaurer\u202f?")


def test_the_holder_of_an_email_is_not_named_to_whom_may_not_see_them(bruno, aicha):
    parties.create(bruno, "p", card(email="paul@lac.example", visibility={"mode": "creator"}))
    with pytest.raises(Invalid) as invalid:
        parties.create(aicha, "p", card(email="paul@lac.example"))
    assert codes(invalid) == {("email", "email_taken_hidden")}
    assert not invalid.value.problems[0].params
    assert "Saint-Pierre" not in invalid.value.problems[0].message


def test_a_shared_mailbox_may_be_had_by_several(bruno):
    shared = {"emails": [{"value": "mairie@lac.example", "shared": True}]}
    parties.create(bruno, "p", card(**shared))
    parties.create(bruno, "p", card(**shared))
    assert Party.objects.filter(email="mairie@lac.example").count() == 2


def test_an_organisation_may_have_the_address_of_one_of_its_people(bruno):
    parties.create(bruno, "p", card(email="mairie@lac.example"))
    parties.create(bruno, "o", {"name": "Mairie", "email": "mairie@lac.example"})
    assert Party.objects.count() == 2


def test_an_organisation_of_another_account_is_not_there(bruno, dimitri):
    with inside(dimitri.account):
        other = parties.create(dimitri, "o", {"name": "La leur"})
    with inside(bruno.account), pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(organisation=other.pk))
    assert codes(invalid) == {("organisation", "organisation_unknown")}


def test_a_hidden_organisation_is_not_there(bruno, aicha):
    hidden = parties.create(bruno, "o", {"name": "Discrète", "visibility": {"mode": "creator"}})
    with pytest.raises(Invalid) as invalid:
        parties.create(aicha, "p", card(organisation=hidden.pk))
    assert codes(invalid) == {("organisation", "organisation_unknown")}


def test_shared_with_nobody_is_refused(bruno):
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(visibility={"mode": "shared", "teams": [], "users": []}))
    assert codes(invalid) == {("visibility", "visibility_nobody")}


def test_shared_with_a_stranger_is_refused(bruno, dimitri):
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(visibility={"mode": "shared", "users": [dimitri.user_id]}))
    assert codes(invalid) == {("visibility", "visibility_unknown")}


def test_ten_thousand_characters_are_refused_with_a_sentence(bruno):
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "p", card(last_name="a" * 10_000))
    assert codes(invalid) == {("last_name", "too_long")}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"siret": "73282932000075"}, ("siret", "siret_check_digit")),
        ({"siren": "732829321"}, ("siren", "siren_check_digit")),
        ({"neq": "1140000000"}, ("neq", "neq_check_digit")),
        ({"vat_number": "FR44732829321"}, ("vat_number", "vat_check_digit")),
    ],
)
def test_a_wrong_check_digit_is_an_error(bruno, values, code):
    with pytest.raises(Invalid) as invalid:
        parties.create(bruno, "o", {"name": "Lac", **values})
    assert codes(invalid) == {code}
