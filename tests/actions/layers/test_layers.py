"""Personal information over a record of the shared directory (A3, A5, A6)."""

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts.jobs import run_pending
from entregent.accounts.models import User
from entregent.accounts.scope import ScopeError, inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.frame import fresh
from entregent.actions.layers import layers
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.tags import tagging
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.reading import record
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry
from entregent.journal.movements import movements
from entregent.journal.timeline import Filter, of_party


@pytest.fixture
def maire(sonia):
    """A shared record: the mayor of Étang, at the town hall."""
    with inside(sonia.account):
        card = {
            "last_name": "Rivière",
            "first_name": "Odile",
            "email": "mairie@etang.example",
            "phone": "+33 1 23 45 67 89",
            "address": {"city": "Étang", "postal_code": "58000"},
            "organisation_name": "Mairie d’Étang",
            "function": "Maire",
        }
        return parties.create(sonia, "p", card)


def names(by, **params) -> list[str]:
    with inside(by.account):
        return sorted(Selection.read("p", params).parties(by).values_list("name", flat=True))


def test_every_account_reads_the_shared_directory(maire, aicha, dimitri):
    assert names(aicha) == names(dimitri) == ["Odile Rivière"]
    assert names(aicha, q="riviere etang") == names(aicha, function="maire") == ["Odile Rivière"]


def test_what_the_operator_notes_of_a_record_is_theirs(maire, sonia, aicha):
    with inside(maire.account):
        parties.update(sonia, maire, {"notes": "Ne répond jamais"})
        assert record(Party.objects.get(pk=maire.pk)).card["notes"] == "Ne répond jamais"
    assert record(Party.readable.get(pk=maire.pk)).card["notes"] == ""
    assert {one.kind for one in movements(aicha).rows} == {"came"}


def test_what_an_account_adds_is_seen_by_it_alone(maire, aicha, dimitri):
    patch = {"email": "odile@perso.example", "tags": ["presse"], "notes": "Rappeler le matin"}
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), patch)
    card = record(layer).card
    assert [item["value"] for item in card["emails"]] == ["odile@perso.example", "mairie@etang.example"]
    assert [item.get("service", False) for item in card["emails"]] == [False, True]
    assert (layer.base_id, card["notes"], card["tags"]) == (maire.pk, "Rappeler le matin", ["presse"])
    for asked in ({"q": "odile@perso"}, {"tag": "presse"}, {"city": "Étang"}, {"q": "mairie etang"}):
        assert names(aicha, **asked) == ["Odile Rivière"], asked
    assert names(dimitri, q="odile@perso") == names(dimitri, tag="presse") == []
    assert names(dimitri) == ["Odile Rivière"]
    with inside(maire.account):
        assert [item["value"] for item in record(Party.objects.get(pk=maire.pk)).card["emails"]] == [
            "mairie@etang.example"
        ]


def test_it_is_told_field_by_field_in_the_account_alone(sonia, maire, aicha):
    before = About.objects.count()
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "Rappeler"})
    about = About.objects.get()
    assert (before, about.changes, about.entry.deed) == (0, {"notes": ["", "Rappeler"]}, "layer_changed")
    assert [told.entry.pk for told in of_party(aicha, layer, Filter()).rows] == [about.entry_id]
    with inside(sonia.account):
        assert not Entry.objects.filter(deed="layer_changed").exists()


def test_nothing_added_lays_nothing(maire, aicha):
    parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": ""})
    assert not Party.objects.exists()
    assert not Entry.objects.exists()


def test_nothing_added_leaves_a_layer_as_it_is(maire, aicha):
    patch = {"notes": "Rappeler"}
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), patch)
    assert parties.update(aicha, Party.readable.get(pk=maire.pk), patch) == layer
    assert Party.objects.get().notes == "Rappeler"


@pytest.mark.parametrize(
    "patch", [{"last_name": "Autre"}, {"organisation_name": "Ailleurs"}, {"visibility": {"mode": "creator"}}]
)
def test_the_record_itself_is_refused(maire, aicha, patch):
    for party in (
        Party.readable.get(pk=maire.pk),
        parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "a"}),
    ):
        with pytest.raises(Invalid) as refusal:
            parties.update(aicha, party, patch)
        assert {problem.code for problem in refusal.value.problems} == {"service_record"}


