"""E-mail addresses (std B22-B24)."""

import pytest

from entregent.kernel.emails import Email, parse_email
from entregent.kernel.errors import Bad


@pytest.mark.parametrize(
    ("typed", "value", "key"),
    [
        ("Marie.Dupont@Exemple.FR", "Marie.Dupont@Exemple.FR", "marie.dupont@exemple.fr"),
        ("  <marie@exemple.fr>;", "marie@exemple.fr", "marie@exemple.fr"),
        ("mailto:marie@exemple.fr?subject=Oui", "marie@exemple.fr", "marie@exemple.fr"),
        ("marie@exemple.fr.", "marie@exemple.fr", "marie@exemple.fr"),
        ("o'neil+x&y@exemple.fr", "o'neil+x&y@exemple.fr", "o'neil+x&y@exemple.fr"),
        ("a@École.fr", "a@École.fr", "a@xn--cole-9oa.fr"),
        ("a@xn--cole-9oa.fr", "a@xn--cole-9oa.fr", "a@xn--cole-9oa.fr"),
        ("\u200ba@b.museum", "a@b.museum", "a@b.museum"),
    ],
)
def test_accepted(typed: str, value: str, key: str) -> None:
    assert parse_email(typed) == Email(value, key)


def test_dots_and_tags_make_another_address() -> None:
    """Std B24: they only raise a hint, elsewhere."""
    assert parse_email("a.b@c.fr").key != parse_email("ab@c.fr").key
    assert parse_email("a+b@c.fr").key != parse_email("a@c.fr").key


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        (" <> ", "required"),
        ("marie", "email_no_at"),
        ("http://exemple.fr", "email_no_at"),
        ("a@b@c.fr", "email_two_ats"),
        ("a b@c.fr", "email_space"),
        ("a@b c.fr", "email_space"),
        ("a@b.fr; c@d.fr", "email_several"),
        ("a@b.fr c@d.fr", "email_several"),
        ("Marie <a@b.fr>", "email_name"),
        ("hélène@exemple.fr", "email_not_ascii"),
        ("a..b@c.fr", "email_syntax"),
        (".a@c.fr", "email_syntax"),
        ("@c.fr", "email_syntax"),
        ('"a b"@c.fr', "email_space"),
        ("a@b", "email_domain"),
        ("a@", "email_domain"),
        ("a@b_c.fr", "email_domain"),
        ("a@-b.fr", "email_domain"),
        ("a@192.0.2.1", "email_domain"),
        ("a@xn--zzzzzz\u00e9.fr", "email_domain"),
        ("a@xn--0.fr", "email_domain"),
        ("a@" + "b" * 64 + ".fr", "email_domain"),
        ("x" * 65 + "@c.fr", "email_too_long"),
        ("x" * 64 + "@" + "abcdefgh." * 21 + "fr", "email_too_long"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(Bad) as caught:
        parse_email(typed)
    assert caught.value.code == code
