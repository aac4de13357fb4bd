"""Dates in words where near («hier, 14 h 30»), short where far («12 nov. 2025»)."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

HOUR = timedelta(hours=1)


def in_words(moment: date | datetime, now: datetime | None = None) -> str:
    """Return `moment` as one says it today, in the active language and time zone.

    A `datetime` tells its time while near; a plain `date` never does. `now` is for tests.
    """
    now = timezone.localtime(now)
    if not isinstance(moment, datetime):
        return _day(moment, now.date())
    local = timezone.localtime(moment) if timezone.is_aware(moment) else timezone.make_aware(moment)
    if timedelta() <= now - local < HOUR:
        return _minutes(int((now - local).total_seconds() // 60))
    apart = (local.date() - now.date()).days
    if not -2 < apart < 7:
        return _day(local.date(), now.date())
    time = date_format(local, pgettext("format of a time", "P"))
    if local.minute == 0:
        time = date_format(local, pgettext("format of a whole hour", "P"))
    return time if not apart else f"{_day(local.date(), now.date())}, {time}"


def exact(moment: date | datetime) -> str:
    """Return the whole date, with the time if there is one."""
    if not isinstance(moment, datetime):
        return date_format(moment, "DATE_FORMAT")
    return date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "DATETIME_FORMAT")


def _minutes(count: int) -> str:
    if not count:
        return gettext("just now")
    return ngettext("%(count)d min ago", "%(count)d min ago", count) % {"count": count}


def _day(day: date, today: date) -> str:
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
