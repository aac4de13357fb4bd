"""Dates for display: in words when near («hier, 14 h 30»), short when far («12 nov. 2025»).

Results are cached by day or minute, since pages repeat the same ones. Cache keys are naive local times: aware
datetimes of two zones compare equal if they are the same moment, and would share an entry.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

HOUR = timedelta(hours=1)
_FIRST = re.compile(r"\b1(?= [^\W\d])")


def in_words(moment: date | datetime, now: datetime | None = None) -> str:
    """Return `moment` relative to today, in the active language and time zone.

    A near `datetime` includes its time; a `date` never does. `now` is for tests.
    """
    now, language = timezone.localtime(now), get_language() or ""
    return (
        _in_words(_local(moment), now, language)
        if isinstance(moment, datetime)
        else _day(moment, now.date(), language)
    )


def exact(moment: date | datetime) -> str:
    """Return the full date, with the time for a `datetime`."""
    language = get_language() or ""
    return _exact(_local(moment), language) if isinstance(moment, datetime) else _whole_day(moment, language)


def written(day: date, shape: str = "DATE_FORMAT") -> str:
    """Return a date in a format of Django; in French, the first of a month as «1er décembre»."""
    text = date_format(day, shape)
    if day.day == 1 and (get_language() or "").startswith("fr"):
        text = _FIRST.sub("1er", text, count=1)
    return text


def both(moment: datetime, now: datetime, language: str) -> tuple[str, str]:
    """Return (`in_words`, `exact`) of a moment. `now`: in the reader's time zone, computed once per page."""
    local = moment.astimezone(now.tzinfo)
    return _in_words(local, now, language), _exact(local, language)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else timezone.make_aware(moment)


def _in_words(local: datetime, now: datetime, language: str) -> str:
    if timedelta() <= now - local < HOUR:
        return _minutes(int((now - local).total_seconds() // 60))
    day, today = local.date(), now.date()
    if -2 < (day - today).days < 7:
        return _near(local.replace(second=0, microsecond=0, tzinfo=None), today, language)
    return _day(day, today, language)


def _exact(local: datetime, language: str) -> str:
    """Format like the language's DATETIME_FORMAT, from its two cached halves."""
    between = " " if language.startswith("fr") else ", "
    return f"{_whole_day(local.date(), language)}{between}{_clock(time(local.hour, local.minute), language)}"


def _minutes(count: int) -> str:
    if not count:
        return gettext("just now")
    return ngettext("%(count)d min ago", "%(count)d min ago", count) % {"count": count}


@lru_cache(maxsize=4096)
def _near(local: datetime, today: date, language: str) -> str:
    clock = date_format(local, pgettext("format of a time", "P"))
    if local.minute == 0:
        clock = date_format(local, pgettext("format of a whole hour", "P"))
    return clock if local.date() == today else f"{_day(local.date(), today, language)}, {clock}"


@lru_cache(maxsize=4096)
def _day(day: date, today: date, language: str) -> str:
    apart = (day - today).days
    if apart in (-1, 0, 1):
        return {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}[apart]
    if 1 < apart < 7:
        return date_format(day, "l")
    first = day.day == 1  # «1er», in French
    if day.year == today.year:
        shape = pgettext("first of a month", "N j") if first else pgettext("day of this year", "N j")
    else:
        shape = pgettext("first of a month, a year", "N j, Y") if first else pgettext("day of a year", "N j, Y")
    return date_format(day, shape)


@lru_cache(maxsize=4096)
def _whole_day(day: date, language: str) -> str:
    return written(day)


@lru_cache(maxsize=4096)
def _clock(at: time, language: str) -> str:
    return time_format(at, "TIME_FORMAT")