def test_what_would_change_the_record_does_not_even_get_hold_of_it(maire, aicha):
    with pytest.raises(Invalid) as refusal:
        fresh([Party.readable.get(pk=maire.pk)])
    assert refusal.value.problems[0].code == "service_record"


def test_deleting_is_refused_with_the_same_words(maire, aicha):
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "a"})
    for party in (layer, Party.readable.get(pk=maire.pk)):
        for deed in (bin_actions.delete, bin_actions.purge):
            with pytest.raises(Invalid) as refusal:
                deed(aicha, [party])
            assert refusal.value.problems[0].code == "service_record"


def test_a_place_of_the_record_is_not_ours_to_end(maire, aicha):
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "a"})
    with pytest.raises(Invalid):
        positions.detach(aicha, record(layer).positions[0])


def test_a_tag_lays_a_layer_and_comes_off_again(maire, aicha):
    outcome = tagging.tag(aicha, [Party.readable.get(pk=maire.pk)], ["presse"])
    assert outcome.done[0].is_layer
    assert names(aicha, tag="presse") == ["Odile Rivière"]
    tagging.untag(aicha, outcome.done, ["presse"])
    assert names(aicha, tag="presse") == []
    assert names(aicha) == ["Odile Rivière"]


def test_a_further_tag_or_skill_leaves_the_others(sonia, maire, aicha):
    with inside(sonia.account):
        parties.update(sonia, maire, {"tags": ["élu"], "skills": ["Discours"]})
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"tags": ["presse"], "skills": ["Chant"]})
    patch = {"tags": ["presse", "radio"], "skills": ["Chant", "Danse"]}
    card = record(parties.update(aicha, fresh([layer])[0], patch)).card
    assert sorted(card["tags"]) == ["presse", "radio", "élu"]
    assert sorted(card["skills"]) == ["Chant", "Danse", "Discours"]
    card = record(parties.update(aicha, fresh([layer])[0], {"tags": ["radio"], "skills": []})).card
    assert (sorted(card["tags"]), card["skills"]) == (["radio", "élu"], ["Discours"])
    told = [about.changes for about in About.objects.filter(party=layer.pk).order_by("-pk")]
    assert told[0] == {"tags": [["presse", "radio"], ["radio"]], "skills": [["Chant", "Danse"], []]}  # its own alone
    assert told[-1] == {"tags": [[], ["presse"]], "skills": [[], ["Chant"]]}


def test_the_layer_follows_the_record(sonia, maire, aicha):
    layer = parties.update(
        aicha, Party.readable.get(pk=maire.pk), {"email": "odile@perso.example", "tags": ["presse"]}
    )
    with inside(sonia.account):
        patch = {
            "last_name": "Rivière-Lac",
            "email": "accueil@etang.example",
            "organisation_name": "Préfecture",
            "function": "Préfète",
        }
        parties.update(sonia, Party.objects.get(pk=maire.pk), patch)
    run_pending()
    layer = Party.objects.get(pk=layer.pk)
    card = record(layer).card
    assert (layer.name, layer.function, layer.organisation_name) == ("Odile Rivière-Lac", "Préfète", "Préfecture")
    assert [item["value"] for item in card["emails"]] == ["odile@perso.example", "accueil@etang.example"]
    assert card["tags"] == ["presse"]
    assert names(aicha, q="riviere-lac prefete") == ["Odile Rivière-Lac"]
    assert names(aicha, q="perso") == ["Odile Rivière-Lac"]


def test_removing_it_gives_the_record_back_and_keeps_the_journal(maire, aicha):
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "a", "tags": ["presse"]})
    base = layers.remove(aicha, layer)
    assert base.pk == maire.pk
    assert names(aicha) == ["Odile Rivière"]
    assert names(aicha, tag="presse") == []
    told = of_party(aicha, base, Filter()).rows
    assert [row.entry.deed for row in told] == ["layer_removed", "layer_changed"]
    assert set(told[0].abouts[0].changes) == {"notes", "tags"}  # what the record itself says is not told as gone


