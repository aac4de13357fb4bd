"""Stored values that would be refused today don't prevent computing a row's shown columns."""

import pytest

from entregent.accounts import jobs
from entregent.accounts.scope import inside
from entregent.actions.parties import parties, refreshing
from entregent.directory.layers import layers
from entregent.directory.models import Channel, Party, Position
from entregent.directory.parties.cleaning import Cleaner
from entregent.exchange.recognising import Known

STALE = {"civility": "Mlle", "vat_number": "FR00000000000", "language": "xx"}


@pytest.fixture
def marie(aicha):
    """At «Les Amis du lac», with a civility, a number and an e-mail that no door lets in any more."""
    card = {
        "last_name": "Dupont",
        "first_name": "Marie",
        "email": "marie@lac.example",
        "organisation_name": "Les Amis",
    }
    made = parties.create(aicha, "p", card)
    Party.objects.filter(pk=made.pk).update(**STALE)
    Channel.objects.filter(party=made).update(value="marie at lac", key="marie@lac.example")
    return Party.objects.get(pk=made.pk)


@pytest.mark.parametrize("at_once", [300, 0])
def test_renaming_their_organisation_shows_on_their_row(aicha, marie, monkeypatch, at_once):
    monkeypatch.setattr(refreshing, "AT_ONCE", at_once)
    parties.update(aicha, Position.objects.get(contact=marie).organisation, {"name": "Les Amis du Léman"})
    jobs.run_pending()
    marie.refresh_from_db()
    assert marie.organisation_name == "Les Amis du Léman"
    assert marie.email == "marie at lac"
    assert "marie@lac.example" in marie.search_text


def test_a_file_recognises_them(aicha, marie):
    clean = parties.prepare(aicha, "p", {"last_name": "Dupont", "first_name": "Marie", "email": "marie@lac.example"})
    (holder,) = Known(aicha, [clean]).holders["marie@lac.example"]
    assert (holder.party, holder.name_key) == (marie.pk, "dupont marie")


def test_an_account_adds_to_a_shared_record(service, sonia, aicha):
    with inside(service):
        kept = parties.create(sonia, "p", {"last_name": "Rivière", "first_name": "Odile"})
        Party.objects.filter(pk=kept.pk).update(**STALE)
    layer = Party.readable.get(pk=kept.pk)
    layer = layers.lay(aicha.account, aicha.user_id, kept.created_at, [layer])[0]
    layers.show(layer)
    layer.refresh_from_db()
    assert layer.civility == "Mlle"
    assert "riviere" in layer.search_text


def test_one_place_and_one_visibility_are_cleaned_alone(aicha):
    cleaner = Cleaner(aicha.account)
    assert cleaner.place({"organisation_name": "  "}) is None
    assert cleaner.place({"organisation_name": "Les  Amis", "function": " Élue "})["function"] == "Élue"
    assert cleaner.visibility({"mode": "creator", "teams": []}) == {"mode": "creator", "teams": [], "users": []}
