"""Adding someone whose record is hidden: the warning says only that there is one (B3)."""

import io
import json

import pytest
from django.test import Client
from tests.cast import person

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, Membership, Token
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party
from entregent.exchange import intake
from entregent.exchange.reporting import remarks
from entregent.runs import cycle

ALONE = {"visibility": {"mode": "creator"}}
MAYOR = {"last_name": "Dupont", "first_name": "Zoé", "organisation_name": "Mairie du Lac", "function": "Maire"}


@pytest.fixture(autouse=True)
def _told(lac) -> None:
    """The account chose to be told."""
    lac.tells_resembling = True
    lac.save()


@pytest.fixture
def hidden(aicha: Actor) -> Party:
    """Zoé Dupont of the town hall, whom Aïcha keeps to herself; the town hall is everyone's."""
    return parties.create(aicha, "p", MAYOR | ALONE)


def codes(party: Party) -> list[str]:
    return [remark.code for remark in party.remarks]


@pytest.mark.parametrize(
    "card",
    [
        MAYOR,
        MAYOR | {"last_name": "DUPONT", "first_name": "zoe", "organisation_name": "mairie  du lac"},
        MAYOR | {"function": "Adjointe"},
        {"last_name": "Dupont", "first_name": "Zoé"},
    ],
)
def test_the_same_name_at_the_same_organisation_is_told(hidden, bruno, card):
    party = parties.create(bruno, "p", card)
    assert codes(party) == ["resembles_hidden"]
    assert "Dupont" not in party.remarks[0].message
    assert codes(Party.objects.get(pk=party.pk)) == []


@pytest.mark.parametrize(
    "card",
    [
        MAYOR | {"organisation_name": "Mairie de la Mer"},
        MAYOR | {"first_name": "Léa"},
        {"last_name": "Zoé", "first_name": "Dupont"},
    ],
)
def test_another_name_or_place_tells_nothing(hidden, bruno, card):
    assert codes(parties.create(bruno, "p", card)) == []


def test_two_without_an_organisation_are_told_by_their_name(aicha, bruno):
    parties.create(aicha, "p", ALONE | {"last_name": "Secret", "first_name": "Paul"})
    assert codes(parties.create(bruno, "p", {"last_name": "secret", "first_name": "PAUL"})) == ["resembles_hidden"]
    assert codes(parties.create(bruno, "p", MAYOR | {"last_name": "Secret", "first_name": "Paul"})) == [
        "resembles_hidden"
    ]


def test_who_sees_the_other_is_not_told(hidden, aicha):
    assert codes(parties.create(aicha, "p", MAYOR)) == []


def test_one_in_the_bin_is_not_told(hidden, aicha, bruno):
    bin_actions.delete(aicha, [hidden])
    assert codes(parties.create(bruno, "p", MAYOR)) == []


def test_a_hidden_organisation_is_told_by_its_name_and_town(aicha, bruno):
    town = {"addresses": [{"city": "Annecy", "country": "FR"}]}
    parties.create(aicha, "o", ALONE | town | {"name": "Cercle du lac"})
    assert codes(parties.create(bruno, "o", town | {"name": "cercle du Lac"})) == ["resembles_hidden"]
    elsewhere = {"addresses": [{"city": "Évian", "country": "FR"}]}
    assert codes(parties.create(bruno, "o", elsewhere | {"name": "Cercle du lac"})) == []


def test_one_at_a_hidden_organisation_is_told_to_who_knows_its_name(aicha, bruno):
    body = parties.create(aicha, "o", ALONE | {"name": "Mairie du Lac"})
    person = parties.create(aicha, "p", ALONE | {"last_name": "Dupont", "first_name": "Zoé"})
    positions.attach(aicha, person, {"organisation": body.pk, "function": "Maire"})
    assert codes(parties.create(bruno, "p", MAYOR)) == ["resembles_hidden"]


def test_the_form_says_so_and_keeps_what_was_typed(hidden, bruno, browse):
    body = Party.objects.get(name="Mairie du Lac")
    sent = {"last_name": "Dupont", "first_name": "Zoé", "language": "fr", "organisation": body.pk}
    rows = {f"{name}-{count}": 0 for name in ("emails", "phones", "websites", "addresses")
            for count in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    client = browse(bruno)
    answer = client.post("/lac/contacts/ajouter/", sent | rows, follow=True)
    assert "Une fiche semblable existe déjà, que vous ne pouvez pas voir." in answer.content.decode()
    assert Party.objects.filter(name_key=hidden.name_key).count() == 2
    assert "Une fiche semblable" not in client.get(answer.redirect_chain[-1][0]).content.decode()


def test_a_program_is_warned(hidden, bruno):
    membership = Membership.objects.get(pk=bruno.membership_id)
    token, secret = Token.draft(account=bruno.account, membership=membership, name="site")
    token.save()
    post = Client(headers={"Authorization": f"Bearer {secret}"}).post
    body = {"last_name": "Dupont", "first_name": "Zoé", "organisation": Party.objects.get(name="Mairie du Lac").pk}
    answer = post("/api/v1/contacts", json.dumps(body), "application/json")
    assert answer.status_code == 201
    assert [warning["code"] for warning in answer.json()["warnings"]] == ["resembles_hidden"]
    other = post("/api/v1/contacts", json.dumps(body | {"first_name": "Léa"}), "application/json")
    assert other.json()["warnings"] == []


def test_an_import_counts_them_once_they_are_in(hidden, bruno):
    rows = "Nom;Prénom;Organisme\nDupont;Zoé;Mairie du Lac\nRoy;Léa;Mairie du Lac\n".encode()
    source = intake.receive(bruno, io.BytesIO(rows), "gens.csv", "contacts")
    told = []
    for start in (cycle.start_check, cycle.start_run):
        start(bruno, source)
        jobs.run_pending()
        source.refresh_from_db()
        told.append([line for line in remarks(source) if "semblable" in line or "like one" in line])
    assert told[0] == []  # a check leaves no trace: it would be a way to ask
    assert len(told[1]) == 1
    assert "1" in told[1][0]


def test_an_account_that_did_not_choose_it_is_told_nothing(lac, aicha):
    lac.tells_resembling = False
    lac.save()
    bruno = person(lac, "Bruno", "Lefèvre", "bruno2@lac.example", "collaborator")
    parties.create(aicha, "p", {"last_name": "Secret", "first_name": "Paul", "visibility": {"mode": "creator"}})
    assert parties.create(bruno, "p", {"last_name": "Secret", "first_name": "Paul"}).remarks == ()
    assert Account._meta.get_field("tells_resembling").default is False