def test_an_own_contact_works_in_a_shared_organisation(maire, aicha):
    town_hall = Party.readable.get(kind="o")
    card = {"last_name": "Martin", "first_name": "Paul", "organisation": town_hall.pk, "function": "Adjoint"}
    paul = parties.create(aicha, "p", card)
    assert paul.organisation_id == town_hall.pk
    assert names(aicha, organisation=str(town_hall.pk)) == ["Odile Rivière", "Paul Martin"]
    layer = parties.update(aicha, town_hall, {"notes": "Fermée le lundi"})
    assert names(aicha, organisation=str(layer.pk)) == ["Odile Rivière", "Paul Martin"]
    positions.attach(aicha, Party.readable.get(pk=maire.pk), {"organisation": layer.pk, "function": "Marraine"})
    assert names(aicha, function="marraine") == ["Odile Rivière"]


def test_a_reader_adds_nothing(maire, chloe):
    with pytest.raises(PermissionDenied):
        parties.update(chloe, Party.readable.get(pk=maire.pk), {"notes": "a"})


def test_the_readable_are_never_written(maire, aicha):
    shared = Party.readable.get(pk=maire.pk)
    for write in (
        lambda: Party.readable.update(notes="x"),
        lambda: Party.readable.all().delete(),
        shared.save,
        shared.delete,
    ):
        with pytest.raises(ScopeError):
            write()


def test_the_records_address_leads_to_the_layer(maire, aicha, browse):
    client = browse(aicha)
    assert client.get(f"/lac/contacts/{maire.pk}/").status_code == 200
    parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "Rappeler le matin"})
    page = client.get(f"/lac/contacts/{maire.pk}/").content.decode()
    assert "Rappeler le matin" in page
    assert "Mis à jour par le service" in page
    assert client.get(f"/lac/contacts/{maire.pk}/modifier/").status_code == 302
    assert "Rappeler" not in browse_as_operator(client, maire)


def browse_as_operator(client, maire) -> str:
    """The same record's page in the operator's console."""
    client.force_login(User.objects.get(email="sonia@service.example"))
    return client.get(f"/service/contacts/{maire.pk}/").content.decode()


def test_personal_information_by_its_page(maire, aicha, browse):
    client, url = browse(aicha), f"/lac/contacts/{maire.pk}/informations-personnelles/"
    assert "Odile Rivière" in client.get("/lac/saisir/informations-personnelles/?q=odile").content.decode()
    typed = {"email": "pas une adresse", "notes": "à garder", "tags": [], "country": "FR", "blog": "blog.example"}
    sets = {
        f"{name}-{end}": "0"
        for name in ("emails", "phones", "websites", "addresses")
        for end in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    refused = client.post(url, typed | sets)
    assert refused.status_code == 422
    assert "à garder" in refused.content.decode()
    assert not Party.objects.filter(base=maire.pk).exists()
    sites = {"email": "odile@perso.example", "website": "lac.example", "blog": "javascript:alert(1)"}
    refused = client.post(url, typed | sets | sites)
    assert refused.context["form"].errors.keys() == {"blog"}
    kept = client.post(url, typed | sets | {"email": "odile@perso.example"})
    layer = Party.objects.get(base=maire.pk)
    assert kept.url == f"/lac/contacts/{layer.pk}/"
    card = record(layer).card
    assert [(site["value"], site["label"]) for site in card["websites"]] == [("blog.example", "blog")]
    assert card["notes"] == "à garder"
    client.post(f"/lac/contacts/{layer.pk}/informations-personnelles/retirer/")
    assert not Party.objects.filter(base=maire.pk).exists()


def test_a_record_withdrawn_is_told_of_no_more(sonia, maire, aicha):
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "a"})
    with inside(sonia.account):
        patch = {"last_name": "Secret", "visibility": {"mode": "creator"}}
        parties.update(sonia, Party.objects.get(pk=maire.pk), patch)
    run_pending()
    layer = Party.objects.get(pk=layer.pk)
    assert (layer.name, bool(layer.retired_at)) == ("Odile Rivière", True)
