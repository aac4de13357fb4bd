"""Dates as people and spreadsheets write them (std F16)."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo

from .errors import Bad

# Excel counts days from 1899-12-30 (its 1900 is wrongly a leap year, which only matters before March 1900).
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(61, 109_575)  # 1900-03-01 to 2199-12-31

LONGEST = 60
"""Signs of a date with its time of day: a longer text is none, and is not searched."""
EARLIEST_BIRTH = 1850
"""The year of the earliest birth date; before it, a date is a typing error or stands for none."""
YEARS = range(1000, 3000)
"""The years of everything else that a record tells."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERIC = re.compile(r"(\d{1,4})([/.\-\s])(\d{1,2})\2(\d{1,4})")
_COMPACT = re.compile(r"(19|20)\d{6}")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_TIME = re.compile(r"[T\s]+\d{1,2}[:h]\d{0,2}.*$")
_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[\s\-]+(?:de\s+)?([^\W\d_]+)\.?,?[\s\-]+(\d{2,4})", re.IGNORECASE)
_MONTHS = {
    name: month
    for month, names in enumerate(
        "janv janvier jan january;fevr fevrier fev feb february;mars mar march;avr avril apr april;mai may;"
        "juin jun june;juil juillet jul july;aout aou aug august;sept septembre sep september;"
        "oct octobre october;nov novembre november;dec decembre december".split(";"),
        start=1,
    )
    for name in names.split()
}
_PLAIN_LETTERS = str.maketrans("éèûô", "eeuo")


def parse_date(s: str | float | date, order: str = "dmy") -> date:
    """Parse a date: ISO, numeric in the given order ("dmy" or "mdy"), in words, or an Excel serial number.

    A two-digit year falls within the last 80 years or the next 20. The time of day, if any, is dropped.
    Raises Bad("date").
    """
    if isinstance(s, datetime):
        return s.date()
    if isinstance(s, date):
        return s
    if isinstance(s, int | float):
        return _from_excel(s)
    text = s.strip()
    if len(text) > LONGEST:
        raise Bad("date", value=s[:LONGEST])
    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    found = _NUMERIC.fullmatch(text)
    if not found:
        text = _TIME.sub("", text)
        found = _NUMERIC.fullmatch(text)
    try:
        if found:
            return _from_numbers(found[1], found[3], found[4], order)
        return _from_other(text)
    except ValueError as error:
        raise Bad("date", value=s) from error


def parse_birth(s: str | date, today: date) -> date:
    """Parse a birth date. Raises Bad("date"), or Bad("date_birth") if nobody alive or remembered was born then."""
    day = parse_date(s)
    if day.year < EARLIEST_BIRTH or day > today:
        raise Bad("date_birth", year=EARLIEST_BIRTH)
    return day


def parse_known(s: str | date) -> date:
    """Parse a date that a record tells, as of a position. Raises Bad("date"), or Bad("date_far") for absurd years."""
    day = parse_date(s)
    if day.year not in YEARS:
        raise Bad("date_far", first=YEARS[0], last=YEARS[-1])
    return day


def parse_moment(s: str | datetime, zone: tzinfo) -> datetime:
    """Parse a time in ISO 8601, or a date as people write it, meaning its start; without an offset, in `zone`.

    Raises Bad("date"), also in the first and the last year: no other zone could tell some of their times.
    """
    try:
        if isinstance(s, datetime):
            moment = s
        else:
            moment = datetime.fromisoformat(s) if ":" in s else datetime.combine(parse_date(s), time.min)
    except (TypeError, ValueError) as error:
        raise Bad("date", value=s) from error
    if not date.min.year < moment.year < date.max.year:
        raise Bad("date", value=s)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _from_excel(serial: float) -> date:
    # NaN and infinity compare false, booleans are not dates.
    if isinstance(serial, bool) or not _EXCEL_DAYS[0] <= serial <= _EXCEL_DAYS[-1]:
        raise Bad("date", value=serial)
    return _EXCEL_EPOCH + timedelta(days=int(serial))


def _from_numbers(first: str, second: str, third: str, order: str) -> date:
    if len(first) >= 3:
        return date(int(first), int(second), int(third))
    day, month = (first, second) if order == "dmy" else (second, first)
    return date(_year(third), int(month), int(day))


def _from_other(text: str) -> date:
    if _COMPACT.fullmatch(text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if _SERIAL.fullmatch(text):
        return _from_excel(float(text.replace(",", ".")))
    found = _WORDS.fullmatch(text)
    month = _MONTHS.get(found[2].lower().translate(_PLAIN_LETTERS)) if found else None
    if not found or not month:
        raise ValueError(text)
    return date(_year(found[3]), month, int(found[1]))


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        raise ValueError(digits)
    latest = date.today().year + 20
    return latest - (latest - int(digits)) % 100
