"""Any value of any condition is read or refused, and a search that holds it breaks no page, whatever it is."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from tests.sampling import Sample

from entregent.accounts.actor import Actor
from entregent.actions.fields import fields
from entregent.actions.lists import lists
from entregent.actions.parties import parties as people
from entregent.actions.saved_views import views
from entregent.api import gate
from entregent.directory.fields.custom_values import Type
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList, SavedView
from entregent.directory.selections.nested import Group, Leaf, write
from entregent.directory.selections.register import CONDITIONS

from .asking import program_of
from .searching import KINDS, ROOMS

OUT_OF_RANGE = [
    "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31", "9999-12-31T23:59:59-14:00", "0000-01-01",
    "10000-01-01", "2026-02-30", "2026-02-28T25:00:00", "24:00",
]  # fmt: skip
HOSTILE = [
    *OUT_OF_RANGE, "9" * 18, "9" * 40, "-1", "1e999", "NaN", "١٢", "²", "a\0b", "\ud83d", "😀", "***", "-", "*",
    "moi", ">=", ">=0001-01-01", "<9999-12-31", "(", '"', "a,b", ":", ":|", "01:|", "x" * 2000, "%", "_", "\u202e",
    "<b>",
]  # fmt: skip
NAMES = [*CONDITIONS, "q", *(f"custom.essai_{each}" for each in Type.values)]


def kind_of(name: str) -> str:
    return CONDITIONS[name].kinds[0] if name in CONDITIONS else "p"


@pytest.fixture
def stored(aicha: Actor, service):
    """Keep searches as lists and views, as if they could have been read when they were made."""
    for type in Type.values:
        choices = {"choices": ["Voile", "Pêche"]} if type in ("choice", "choices") else {}
        fields.create(aicha, "p", label=f"Essai {type}", type=type, **choices)
    template = lists.create(aicha, {"name": "Presse", "category": "Général"})
    view = views.save(aicha, "p", "Presse", {"city": "Crest"})

    def keep(kind: str, searches: list[dict[str, str]]) -> tuple[list[ContactList], list[SavedView]]:
        made_lists, made_views = [], []
        for number, search in enumerate(searches):
            found = ContactList.objects.get(pk=template.pk)
            found.pk, found.name, found.key, found.kind = None, f"L{number}", f"l{number}", "dynamic"
            found.search = {"kind": kind, **search}
            found.save()
            kept = SavedView.objects.get(pk=view.pk)
            kept.pk, kept.name, kept.key, kept.kind, kept.search = None, f"V{number}", f"v{number}", kind, search
            kept.save()
            made_lists.append(found)
            made_views.append(kept)
        return made_lists, made_views

    return keep


def storable(value: str) -> bool:
    """Whether a database can hold it in JSON."""
    return "\0" not in value and value.isprintable() or value == "\u202e"


@pytest.fixture
def values(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """Each name with two values of the day, or with all."""
    monkeypatch.setattr(gate, "REQUESTS_PER_MINUTE", 10_000)
    dealt = list(sample.pairs(NAMES, HOSTILE, 2))
    return ((name, [value for other, value in dealt if other == name]) for name in NAMES)


def test_no_page_breaks_of_a_search_that_is_kept(aicha: Actor, browse, stored, values):
    client, program = browse(aicha), program_of(aicha)
    for name, given in values:
        kind = kind_of(name)
        made, kept = stored(kind, [{name: value} for value in given if storable(value)])
        every = ["listes/", *(f"listes/{each.pk}/" for each in made[:1])]
        every += [f"listes/{each.pk}/modifier/" for each in made[1:]]
        every += [f"vues/{each.pk}/modifier/" for each in kept[:1]]
        every += [f"{ROOMS[kind]}/?{urlencode({**each.search, 'vue': each.pk})}" for each in kept[1:]]
        told = {path: client.get(f"/lac/{path}", follow=True).status_code for path in every}
        assert told == dict.fromkeys(told, 200), (name, given)
        assert program.get("/api/v1/lists").status_code == 200
        lists.delete(aicha, made)
        SavedView.objects.filter(pk__in=[each.pk for each in kept]).delete()
    assert not ContactList.objects.filter(kind="dynamic").exists()


def test_the_api_reads_or_refuses_it(aicha: Actor, browse, stored, values):
    client, program = browse(aicha), program_of(aicha)
    for name, given in values:
        for value in given:
            asked = {name: value, "f": write(Group("not", (Leaf(name, value),)))}
            query = urlencode({each: text.encode("utf-8", "surrogatepass") for each, text in asked.items()})
            answer = program.get(f"/api/v1/{KINDS[kind_of(name)]}?{query}")
            assert answer.status_code in (200, 422), (name, value)
            if not storable(value):
                page = client.get(f"/lac/{ROOMS[kind_of(name)]}/?{query}", follow=True)
                assert page.status_code == 200, (name, value)


ANY_WORD = {"city", "q", *(f"custom.essai_{each}" for each in ("text", "long", "link"))}


@pytest.mark.parametrize("value", ["***", "😀", "…", "zzzz"])
def test_what_cannot_be_read_finds_nobody_and_is_not_turned_round(aicha, stored, monkeypatch, value: str):
    """«Not in zzzz» is everybody if it may be a town, and nobody if it can't be anything."""
    monkeypatch.setattr(gate, "REQUESTS_PER_MINUTE", 10_000)
    program = program_of(aicha)
    people.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie", "function": "Maire"})
    people.create(aicha, "o", {"name": "Mairie", "address": {"country": "FR"}})
    readable = ANY_WORD | {"postal_code", "custom.essai_email"} if value == "zzzz" else set()
    for name in NAMES:
        path = f"/api/v1/{KINDS[kind_of(name)]}"
        alone = program.get(f"{path}?{urlencode({name: value})}")
        assert alone.status_code == (200 if name in readable else 422), (name, alone.content)
        assert name not in readable or alone.json()["items"] == [], name
        below = program.get(f"{path}?{urlencode({'f': write(Group('not', (Leaf(name, value),)))})}")
        assert below.status_code == (200 if name in readable - {"q"} else 422), name


