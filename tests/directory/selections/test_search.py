"""Search finds words however they are typed (std F6), from one letter on, the same on both databases."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.queries import plans, queries

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.directory.selections import search
from entregent.directory.selections.selections import Selection
from entregent.store import text_search, trigrams


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


WAYS_TO_MATHIEU = [
    "saint-pierre", "SAINT PIERRE", "St Pierre", "st-pierre", "pierre mathieu", "Mathieu  Saint", "mat",
    "mathiéu", "m.stpierre@vercors.example", "M.STPIERRE", "stpierre@", "vercors.example", "0261912345",
    "02 61 91 23", "+33 2 61 91 23 45", "02.61.91", "coop", "coopérative du vercors", "Vercors Mathieu", "crest",
    "ADHERENT", "trésorier", "tresorier pierre crest",
]  # fmt: skip


@pytest.mark.usefixtures("people")
def test_one_person_is_found_in_every_way(aicha, subtests):
    for query in WAYS_TO_MATHIEU:
        with subtests.test(query):
            assert found(aicha, query) == {"Mathieu"}


@pytest.mark.usefixtures("people")
def test_ligatures_apostrophes_and_numbers(aicha, subtests):
    for query, name in [
        ("oeuvrard", "Hélène"), ("Œuv", "Hélène"), ("(418) 555-0177", "Hélène"), ("418 555 01", "Hélène"),
        ("n'diaye", "Fatou"), ("N’DIAYE", "Fatou"), ("ndiaye", None), ("732829320", "Fatou"),
    ]:  # fmt: skip
        with subtests.test(query):
            assert found(aicha, query) == ({name} if name else set())


@pytest.mark.usefixtures("people")
def test_from_one_letter_on_at_the_beginning_of_a_word(aicha, subtests):
    for query in ("m", "ma", "M "):
        with subtests.test(query):
            assert "Mathieu" in found(aicha, query)
            assert "Hélène" not in found(aicha, query)


@pytest.mark.usefixtures("people")
def test_what_is_not_there_is_not_found(aicha, subtests):
    """Signs that mean something to a database mean nothing here: they are no words."""
    for query in ("zzz", "pierre hélène", "%", "'; drop table directory_party; --", '"', "saint*", "***", "😀"):
        with subtests.test(query):
            assert found(aicha, query) == ({"Mathieu"} if query == "saint*" else set())
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


WAYS = {
    "few of one's own": {"FEW_ROWS": 3000},
    "hits": {},
    "hits in two parts": {"FIRST_CANDIDATES": 2},
    "nearest": {"MOST_COUNTED": 0},
    "nearest, fetched": {"MOST_COUNTED": 0, "FETCH_COST": 0},
    "walk": {"FIRST_CANDIDATES": 1, "MOST_CANDIDATES": 0, "MOST_COUNTED": 0, "WALK_COST": 0},
    "index alone": {"FIRST_CANDIDATES": 1, "MOST_CANDIDATES": 0, "MOST_COUNTED": 0, "FETCH_COST": 0},
}
"""Figures of the search that lead it into each of its ways."""
SYLLABLES = st.sampled_from(["mar", "tin", "art", "mart", "in", "m", "é", "saint", "0", "-", " ", "'"])


@pytest.fixture
def crowd(aicha: Actor) -> None:
    dice = random.Random(3)
    for number in range(40):
        first, last = ("".join(dice.choices(["mar", "tin", "tim", "art", "in ", "St-"], k=3)) for _ in "12")
        parties.create(aicha, "p", {"first_name": first, "last_name": f"{last}{number % 3}"})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.lists(SYLLABLES, max_size=5).map("".join), way=st.sampled_from(sorted(WAYS)), descending=st.booleans()
)
@pytest.mark.usefixtures("people", "crowd")
def test_every_way_finds_the_same_in_the_same_order(aicha, query, way, descending):
    everyone = list(Party.objects.filter(kind="p").order_by("sort_name", "id"))
    words = not search.problems_of_words(query)
    pieces = search.pieces_of(query) if words else []
    wanted = [party.pk for party in everyone if words and all(piece in party.search_text for piece in pieces)]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ({"FEW_ROWS": -1} | WAYS[way]).items():
            patch.setattr(text_search, name, value)
        patch.setattr(trigrams, "FIRST_TEXTS", 4)
        selection = Selection("p", query, descending=descending)
        assert paged(aicha, selection) == (wanted[::-1] if descending else wanted)
        assert sorted(selection.parties(aicha).values_list("pk", flat=True)) == sorted(wanted)
        number, more = selection.count(aicha)
        assert number == len(wanted) or (more and number < len(wanted))


def paged(by: Actor, selection: Selection) -> list[int]:
    """The ids met going forward three by three; coming back meets the same."""
    page = selection.page(by, size=3)
    forward = [row.pk for row in page.rows]
    while page.next:
        page = selection.page(by, page.next, size=3)
        forward += [row.pk for row in page.rows]
    back = [row.pk for row in page.rows]
    while page.previous:
        page = selection.page(by, page.previous, size=3)
        back = [row.pk for row in page.rows] + back
    assert back == forward
    return forward


@pytest.mark.usefixtures("people")
def test_a_name_that_changes_takes_its_new_place(aicha, monkeypatch):
    monkeypatch.setattr(text_search, "MOST_COUNTED", 0)
    parties.update(aicha, Party.objects.get(first_name="Fatou"), {"last_name": "Zola Pierre"})
    parties.update(aicha, Party.objects.get(first_name="Hélène"), {"last_name": "Abel Pierre"})
    page = Selection("p", "pierre").page(aicha)
    assert [party.first_name for party in page.rows] == ["Hélène", "Mathieu", "Fatou"]


def test_a_small_account_reads_its_own_records_only(bruno):
    """Whatever the index holds of others: their candidates would be read too."""
    parties.create(bruno, "p", {"last_name": "Martin", "first_name": "Jeanne"})
    asked = queries(lambda: list(search.search(Party.readable.visible_to(bruno), "martin").rows))
    assert [sql for sql in asked if "_fts" in sql or "LIKE" in sql] == []


@pytest.fixture
def reachable(aicha: Actor) -> None:
    """People whose addresses and numbers contain one another's, and an organisation with those of one of them."""
    for card in [
        {"first_name": "Ann", "last_name": "Roy", "email": "ann@lac.example", "phone": "02 61 91 23 45"},
        {"first_name": "Joann", "last_name": "Roy", "email": "joann@lac.example", "phone": "+1 418 555-0177"},
        {
            "first_name": "Zoé", "last_name": "Roy",
            "emails": [{"value": "zoe@lac.example"}, {"value": "z@a.example"}],
            "phones": [{"value": "+41 26 191 23 45"}, {"value": "0800 12 34 56"}],
        },
        {"first_name": "Léa", "last_name": "Roy", "visibility": {"mode": "creator"}, "email": "lea@lac.example"},
        {"first_name": "Cléa", "last_name": "Roy", "email": "clea@lac.example", "address": {"city": "Crest"}},
        {"first_name": "Ann", "last_name": "Numéro", "code": "261912345"},
    ]:  # fmt: skip
        parties.create(aicha, "p", card)
    parties.create(aicha, "o", {"name": "Roy et Ann", "email": "contact-ann@lac.example", "phone": "02 61 91 23 45"})


