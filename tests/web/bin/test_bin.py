"""«Corbeille»: both kinds, who and until when, back or gone for good."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.queries import assert_flat

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.shell.dates import written


@pytest.fixture
def binned(aicha: Actor) -> list[Party]:
    both = [
        parties.create(aicha, "p", {"first_name": "Marie", "last_name": "Delorme"}),
        parties.create(aicha, "o", {"name": "Mairie"}),
    ]
    bin_actions.delete(aicha, both)
    return both


def test_it_says_who_and_how_long(aicha, binned, browse):
    html = browse(aicha).get("/lac/corbeille/").content.decode()
    for said in ("Marie Delorme", "Mairie", "Aïcha Benali", "30 jours", "Supprimer définitivement"):
        assert said in html


@pytest.mark.parametrize(
    ("spared", "days"),
    [
        pytest.param(timedelta(days=1), 1, id="spared until tomorrow"),
        pytest.param(-timedelta(days=1), 0, id="no more"),
    ],
)
def test_the_bin_and_the_record_name_the_same_day_when_few_days_spare_it(aicha, binned, browse, spared, days):
    Party.objects.filter(pk=binned[0].pk).update(binned_at=timezone.now() - timedelta(days=10))
    Account.objects.filter(pk=aicha.account.pk).update(bin_days=1, bin_spared_until=timezone.now() + spared)
    client = browse(aicha)
    rows = {row["party"].pk: row["days"] for row in client.get("/lac/corbeille/").context["rows"]}
    assert rows[binned[0].pk] == days
    day = written(timezone.localdate() + timedelta(days=days))
    assert f"jusqu’au {day}" in client.get(f"/lac/contacts/{binned[0].pk}/").text


def test_it_restores(aicha, binned, browse):
    client = browse(aicha)
    url = re.search(r'action="(/lac/actions/restore/[^"]*)"', client.get("/lac/corbeille/").text)[1]
    html = client.post(url, follow=True, headers={"referer": "http://testserver/lac/corbeille/"}).text
    assert "Fiche restaurée" in html
    assert Party.objects.filter(binned_at=None).count() == 1


def test_a_collaborator_restores_but_does_not_delete_for_good(bruno, binned, browse):
    html = browse(bruno).get("/lac/corbeille/").content.decode()
    assert "Restaurer" in html
    assert "Supprimer définitivement" not in html


def test_a_reader_has_none(chloe, binned, browse):
    client = browse(chloe)
    assert client.get("/lac/corbeille/").status_code == 403
    assert "Corbeille" not in client.get("/lac/").text


def test_what_one_could_not_see_is_not_there(aicha, bruno, browse):
    hidden = parties.create(aicha, "p", {"first_name": "Caché", "last_name": "D", "visibility": {"mode": "creator"}})
    bin_actions.delete(aicha, [hidden])
    assert "Caché" in browse(aicha).get("/lac/corbeille/").text
    html = browse(bruno).get("/lac/corbeille/").text
    assert "Caché" not in html
    assert "La corbeille est vide" in html


def test_its_queries_do_not_grow(aicha, binned, browse):
    client = browse(aicha)

    def grow() -> None:
        with inside(aicha.account):
            cards = [{"first_name": "P", "last_name": f"N{index}"} for index in range(30)]
            bin_actions.delete(aicha, [parties.create(aicha, "p", card) for card in cards])

    assert_flat(lambda: client.get("/lac/corbeille/"), grow)


@pytest.mark.parametrize("path", ["", "modifier/", "historique/"])
def test_a_record_in_the_bin_says_so_at_each_of_its_addresses_and_is_restored_there(aicha, binned, browse, path):
    client, url = browse(aicha), f"/lac/contacts/{binned[0].pk}/"
    answer = client.get(url + path)
    assert answer.status_code == 404
    assert "Cette fiche est à la corbeille\u00a0: supprimée par Aïcha Benali" in answer.text
    restore = re.search(r'action="(/lac/actions/restore/[^"]*)"', answer.text)[1]
    assert client.post(restore, headers={"referer": f"http://testserver{url}"})["Location"] == url
    assert client.get(url).status_code == 200


def test_a_reader_is_told_but_restores_nothing(chloe, binned, browse):
    html = browse(chloe).get(f"/lac/organismes/{binned[1].pk}/").text
    assert "à la corbeille" in html
    assert "/actions/restore/" not in html


def test_a_hidden_record_in_the_bin_is_not_there(aicha, bruno, browse):
    hidden = parties.create(aicha, "p", {"first_name": "Caché", "last_name": "D", "visibility": {"mode": "creator"}})
    bin_actions.delete(aicha, [hidden])
    answer = browse(bruno).get(f"/lac/contacts/{hidden.pk}/")
    assert answer.status_code == 404
    assert "corbeille" not in answer.text.partition("<main")[2]


@pytest.mark.parametrize("tool", ["delete", "tag", "deactivate"])
def test_no_dialog_offers_to_do_with_it_what_makes_no_sense(aicha, binned, browse, tool):
    html = browse(aicha).get(f"/lac/actions/{tool}/?ids={binned[0].pk}").text
    assert "Cette fiche est à la corbeille" in html
    assert f'action="/lac/actions/{tool}/' not in html
