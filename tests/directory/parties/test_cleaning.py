"""Cleaning cards: the same rules for every interface, all problems at once."""

import pytest

from entregent.accounts.models import Account
from entregent.directory.messages import Invalid
from entregent.directory.parties.cards import blank, changes, merged, plain
from entregent.directory.parties.cleaning import Clean, Cleaner

ACCOUNT = Account(slug="lac", name="Lac", country="FR", language="fr")


def clean(kind: str = "p", **given) -> Clean:
    names = {"last_name": "Dupont", "first_name": "Marie"} if kind == "p" else {"name": "Lac"}
    return Cleaner(ACCOUNT).clean(kind, merged(blank(kind, "fr"), names | given))


def refused(kind: str = "p", **given) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as invalid:
        clean(kind, **given)
    return [(problem.field, problem.code) for problem in invalid.value.problems]


def test_last_and_first_names_are_required_and_language_is_the_accounts():
    """D1."""
    assert refused(last_name=" ", first_name="") == [("last_name", "required"), ("first_name", "required")]
    assert clean(language="").columns["language"] == "fr"


def test_all_problems_are_told_at_once():
    found = refused(
        last_name="", email="a@@b.example", vat_number="FR44732829321", birth_date="hier", language="klingon"
    )
    assert dict(found) == {
        "last_name": "required",
        "email": "email_two_ats",
        "vat_number": "vat_check_digit",
        "birth_date": "date",
        "language": "language",
    }


@pytest.mark.parametrize(
    "number", ["FR44732829320", "FR 44 732 829 320", "fr44732829320", "BE0428759497", "LU15027442"]
)
def test_right_vat_numbers_are_kept(number):
    """std F14."""
    assert clean(vat_number=number).columns["vat_number"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("siren", "732829321", "siren_check_digit"),
        ("siret", "35600000049838", "siret_check_digit"),
        ("neq", "1140000000", "neq_check_digit"),
        ("name", "a" * 10_000, "too_long"),
        ("website", "javascript:alert(1)", "website"),
        ("website", "pas un site", "website"),
    ],
)
def test_wrong_identifiers_and_sites_are_refused(field, value, code):
    assert refused("o", **{field: value}) == [(field, code)]


def test_a_siret_gives_its_siren():
    assert clean("o", siret="35600000049837").columns["siren"] == "356000000"


def test_names_are_kept_as_typed_but_for_control_characters():
    """std F1, C19."""
    kept = clean(last_name="  D’USTON\x00 de\u200b  Villeréglan ")
    assert kept.columns["last_name"] == "D’USTON de Villeréglan"


@pytest.mark.parametrize(
    ("country", "typed", "kept"), [("CA", "h2x1y4", "H2X 1Y4"), ("FR", "75001", "75001"), ("LU", "L-1234", "1234")]
)
def test_postal_codes_take_their_countrys_form(country, typed, kept):
    """std F9-F11."""
    address = clean(address={"city": "X", "country": country, "postal_code": typed}).addresses[0]
    assert address["postal_code"] == kept


def test_a_wrong_postal_code_is_told_on_its_field():
    assert refused(address={"city": "Paris", "postal_code": "7500"}) == [("postal_code", "postal_code")]


def test_phones_are_kept_as_typed_and_compared_as_e164():
    """std F12."""
    (phone,) = clean(phone="04.75.87.81.00 poste 12").channels
    assert (phone.value, phone.key, phone.extension) == ("04.75.87.81.00 poste 12", "+33475878100", "12")


def test_an_email_is_kept_as_typed_and_compared_folded():
    """std B23."""
    (email,) = clean(email=" Marie.DUPONT@Élysée.example ").channels
    assert email.value == "Marie.DUPONT@Élysée.example"
    assert email.key == "marie.dupont@xn--lyse-9oad.example"


def test_tags_are_one_whatever_case_accents_and_commas():
    assert clean(tags=["Élus", "elus", "presse, ÉLUS", " "]).tags == ["Élus", "presse"]


def test_visibility_names_somebody():
    """B3."""
    assert refused(visibility={"mode": "shared", "teams": [], "users": []}) == [("visibility", "visibility_nobody")]
    assert refused(visibility={"mode": "all"}) == [("visibility", "visibility")]


@pytest.mark.parametrize(
    "shape", [{"emails": "x"}, {"emails": [1]}, {"tags": "x"}, {"active": "oui"}, {"birth_date": {}}]
)
def test_other_shapes_are_refused_and_never_crash(shape):
    assert refused(**shape)


def test_a_clean_card_cleans_to_itself():
    first = clean(
        email="a@b.example", phone="03 23 45 67 89 / appeler le 17", website="lac.example", tags=["a"],
        address={"street": "1, rue A\nBP 2", "city": "Lyon", "postal_code": "69001"}, birth_date="21/11/1980",
    )  # fmt: skip
    again = Cleaner(ACCOUNT).clean("p", merged(blank("p", "fr"), first.card()))
    assert changes(plain(first.card()), plain(again.card())) == {}


def test_short_forms_change_the_main_item_and_leave_the_others():
    card = merged(blank("p", "fr"), {"emails": [{"value": "a@x.example", "label": "pro"}, {"value": "b@x.example"}]})
    changed = merged(card, {"email": "c@x.example"})["emails"]
    assert [(item["value"], item.get("label")) for item in changed] == [("c@x.example", "pro"), ("b@x.example", None)]
    assert [item["value"] for item in merged(card, {"email": ""})["emails"]] == ["b@x.example"]
