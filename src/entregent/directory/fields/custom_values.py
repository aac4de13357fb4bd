"""Values of custom fields (C6), type by type: typed → stored → shown, and their sort keys.

Stored values are JSON: a string for text, link, e-mail, phone and date (ISO 8601); a number; an amount as a string
with two decimals, to avoid rounding; true or false; the code of a choice, or a list of codes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from entregent.directory.models import CustomField
from entregent.kernel.dates import parse_date, parse_known
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad
from entregent.kernel.phones import format_phone, parse_phone, phone_search_text
from entregent.kernel.text import clean_line, clean_text, fold
from entregent.kernel.websites import website_url
from entregent.shell.dates import written

from .custom_numbers import clean_amount, clean_number, number_key, plain_number, show_amount, show_number, text_of

KEY_LENGTH = 200
MOST_SOUGHT = KEY_LENGTH // 2
"""How much text can be looked for: keys of long texts overlap by as much, so that one of them holds it whole."""
TEXT_LENGTH, LONG_LENGTH = 300, 10_000
YES = frozenset("oui yes vrai true 1 o y x".split())
NO = frozenset("non no faux false 0 n".split())
Type = CustomField.Type
TEXTS = frozenset({Type.TEXT, Type.LONG, Type.LINK, Type.EMAIL})
"""Types whose values are text of any words."""


def clean(field: CustomField, value: Any, country: str) -> Any:
    """Return the form in which a record keeps ``value`` (typed, or JSON); None if it is empty. Raises ``Bad``.

    ``country``: the account's, for phone numbers.
    """
    kept = understood(field, value, country)
    return kept if field.type != Type.DATE or kept is None else parse_known(kept).isoformat()


def understood(field: CustomField, value: Any, country: str) -> Any:
    """Return what ``value`` means, as a record would keep it; also dates that no record has, for searches.

    None if it is empty. Raises ``Bad``.
    """
    if value is None or (isinstance(value, str) and not value.strip()) or value == []:
        return None
    return _TYPES[field.type].clean(field, value, country)


def show(field: CustomField, value: Any, country: str) -> str:
    """Return a stored value as text for people, in the current language; ``""`` for none."""
    if value is None:
        return ""
    return _TYPES[field.type].show(field, value, country)


def typed(field: CustomField, value: Any) -> str:
    """Return a stored value as text for files, which ``clean`` converts back to the same value."""
    if value is None:
        return ""
    if field.type == Type.BOOLEAN:
        return _("yes") if value else _("no")
    if field.type in (Type.CHOICE, Type.CHOICES):
        return "; ".join(_labels(field, value))
    if field.type in (Type.NUMBER, Type.AMOUNT):
        return plain_number(value)
    return str(value)


def keys(field: CustomField, value: Any, country: str) -> list[str]:
    """Return the search and sort keys of a stored value: one per choice, or per piece of a long text.

    ``country``: the account's, for phone numbers.
    """
    if value is None:
        return []
    if isinstance(value, list):
        return [str(code)[:KEY_LENGTH] for code in value]
    key = _TYPES[field.type].key(field, value, country)
    return pieces(key) if field.type in TEXTS else [key[:KEY_LENGTH]]


def pieces(key: str) -> list[str]:
    """Return a folded text in pieces that overlap."""
    last = max(len(key) - MOST_SOUGHT, 1)
    return [key[start : start + KEY_LENGTH] for start in range(0, last, MOST_SOUGHT)]


def _clean_text(field: CustomField, value: Any, country: str) -> str | None:
    return clean_line(text_of(value), TEXT_LENGTH) or None


def _clean_long(field: CustomField, value: Any, country: str) -> str | None:
    return clean_text(text_of(value).replace("\r\n", "\n"), LONG_LENGTH) or None


def _clean_date(field: CustomField, value: Any, country: str) -> str:
    return parse_date(value if isinstance(value, date) else text_of(value)).isoformat()


def _show_date(field: CustomField, value: Any, country: str) -> str:
    try:
        return written(date.fromisoformat(value))
    except ValueError:
        return str(value)


def _clean_boolean(field: CustomField, value: Any, country: str) -> bool:
    if isinstance(value, bool):
        return value
    word = fold(text_of(value))
    if word not in YES | NO:
        raise Bad("boolean")
    return word in YES


def _clean_link(field: CustomField, value: Any, country: str) -> str:
    return website_url(clean_line(text_of(value), 500))


def _clean_email(field: CustomField, value: Any, country: str) -> str:
    return parse_email(text_of(value)).value


def _clean_phone(field: CustomField, value: Any, country: str) -> str:
    text = clean_line(text_of(value), 60)
    parse_phone(text, country)
    return text


def _show_phone(field: CustomField, value: Any, country: str) -> str:
    try:
        phone = parse_phone(value, country)
    except Bad:
        return str(value)
    plain = phone.e164 and not phone.extension and not phone.note
    return format_phone(phone.e164, country) if plain else str(value)


def choice_of(field: CustomField, word: Any) -> str:
    """Return the code of a choice given by its code or its label. Raises ``Bad``.

    Codes of retired choices are accepted, since records may have them; ``actions.parties.custom`` refuses them as new
    values.
    """
    text = text_of(word).strip()
    if any(choice["code"] == text for choice in field.choices):
        return text
    there = [choice for choice in field.choices if not choice.get("removed")]
    key = fold(text)
    for choice in there:
        if fold(choice["label"]) == key or choice["label"].casefold() == text.casefold():
            return choice["code"]
    raise Bad("custom_choice", choices=", ".join(choice["label"] for choice in there if not choice.get("retired")))


def _clean_choice(field: CustomField, value: Any, country: str) -> str:
    return choice_of(field, value)


_BETWEEN_CHOICES = re.compile(r"[;\n|]")


def _clean_choices(field: CustomField, value: Any, country: str) -> list[str] | None:
    """Return codes in the field's order. Text is split at «;», or at commas if no label contains one."""
    words = value if isinstance(value, list) else _BETWEEN_CHOICES.split(text_of(value))
    found: set[str] = set()
    for word in words:
        text = text_of(word).strip()
        if not text:
            continue
        try:
            found.add(choice_of(field, text))
        except Bad:
            if isinstance(value, list) or "," not in text:
                raise
            found.update(choice_of(field, part) for part in text.split(",") if part.strip())
    return [choice["code"] for choice in field.choices if choice["code"] in found] or None


