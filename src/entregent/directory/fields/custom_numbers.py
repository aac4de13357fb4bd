"""Numbers and amounts of custom fields: typed → stored → shown, and their sort keys (see ``custom_values``)."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal, get_territory_currencies
from django.utils.translation import get_language

from entregent.directory.models import CustomField
from entregent.kernel.errors import Bad


def text_of(value: Any) -> str:
    """Return one value of JSON as text. Raises ``Bad`` for a truth value, a list and an object."""
    if isinstance(value, bool | list | dict):
        raise Bad("shape")
    return str(value)


_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.][0-9]{1,6})?")
_NOT_OF_NUMBERS = re.compile(r"[\s'’_]|€|\$|CHF|EUR|CAD|USD", re.IGNORECASE)


def _number(value: Any, code: str) -> Decimal:
    """Parse a number whose thousands may be separated by spaces, points or commas (std F17). Raises ``Bad(code)``.

    A separator that occurs once is the decimal one: «1,234» is slightly more than one.
    """
    text = _NOT_OF_NUMBERS.sub("", text_of(value)).replace("−", "-")
    if "," in text and "." in text:
        thousands = "," if text.rindex(",") < text.rindex(".") else "."
        text = text.replace(thousands, "")
    for sign in ",.":
        if text.count(sign) > 1:
            text = text.replace(sign, "")
    text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise Bad(code)
    number = Decimal(text)
    if (isinstance(value, float) or code == "custom_number") and _digits(number) > EXACT_DIGITS:
        raise Bad("custom_digits", limit=EXACT_DIGITS)
    return number


EXACT_DIGITS = 15
"""Numbers of JSON and spreadsheets lose the digits after these."""


def _digits(number: Decimal) -> int:
    """Return how many digits a number needs, without zeros before and after."""
    return len("".join(map(str, number.as_tuple().digits)).strip("0"))


def clean_number(field: CustomField, value: Any, country: str) -> int | float:
    number = _number(value, "custom_number")
    return int(number) if number == number.to_integral_value() else float(number)


def clean_amount(field: CustomField, value: Any, country: str) -> str:
    number = _number(value, "custom_amount")
    cents = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if cents != number:
        raise Bad("custom_amount")
    return str(cents)


_OFFSET = 10**15


def number_key(field: CustomField, value: Any, country: str) -> str:
    """Return 16 digits, a point and 6 digits, whose text order is that of the numbers, negative ones included."""
    return f"{Decimal(str(value)) + _OFFSET:023.6f}"


def _locale(country: str) -> Locale:
    language = (get_language() or "fr")[:2]
    try:
        return Locale.parse(f"{language}_{country}", sep="_")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)


def show_number(field: CustomField, value: Any, country: str) -> str:
    return format_decimal(Decimal(str(value)), format="#,##0.######", locale=_locale(country))


def show_amount(field: CustomField, value: Any, country: str) -> str:
    """Return an amount in the currency of the account's country."""
    currencies = get_territory_currencies(country) or ["EUR"]
    return format_currency(Decimal(str(value)), currencies[0], locale=_locale(country))


def plain_number(value: Any) -> str:
    text = str(value) if isinstance(value, str) else format(Decimal(str(value)), "f")
    return text.replace(".", ",") if (get_language() or "fr").startswith("fr") else text
