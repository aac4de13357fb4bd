"""Which passwords are refused as guessed first (std E1)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from tests.cast import PASSWORD

from entregent.accounts.models import User

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


def test_anothers_account_is_no_secret_of_ours(dimitri):
    validate_password("les-amis-du-lac-voient-loin", User.objects.get(pk=dimitri.user_id))
