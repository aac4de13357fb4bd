"""Conditions on custom fields: results, refusals, and nothing revealed about hidden values."""

import importlib

import pytest
from django.apps import apps
from tests.queries import queries

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.scope import everywhere
from entregent.actions.fields import fields
from entregent.actions.parties import parties
from entregent.directory.fields.custom import field_of
from entregent.directory.fields.custom_filters import conditions_for
from entregent.directory.models import CustomValue, Party
from entregent.directory.selections.selections import Selection
from entregent.kernel.text import fold
from entregent.web.selections.above import chips


@pytest.fixture
def people(aicha: Actor) -> dict[str, Party]:
    choices = ["Voile", "Berges", "Oiseaux"]
    for label, given in {
        "Taille": {"type": "number"},
        "Devise": {},
        "Activités": {"type": "choices", "choices": choices},
        "Membre": {"type": "boolean"},
        "Depuis le": {"type": "date"},
        "Fixe": {"type": "phone"},
    }.items():
        fields.create(aicha, "p", label=label, **given)
    cards = {
        "Ann": {
            "taille": 9,
            "devise": "Fluctuat nec mergitur",
            "activites": ["Voile", "Oiseaux"],
            "membre": True,
            "fixe": "01.42 68-53 00",
        },
        "Bob": {"taille": 10.5, "activites": ["Voile"], "membre": False, "depuis_le": "2026-03-04"},
        "Cam": {"taille": -2, "devise": "Écluse", "depuis_le": "2024-01-31"},
        "Dan": {},
    }
    return {
        name: parties.create(aicha, "p", {"last_name": "Roy", "first_name": name, "custom": values})
        for name, values in cards.items()
    }


def found(by: Actor, **conditions: str) -> str:
    params = {f"custom.{name}": value for name, value in conditions.items()}
    names = Selection.read("p", params).parties(by).values_list("first_name", flat=True)
    return " ".join(sorted(names))


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        ({"taille": "10,5"}, "Bob"),
        ({"taille": ">=9"}, "Ann Bob"),
        ({"taille": "<9"}, "Cam"),
        ({"taille": ">= -2", "membre": "oui"}, "Ann"),
        ({"devise": "MERGI"}, "Ann"),
        ({"devise": "ecluse"}, "Cam"),
        ({"devise": "-"}, "Bob Dan"),
        ({"devise": "*"}, "Ann Cam"),
        ({"activites": "oiseaux"}, "Ann"),
        ({"activites": "Voile"}, "Ann Bob"),
        ({"membre": "non"}, "Bob"),
        ({"depuis_le": "04/03/2026"}, "Bob"),
        ({"depuis_le": "<2025-01-01"}, "Cam"),
        ({"fixe": "01 42 68"}, "Ann"),
        ({"fixe": "-"}, "Bob Cam Dan"),
        ({"taille": "grande"}, ""),
        ({"poids": "3"}, ""),
    ],
)
def test_each_condition_finds_those_of_whom_it_is_true(aicha: Actor, conditions, names):
    assert found(aicha, **conditions) == names


@pytest.mark.usefixtures("people")
def test_conditions_stay_in_the_address_and_are_said(aicha: Actor):
    params = {"custom.taille": ">=9", "custom.devise": "mergi", "custom.activites": "voile", "custom.poids": "3"}
    selection = Selection.read("p", params)
    assert selection.params() == params
    assert [chip.sentence for chip in chips(aicha, selection)] == [
        "Taille vaut au moins 9",
        "Devise contient «\u00a0mergi\u00a0»",
        "Activités est «\u00a0Voile\u00a0»",
        "«\u00a03\u00a0»\u00a0: Ce champ personnalisé n’existe pas.",
    ]


def test_what_is_sensitive_can_be_asked_by_those_alone_who_may_see_it(aicha: Actor, bruno: Actor):
    fields.create(aicha, "p", label="Allergies", sensitive=True, approved_by="Ana")
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "custom": {"allergies": "Noix"}})
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Bob"})
    assert found(aicha, allergies="noix") == "Ann"
    for value in ("noix", "-", "*"):
        assert found(bruno, allergies=value) == ""
    unknown, hidden = (
        chips(bruno, Selection.read("p", {f"custom.{code}": "noix"}))[0].sentence for code in ("poids", "allergies")
    )
    assert unknown == hidden
    assert conditions_for(bruno, "p") == []
    assert [each.name for each in conditions_for(aicha, "p")] == ["custom.allergies"]


