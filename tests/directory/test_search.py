"""Search finds what was meant, however it is typed (std F6), from one letter on, the same on both databases."""

import pytest

from entregent.accounts.actor import Actor
from entregent.actions import bin as bin_actions
from entregent.actions import parties
from entregent.directory.models import Party
from entregent.directory.selections import Selection


@pytest.fixture
def people(aicha: Actor) -> None:
    for card in [
        {
            "first_name": "Mathieu", "last_name": "Saint-Pierre", "email": "M.StPierre@Vercors.example",
            "phone": "02 61 91 23 45", "organisation_name": "Coopérative du Vercors", "function": "Trésorier",
            "address": {"city": "Crest", "country": "FR"}, "tags": ["adhérent"],
        },
        {"first_name": "Hélène", "last_name": "Œuvrard", "phone": "+1 418 555-0177"},
        {"first_name": "Fatou", "last_name": "N’Diaye", "vat_number": "FR44732829320"},
        {"first_name": "100%", "last_name": "_Étoile*"},
    ]:  # fmt: skip
        parties.create(aicha, "p", card)


def found(by: Actor, query: str) -> set[str]:
    return {party.first_name for party in Selection("p", query).parties(by)}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "query",
    [
        "saint-pierre", "SAINT PIERRE", "St Pierre", "st-pierre", "pierre mathieu", "Mathieu  Saint", "mat",
        "mathiéu", "m.stpierre@vercors.example", "M.STPIERRE", "stpierre@", "vercors.example", "0261912345",
        "02 61 91 23", "+33 2 61 91 23 45", "02.61.91", "coop", "coopérative du vercors", "Vercors Mathieu", "crest",
        "ADHERENT", "trésorier", "tresorier pierre crest",
    ],
)  # fmt: skip
def test_one_person_is_found_in_every_way(aicha, query):
    assert "Mathieu" in found(aicha, query)
    assert len(found(aicha, query)) == 1


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("oeuvrard", "Hélène"), ("Œuv", "Hélène"), ("(418) 555-0177", "Hélène"), ("418 555 01", "Hélène"),
        ("n'diaye", "Fatou"), ("N’DIAYE", "Fatou"), ("ndiaye", None), ("732829320", "Fatou"),
    ],
)  # fmt: skip
def test_ligatures_apostrophes_and_numbers(aicha, query, name):
    assert found(aicha, query) == ({name} if name else set())


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("query", ["m", "ma", "M "])
def test_from_one_letter_on_at_the_beginning_of_a_word(aicha, query):
    assert "Mathieu" in found(aicha, query)
    assert "Hélène" not in found(aicha, query)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("query", ["zzz", "pierre hélène", "%", "'; drop table directory_party; --", '"', "saint*"])
def test_what_is_not_there_is_not_found(aicha, query):
    """Signs that mean something to a database mean nothing here: they are no words."""
    everyone = {"Mathieu", "Hélène", "Fatou", "100%"}
    assert found(aicha, query) in (set(), everyone, {"Mathieu"})
    assert Party.objects.filter(kind="p").count() == 4


@pytest.mark.usefixtures("people")
def test_an_empty_query_leaves_nobody_out(aicha):
    assert len(found(aicha, "  ")) == 4


@pytest.mark.usefixtures("people")
def test_a_change_is_found_at_once_and_the_old_word_no_more(aicha):
    helene = Party.objects.get(first_name="Hélène")
    parties.update(aicha, helene, {"last_name": "Quimper"})
    assert found(aicha, "quimper") == {"Hélène"}
    assert found(aicha, "oeuvrard") == set()
    bin_actions.delete(aicha, [Party.objects.get(pk=helene.pk)])
    assert found(aicha, "quimper") == set()


@pytest.mark.usefixtures("people")
def test_walking_and_the_index_find_the_same(aicha, monkeypatch):
    queries = ["saint", "pierre crest", "m", "stpierre@", "0261", "zzz"]
    by_index = [found(aicha, query) for query in queries]
    monkeypatch.setattr("entregent.directory.search._hits", lambda *_: ([], True))
    assert [found(aicha, query) for query in queries] == by_index
