"""Which passwords are refused as guessed first (std E1)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from tests.cast import PASSWORD

from entregent.accounts.models import Account, User

COMMON = [
    "motdepasse123", "Mot-de-passe-2026!", "azertyuiop123", "Azertyuiop!2026", "password1234", "p a s s w o r d 1 2",
    "bonjourbonjour", "Bonjour-Bonjour!", "qwertyuiop2026", "marseille2026!", "123456789012345", "iloveyou-2026",
]  # fmt: skip
NAMES = ["Entregent-2026-ok", "mon entregent à moi", "les-amis-du-lac-2026", "LesAmisDuLac!!!"]
FINE = [PASSWORD, "une-autre-phrase-longue", "Ünïcödé 🌲 sans règle de composition", "mes amis d'un autre lac"]


@pytest.mark.parametrize("password", COMMON)
def test_a_common_one_in_disguise_is_refused(bruno, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User.objects.get(pk=bruno.user_id))
    assert "password_too_common" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("password", NAMES)
def test_the_names_of_program_and_account_are_refused(bruno, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User.objects.get(pk=bruno.user_id))
    assert "password_names" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("password", FINE)
def test_a_sentence_is_fine(bruno, password):
    validate_password(password, User.objects.get(pk=bruno.user_id))


SHORT = {
    ("Walk", "walk"): ["walkwalkwalk1", "Walk-Walk-2026!", "1walk2walk3walk", "walk2026!!!!!"],
    ("« Les Amis du lac »", "demo"): [
        "amisdulac-2026", "demodemodemo1", "amislac-2026!!", "lac-des-amis-2026", "DemoLesAmis2026",
        "oh amisdulac oh 26",
    ],
    ("Élus 26", "26"): ["Élus-26-elus-26", "les elus 262626"],
}  # fmt: skip


@pytest.mark.parametrize(("names", "password"), [(names, each) for names, every in SHORT.items() for each in every])
def test_a_short_name_repeated_or_shortened_is_refused(names, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, joining(*names))
    assert "password_names" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    "password", [*FINE, "un lac, trois canards, midi", "la démo du chat gris", "walking-home-late"]
)
def test_a_sentence_with_a_short_word_of_the_account_is_fine(password):
    for names in SHORT:
        validate_password(password, joining(*names))


def joining(name: str, slug: str) -> User:
    """Return someone who is about to join an account of this name."""
    user = User(email="zoe@lac.example")
    user.joining = [Account(name=name, slug=slug)]
    return user


def test_anothers_account_is_no_secret_of_ours(dimitri):
    validate_password("les-amis-du-lac-voient-loin", User.objects.get(pk=dimitri.user_id))
