"""Company and VAT numbers: format and check digits, without network look-ups (std F13-F15)."""

import re
from functools import lru_cache

from stdnum import luhn
from stdnum.ch import uid
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.util import get_cc_module

from .errors import Bad

LA_POSTE = "356000000"

_SEPARATORS = re.compile(r"[\s.,/\-–_'’\u200b\ufeff]+")
_SWISS = re.compile(r"(CHE\d{9})(TVA|MWST|IVA|TPV|VAT)?")
# Canadian tax numbers: TPS (GST) has a Luhn check on nine digits, TVQ (QST) no public check digit.
_TPS = re.compile(r"(\d{9})RT\d{4}")
_TVQ = re.compile(r"\d{10}TQ\d{4}")
_UNVERIFIED_FRENCH_KEY = re.compile(r"FR(?!\d\d)[0-9A-HJ-NP-Z]{2}(\d{9})")


def _compact(s: str) -> str:
    return _SEPARATORS.sub("", s).upper()


@lru_cache(maxsize=4_096)
def check_vat(s: str) -> str:
    """Return a VAT number without separators, country code first: FR44732829320, CHE107787577TVA.

    Canadian TPS and TVQ numbers are accepted too. Raises Bad("vat_format") or Bad("vat_check_digit") (std F14).
    """
    number = _compact(s)
    if number.startswith("CH"):
        return _check_swiss(number)
    if found := _TPS.fullmatch(number):
        return _with_luhn(number, found[1], "vat_check_digit")
    if _TVQ.fullmatch(number) or _UNVERIFIED_FRENCH_KEY.fullmatch(number):
        return number
    return _check_european(number)


def _check_swiss(number: str) -> str:
    found = _SWISS.fullmatch(number)
    if not found:
        raise Bad("vat_format")
    try:
        uid.validate(found[1])
    except ValidationError as error:
        raise Bad("vat_check_digit") from error
    return number


def _check_european(number: str) -> str:
    country = number[:2]
    union = country.lower() in {*vat.MEMBER_STATES, "el"}
    module = vat if union else get_cc_module(country, "vat") if country.isalpha() else None
    if module is None:
        raise Bad("vat_format")
    try:
        compact = module.validate(number)
    except InvalidChecksum as error:
        raise Bad("vat_check_digit") from error
    except ValidationError as error:
        raise Bad("vat_format") from error
    return compact if compact.startswith(country) else country + compact


@lru_cache(maxsize=4_096)
def check_siren(s: str) -> str:
    """Return a SIREN as 9 digits; raises Bad("siren_format") or Bad("siren_check_digit") (std F13)."""
    digits = _digits(s, 9, "siren_format")
    return _with_luhn(digits, digits, "siren_check_digit")


@lru_cache(maxsize=4_096)
def check_siret(s: str) -> str:
    """Return a SIRET as 14 digits; raises Bad("siret_format") or Bad("siret_check_digit") (std F13)."""
    digits = _digits(s, 14, "siret_format")
    if digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return digits
    _with_luhn(digits, digits[:9], "siret_check_digit")
    return _with_luhn(digits, digits, "siret_check_digit")


@lru_cache(maxsize=4_096)
def check_neq(s: str) -> str:
    """Return a Québec enterprise number as 10 digits: prefix 11, 22, 33 or 88, Luhn on the last 8 (std F15).

    Raises Bad("neq_format") or Bad("neq_check_digit").
    """
    digits = _digits(s, 10, "neq_format")
    if digits[:2] not in {"11", "22", "33", "88"}:
        raise Bad("neq_format")
    return _with_luhn(digits, digits[2:], "neq_check_digit")


def _digits(s: str, length: int, code: str) -> str:
    digits = _compact(s)
    if len(digits) != length or not (digits.isascii() and digits.isdigit()):
        raise Bad(code)
    return digits


def _with_luhn(number: str, checked: str, code: str) -> str:
    """Return `number` if the digits `checked` pass Luhn and are not all zero, else raise Bad(code)."""
    if not luhn.is_valid(checked) or not checked.strip("0"):
        raise Bad(code)
    return number