WHOLE = [
    ("ann@lac.example", {"Ann Roy"}),
    ("Ann Roy <ANN@lac.example>", {"Ann Roy"}),
    ("z@a.example", {"Zoé Roy"}),
    ("02 61 91 23 45", {"Ann Roy", "Zoé Roy"}),
    ("+33 (0)2.61.91.23.45", {"Ann Roy"}),
    ("0033261912345", {"Ann Roy"}),
    ("418 555-0177", {"Joann Roy"}),
    ("0261912345 joann", set()),
    ("026 191 23 45", {"Ann Roy", "Zoé Roy"}),
    ("0800123456", {"Zoé Roy"}),
    ("lea@lac.example", {"Léa Roy"}),
]
"""Whole addresses and numbers, alone or among words, and whom they find."""
PARTS = [
    ("nn@lac.example", {"Ann Roy", "Joann Roy"}),
    ("@lac.example", {"Ann Roy", "Joann Roy", "Zoé Roy", "Léa Roy", "Cléa Roy"}),
    ("02 61 91 23", {"Ann Roy", "Zoé Roy"}),
    ("261912345", {"Ann Roy", "Zoé Roy", "Ann Numéro"}),
    ("12345678", set()),
    ("nobody@lac.example", set()),
]
"""Parts of addresses and numbers, and what nobody has: they are looked for in the texts."""