def test_countries_languages_and_postal_codes_are_understood_however_written(aicha):
    for name, country, code, language in (
        ("Ute", "DE", "10115", "de"), ("Zoé", "CA", "H2X 1Y4", "fr"), ("Ana", "AL", "1001", "en"),
        ("Kim", "NL", "1012 AB", "nl"),
    ):  # fmt: skip
        address = {"city": "X", "country": country, "postal_code": code}
        card = {"last_name": "Roy", "first_name": name, "language": language, "address": address}
        people.create(aicha, "p", card)
    for asked, value, expected in (
        ("country", "Allemagne", "Ute"), ("country", "germany", "Ute"), ("country", "de", "Ute"),
        ("country", "ALBANIE", "Ana"), ("country", "Canada", "Zoé"), ("language", "FR", "Zoé"),
        ("language", "Néerlandais", "Kim"), ("language", "german", "Ute"), ("language", "fr-CA", "Zoé"),
        ("postal_code", "H2X1", "Zoé"), ("postal_code", "h2x 1y4", "Zoé"), ("postal_code", "H2X-1Y", "Zoé"),
        ("postal_code", "1012A", "Kim"), ("postal_code", "101 15", "Ute"), ("postal_code", "100", "Ana"),
    ):  # fmt: skip
        answer = program_of(aicha).get(f"/api/v1/contacts?{urlencode({asked: value})}")
        assert [each["first_name"] for each in answer.json()["items"]] == [expected], (asked, value)


def test_every_word_of_a_search_counts(aicha):
    people.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})
    found = [
        program_of(aicha).get(f"/api/v1/contacts?{urlencode({'q': words})}").json()["count"]
        for words in ("marie roy " * 9, "roy ro r marie mari mar ma m", "roy ro r marie mari mar ma m zzz")
    ]
    assert found == [1, 1, 0]


@pytest.mark.parametrize("value", OUT_OF_RANGE)
def test_a_moment_out_of_range_is_refused_and_not_kept(aicha: Actor, value: str):
    answer = program_of(aicha).get(f"/api/v1/contacts?{urlencode({'updated_since': value})}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["updated_since"]
    search = {"kind": "p", "updated_since": value}
    with pytest.raises(Invalid):
        lists.create(aicha, {"name": "L", "category": "Général", "kind": "dynamic", "search": search})


def test_a_list_that_cannot_be_read_says_so_where_lists_are(aicha: Actor, browse, stored):
    [found], _views = stored("p", [{"updated_since": "0001-01-01"}])
    page = browse(aicha).get("/lac/listes/").content.decode()
    assert "Recherche illisible" in page
    assert program_of(aicha).get(f"/api/v1/lists/{found.pk}/members").status_code == 422
