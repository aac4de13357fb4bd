"""The closed list of contact languages."""

import pytest

from entregent.kernel.languages import LANGUAGES, language_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Français", "fr"),
        ("French", "fr"),
        ("fr-CA", "fr"),
        ("fr_CA", "fr"),
        ("FRA", "fr"),
        ("anglais", "en"),
        ("English (US)", "en"),
        ("Deutsch", "de"),
        ("néerlandais", "nl"),
        ("Nederlands", "nl"),
        ("klingon", ""),
        ("", ""),
    ],
)
def test_language(typed: str, code: str) -> None:
    assert language_code(typed) == code


def test_languages_know_their_own_names() -> None:
    assert all(language_code(code) == language_code(name) == code for code, name in LANGUAGES)
    assert LANGUAGES[0] == ("fr", "French")