def choice_codes(field: CustomField, text: str) -> list[str]:
    """Return the codes of the choices that a text names, by code or by label. Raises ``Bad``."""
    return _clean_choices(field, text, "") or []


def choice_label(field: CustomField, code: Any) -> str:
    """Return the label of a choice, also of a removed one, which the history still names."""
    return next((choice["label"] for choice in field.choices if choice["code"] == code), str(code))


def _show_choices(field: CustomField, value: Any, country: str) -> str:
    return ", ".join(_labels(field, value))


def _labels(field: CustomField, value: Any) -> list[str]:
    return [choice_label(field, code) for code in (value if isinstance(value, list) else [value])]


def _as_it_is(field: CustomField, value: Any, country: str) -> str:
    return str(value)


def _show_boolean(field: CustomField, value: Any, country: str) -> str:
    return _("Yes") if value else _("No")


def _phone_key(field: CustomField, value: Any, country: str) -> str:
    """Return the digits of both the international and the national form, to be found by either."""
    try:
        phone = parse_phone(str(value), country)
    except Bad:
        return str(value)
    return phone_search_text(phone.e164, phone.raw)


@dataclass(frozen=True, slots=True)
class _Kind:
    clean: Callable[[CustomField, Any, str], Any]
    show: Callable[[CustomField, Any, str], str] = _as_it_is
    key: Callable[[CustomField, Any, str], str] = lambda field, value, country: fold(str(value))


_TYPES: dict[str, _Kind] = {
    Type.TEXT: _Kind(_clean_text),
    Type.LONG: _Kind(_clean_long),
    Type.NUMBER: _Kind(clean_number, show_number, number_key),
    Type.AMOUNT: _Kind(clean_amount, show_amount, number_key),
    Type.DATE: _Kind(_clean_date, _show_date, _as_it_is),
    Type.BOOLEAN: _Kind(_clean_boolean, _show_boolean, lambda field, value, country: "1" if value else "0"),
    Type.CHOICE: _Kind(_clean_choice, _show_choices, _as_it_is),
    Type.CHOICES: _Kind(_clean_choices, _show_choices, _as_it_is),
    Type.LINK: _Kind(_clean_link),
    Type.EMAIL: _Kind(_clean_email, key=lambda field, value, country: str(value).casefold()),
    Type.PHONE: _Kind(_clean_phone, _show_phone, _phone_key),
}
