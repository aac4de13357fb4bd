"""The closed list of contact languages."""

import pytest

from entregent.kernel.languages import language_code, languages


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
    for shown_in in ("en", "fr"):
        assert all(language_code(name) == language_code(code) == code for code, name in languages(shown_in))
    assert languages("en")[0] == ("fr", "French")
    assert dict(languages("fr"))["cr"] == "Cri"  # CLDR says «cree»
