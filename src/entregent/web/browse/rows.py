"""A list's rows, drawn by Jinja2: the same fifty rows cost a fifth of what Django's templates ask.

Everything a row shows stands on the party's own row of the database; words come translated from here.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jinja2 import Environment, PackageLoader

from entregent.accounts.actor import Actor
from entregent.directory.pages import Order
from entregent.shell.dates import exact, in_words
from entregent.shell.templatetags.shell import icon, initials, tone
from entregent.web.links import to

SHOWN = ("id", "name", "active", "email", "phone", "city", "tag_names", "last_action_at")
SHOWN_OF_PEOPLE = ("organisation_id", "organisation_name", "function")
MOST_TAGS = 4

_environment = Environment(
    loader=PackageLoader("entregent.web.browse", "rows"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_rows = _environment.get_template("rows.html")


def columns_of(kind: str, order: Order) -> list[str]:
    """The columns that a page of rows needs: those shown, and those that the cursor is made of."""
    return list(dict.fromkeys((*SHOWN, *(SHOWN_OF_PEOPLE if kind == "p" else ()), *order.fields)))


def draw(by: Actor, kind: str, rows: Iterable[dict[str, Any]]) -> SafeString:
    """The ``<tr>`` of each row of ``columns_of``.

    Addresses of records are the list's own with the id behind it (doors.md): no resolving for each row.
    """
    language = get_language() or "fr"
    now = timezone.localtime()
    return mark_safe(  # escaped by Jinja2
        _rows.render(
            rows=[_shown(row, now, language) for row in rows],
            people=kind == "p",
            base=to(by, "contacts:list" if kind == "p" else "organisations:list"),
            organisations=to(by, "organisations:list"),
            sheet="fiche/" if kind == "p" else "",
            icon=icon("user-circle" if kind == "p" else "building"),
            select=_("Select %(name)s"),
            open=_("Open the record of %(name)s"),
            states={True: ("on", _("Active")), False: ("off", _("Inactive"))},
            more_tags=_("and %(count)d more"),
        )
    )


def _shown(row: dict[str, Any], now: datetime, language: str) -> dict[str, Any]:
    name = row["name"]
    row["initials"], row["tone"] = _mark(name)
    row["when"], row["exact"] = when(row["last_action_at"], now, language)
    row["more_tags"] = len(row["tag_names"]) - MOST_TAGS
    row["tag_names"] = row["tag_names"][:MOST_TAGS]
    return row


@lru_cache(maxsize=4096)
def _mark(name: str) -> tuple[str, str]:
    return initials(name), tone(name)


def when(moment: datetime, now: datetime, language: str) -> tuple[str, str]:
    """A moment as the list says it, and exactly; only near ones are computed each time."""
    local = moment.astimezone(now.tzinfo)
    day, today = local.date(), now.date()
    if (today - day).days < 2:
        return in_words(local, now), exact(local)
    near, long = _day(day, today, language)
    return near, f"{long} {local:%H:%M}"


@lru_cache(maxsize=4096)
def _day(day: date, today: date, language: str) -> tuple[str, str]:
    return in_words(day, datetime(today.year, today.month, today.day, 12, tzinfo=timezone.get_current_timezone())), (
        date_format(day, "DATE_FORMAT")
    )
