"""The types of custom fields (C6): accepted, stored and shown values, and their order."""

from datetime import date

import pytest
from django.utils.translation import override

from entregent.directory.fields.custom_values import clean, keys, show, typed
from entregent.directory.models import CustomField
from entregent.kernel.errors import Bad

THIN, HARD = "\u202f", "\u00a0"
CHOICES = [
    {"code": "bronze", "label": "Bronze", "retired": False},
    {"code": "argent", "label": "Argent massif, poli", "retired": False},
    {"code": "fer", "label": "Fer", "retired": True},
    {"code": "bois", "label": "Bois", "retired": False, "removed": True},
]


def field(type: str) -> CustomField:
    return CustomField(type=type, choices=CHOICES if type.startswith("choice") else [])


GOOD = [
    ("text", "  Deux   mots ", "Deux mots"),
    ("text", 12, "12"),
    ("long", "une\r\ndeux", "une\ndeux"),
    ("number", "1 234,5", 1234.5),
    ("number", "1.234.567", 1234567),
    ("number", "−3", -3),
    ("number", 12.25, 12.25),
    ("number", "123456789.123456", 123456789.123456),
    ("number", "100000000000000", 10**14),
    ("amount", "1 234,50 €", "1234.50"),
    ("amount", "$1,234.5", "1234.50"),
    ("amount", 12, "12.00"),
    ("date", "21/11/2026", "2026-11-21"),
    ("date", date(2026, 11, 21), "2026-11-21"),
    ("boolean", "Oui", True),
    ("boolean", "non", False),
    ("boolean", False, False),
    ("choice", "argent massif, POLI", "argent"),
    ("choice", "bois", "bois"),
    ("choices", "Argent massif, poli; Bronze", ["bronze", "argent"]),
    ("choices", "Bronze, Fer", ["bronze", "fer"]),
    ("choices", ["fer", "Bronze", "fer"], ["bronze", "fer"]),
    ("link", "lac.example/page", "https://lac.example/page"),
    ("email", " Marie@Lac.example ", "Marie@Lac.example"),
    ("phone", "01 99 00 12 34", "01 99 00 12 34"),
]


@pytest.mark.parametrize(("type", "value", "kept"), GOOD)
def test_takes_what_people_and_programs_write(type, value, kept):
    found = clean(field(type), value, "FR")
    assert found == kept
    assert found is kept or not isinstance(kept, bool)
    assert clean(field(type), found, "FR") == kept, "what is kept is taken again as it is"


BAD = [
    ("text", ["a"], "shape"),
    ("text", "x" * 301, "too_long"),
    ("number", "douze", "custom_number"),
    ("number", "1e5", "custom_number"),
    ("number", "123456789012.345678", "custom_digits"),
    ("number", 123456789012.345678, "custom_digits"),
    ("amount", 99999999999999.98, "custom_digits"),
    ("number", True, "shape"),
    ("number", "1,1234567", "custom_number"),
    ("amount", "1,234", "custom_amount"),
    ("amount", "12 €€ x", "custom_amount"),
    ("date", "31/02/2026", "date"),
    ("date", "demain", "date"),
    ("boolean", "peut-être", "boolean"),
    ("choice", "Or", "custom_choice"),
    ("choice", "Bois", "custom_choice"),
    ("choices", ["bronze", "Or"], "custom_choice"),
    ("choices", {"a": 1}, "shape"),
    ("link", "javascript:alert(1)", "website"),
    ("link", "deux mots", "website"),
    ("email", "marie", "email_no_at"),
    ("phone", "aucun", "phone_no_digits"),
]


@pytest.mark.parametrize(("type", "value", "code"), BAD)
def test_refuses_the_rest_with_its_reason(type, value, code):
    with pytest.raises(Bad) as refused:
        clean(field(type), value, "FR")
    assert refused.value.code == code


@pytest.mark.parametrize("type", CustomField.Type.values)
@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_nothing_is_nothing(type, nothing):
    assert clean(field(type), nothing, "FR") is None
    assert show(field(type), None, "FR") == "" == typed(field(type), None)
    assert keys(field(type), None, "FR") == []


@pytest.mark.parametrize(
    ("type", "kept", "country", "shown"),
    [
        ("number", 1234.5, "FR", f"1{THIN}234,5"),
        ("number", 10**14, "FR", f"100{THIN}000{THIN}000{THIN}000{THIN}000"),
        ("amount", "1234.50", "FR", f"1{THIN}234,50{HARD}€"),
        ("amount", "1234.50", "CA", f"1{HARD}234,50{HARD}$"),
        ("date", "2026-11-21", "FR", "21 novembre 2026"),
        ("boolean", False, "FR", "Non"),
        ("choices", ["bronze", "fer"], "FR", "Bronze, Fer"),
        ("choice", "bois", "FR", "Bois"),
        ("phone", "0199001234", "FR", "01 99 00 12 34"),
        ("link", "https://lac.example", "FR", "https://lac.example"),
    ],
)
def test_shows_values_as_they_are_written_here(type, kept, country, shown):
    with override("fr"):
        assert show(field(type), kept, country).replace(HARD, THIN) == shown.replace(HARD, THIN)


@pytest.mark.parametrize(("type", "value", "kept"), [one for one in GOOD if one[2] != "bois"])  # which was removed
def test_what_a_file_gets_comes_back_the_same(type, value, kept):
    with override("fr"):
        assert clean(field(type), typed(field(type), kept), "FR") == kept


@pytest.mark.parametrize(
    ("type", "values"),
    [
        ("number", [-1000, -3.5, -3, 0, 0.25, 7, 10, 123456789]),
        ("amount", ["-12.00", "0.50", "9.00", "10.00"]),
        ("date", ["1980-01-31", "1999-12-01", "2026-11-21"]),
        ("boolean", [False, True]),
    ],
)
def test_keys_come_in_the_order_of_values(type, values):
    found = [keys(field(type), value, "FR")[0] for value in values]
    assert found == sorted(found, key=lambda key: key.encode())
    assert len(set(found)) == len(values)


def test_several_choices_have_a_key_each():
    assert keys(field("choices"), ["bronze", "fer"], "FR") == ["bronze", "fer"]
    assert keys(field("text"), "Écluse", "FR") == ["ecluse"]