@pytest.mark.usefixtures("people")
def test_a_retired_field_can_be_asked_by_nobody(aicha: Actor):
    fields.retire(aicha, field_of(aicha, "custom.taille"))
    assert found(aicha, taille="9") == ""


@pytest.mark.parametrize(
    ("country", "typed", "asked"),
    [
        ("FR", "01 23 45 67 89", "+33 1 23 45"),
        ("FR", "+33 1 23 45 67 89", "01 23 45"),
        ("CA", "418 555-0123", "+1 418 555-0123"),
        ("CA", "+1 418 555-0123", "(418) 555"),
        ("CA", "+33 1 23 45 67 89", "01 23 45 67 89"),
    ],
)
def test_a_phone_is_found_as_it_is_dialled_from_abroad_and_at_home(aicha: Actor, country, typed, asked):
    Account.objects.filter(pk=aicha.account.pk).update(country=country)
    aicha.account.refresh_from_db()
    fields.create(aicha, "p", label="Fixe", type="phone")
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "custom": {"fixe": typed}})
    assert found(aicha, fixe=asked) == "Ann"
    assert found(aicha, fixe="02 23 45") == ""


def test_all_of_a_long_text_is_found_and_nothing_beyond(aicha):
    fields.create(aicha, "p", label="Parcours", type="long")
    words = " ".join(f"mot{number}" for number in range(900))
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "custom": {"parcours": words}})
    parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Bob", "custom": {"parcours": "mot"}})
    for asked in ("mot899", "mot31 mot32 mot33", " ".join(f"mot{number}" for number in range(500, 514)), "Mot450"):
        selection = Selection.read("p", {"custom.parcours": asked})
        assert [each.name for each in selection.parties(aicha)] == ["Ann Roy"], asked
        others = Selection.read("p", {"f": f"not(custom.parcours:{asked})"})
        assert [each.name for each in others.parties(aicha)] == ["Bob Roy"]
    too_long = Selection.read("p", {"custom.parcours": "x" * 101})
    assert [each.code for each in too_long.problems_for(aicha)] == ["too_long"]


def test_texts_that_were_cut_are_found_after_the_migration(aicha):
    field = fields.create(aicha, "p", label="Parcours", type="long")
    words = "é" * 150 + " tout au bout " + "à" * 200 + " fin"
    kept = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann", "custom": {"parcours": words}})
    after = sorted(CustomValue.objects.values_list("key", flat=True))
    CustomValue.objects.all().delete()
    CustomValue.objects.create(account=aicha.account, field=field, party=kept, key=fold(words)[:200])
    cutting = importlib.import_module("entregent.directory.migrations.0010_custom_text_pieces")
    with everywhere("a migration knows no account"):
        cutting.cut(apps, None)
    assert sorted(CustomValue.objects.values_list("key", flat=True)) == after


def test_the_migration_reads_neither_whole_records_nor_all_rows_at_once(aicha, monkeypatch):
    migration = importlib.import_module("entregent.directory.migrations.0010_custom_text_pieces")
    monkeypatch.setattr(migration, "BATCH", 2)
    fields.create(aicha, "p", label="Parcours", type="long")
    for number in range(5):
        card = {"last_name": "Roy", "first_name": f"N{number}", "custom": {"parcours": f"{number} " * 150}}
        parties.create(aicha, "p", card)
    before = sorted(CustomValue.objects.values_list("party", "key"))
    for party in Party.objects.all():
        first, *more = party.custom_values.order_by("pk").values_list("pk", flat=True)
        party.custom_values.filter(pk__in=more).delete()
    with everywhere("a migration has no account"):
        sent = queries(lambda: migration.cut(apps, None))
    assert sorted(CustomValue.objects.values_list("party", "key")) == before
    read = [sql for sql in sent if sql.startswith("SELECT") and "directory_party" in sql]
    assert all("LIMIT 2" in sql and "search_text" not in sql for sql in read)
    assert len(read) == 4