def names(by: Actor, query: str, kind: str = "p", **conditions: str) -> set[str]:
    return {party.name for party in Selection.read(kind, {"q": query, **conditions}).parties(by)}


@pytest.mark.usefixtures("reachable")
def test_a_whole_address_or_number_is_looked_up_by_its_key(aicha, monkeypatch, subtests):
    monkeypatch.setattr(text_search, "FEW_ROWS", -1)
    for query, expected in WHOLE:
        with subtests.test(query):
            assert names(aicha, query) == expected
            asked = plans(lambda query=query: list(Selection("p", query).parties(aicha)))
            assert [plan for plan in asked if "channel_key" in plan]
            assert not expected or [plan for plan in asked if "_fts" in plan or "party_search" in plan] == []


@pytest.mark.usefixtures("reachable")
def test_a_part_of_one_is_found_as_before(aicha, monkeypatch, subtests):
    monkeypatch.setattr(text_search, "FEW_ROWS", -1)
    for query, expected in PARTS:
        with subtests.test(query):
            assert names(aicha, query) == expected


@pytest.mark.usefixtures("reachable")
def test_a_whole_address_finds_those_who_have_it_among_what_one_may_see(aicha, bruno):
    """Cléa's contains Léa's, who is hidden from Bruno: he finds Cléa, as if nobody had Léa's."""
    assert names(bruno, "lea@lac.example") == {"Cléa Roy"}
    assert names(aicha, "ann@lac.example", "o") == {"Roy et Ann"}
    assert names(aicha, "0261912345", "o") == {"Roy et Ann"}


@pytest.mark.usefixtures("reachable")
def test_no_condition_makes_a_whole_address_a_part_of_another(aicha):
    assert names(aicha, "lea@lac.example", city="crest") == set()


def test_an_address_of_the_shared_directory_is_looked_up_too(service, sonia, aicha, monkeypatch):
    monkeypatch.setattr(text_search, "FEW_ROWS", -1)
    with inside(service):
        known = parties.create(sonia, "p", {"first_name": "Eve", "last_name": "Roy", "email": "eve@lac.example"})
        parties.create(sonia, "p", {"first_name": "Steve", "last_name": "Roy", "email": "steve@lac.example"})
    assert names(aicha, "eve@lac.example") == {"Eve Roy"}
    parties.update(aicha, Party.readable.get(pk=known.pk), {"notes": "À rappeler"})
    assert [party.account_id for party in Selection("p", "eve@lac.example").parties(aicha)] == [aicha.account.pk]


def test_of_a_long_word_few_trigrams_are_looked_up():
    word = "prenom.nom-compose@direction-des-services.exemple.org"
    assert len(trigrams._trigrams([word])) <= trigrams.MOST_OF_A_PIECE
    assert len(trigrams._trigrams(["abc", word])) <= trigrams.MOST_OF_A_PIECE + 1
    assert trigrams._trigrams(["abcd"]) == ["abc", "bcd"]
