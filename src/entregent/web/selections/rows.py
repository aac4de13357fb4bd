"""The parts of a list's rows, drawn without templates, which takes a tenth of the time.

Everything a row shows is in columns of ``Party``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.shell.templatetags.shell import icon, initials, tone
from entregent.store.pages import Order
from entregent.web.links import to
from entregent.web.statuses import badges

SHOWN = (
    "id",
    "version",
    "name",
    "active",
    "status_id",
    "email",
    "phone",
    "city",
    "tag_names",
    "last_action_at",
    "account_id",
    "base_id",
    "retired_at",
)
SHOWN_OF_PEOPLE = ("last_name", "first_name", "organisation_id", "organisation_name", "function")
MOST_TAGS = 2


def columns_of(kind: str, order: Order, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns of ``Party`` that a page needs: for its rows, and for the cursor."""
    return tuple(dict.fromkeys((*SHOWN, *(SHOWN_OF_PEOPLE if kind == "p" else ()), *others, *order.fields)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What all rows of a page have in common, already escaped."""

    base: str
    organisations: str
    sheet: str
    icon: str
    select: tuple[str, str]
    open: tuple[str, str]
    states: dict[bool, str]
    statuses: Mapping[int, str]
    more_tags: str
    account: int
    service: str
    retired: str
    incomplete: str
    joined: Mapping[int, str] | None
    now: datetime
    language: str


def shared(by: Actor, kind: str, rows: Iterable[dict[str, Any]], joined: Mapping[int, str] | None) -> Drawn:
    """Return what is computed once for all of ``rows``.

    A record's URL is the list's followed by its id, which avoids resolving one per row.
    """
    people = kind == "p"
    return Drawn(
        base=to(by, "contacts:list" if people else "organisations:list"),
        organisations=to(by, "organisations:list"),
        sheet="fiche/" if people else "",
        icon=icon("user-circle" if people else "building"),
        select=_around_name(_("Select %(name)s")),
        open=_around_name(_("Open the record of %(name)s")),
        states={True: _state("on", _("Active")), False: _state("off", _("Inactive"))},
        statuses=badges(row["status_id"] for row in rows),
        more_tags=escape(_("and %(count)d more")),
        account=by.account.pk,
        service=_service(_("Kept up to date by the service")),
        retired=format_html("<small>{}</small>", _("No longer in office")),
        incomplete=format_html(' <span class="badge wait">{}</span>', _("To complete")),
        joined=joined,
        now=timezone.localtime(),
        language=get_language() or "fr",
    )


def first(page: Drawn, row: dict[str, Any]) -> str:
    """Return the start of a row: its checkbox and its name."""
    pk, name = row["id"], escape(row["name"])
    initials, tone = _mark(row["name"])
    return f"""<tr data-row>\
<td class="tick"><input type="checkbox" name="ids" value="{pk}.{row["version"]}" data-select-row \
aria-label="{page.select[0]}{name}{page.select[1]}"></td>
<th scope="row"><span class="name"><span class="avatar {tone}" aria-hidden="true">{escape(initials)}</span> \
<a href="{page.base}{pk}/" data-open>{name}</a>{_marks(page, row)}</span></th>"""


def last(page: Drawn, row: dict[str, Any]) -> str:
    """Return the end of a row: the link to the record."""
    pk, name = row["id"], escape(row["name"])
    return f"""{_joined(page, pk)}<td><a class="button quiet small icon-only" href="{page.base}{pk}/{page.sheet}" \
aria-label="{page.open[0]}{name}{page.open[1]}">{page.icon}</a></td></tr>"""


def _joined(page: Drawn, pk: int) -> str:
    return "" if page.joined is None else f'<td class="nowrap wide-only of-joined">{page.joined.get(pk, "")}</td>\n'


def _marks(page: Drawn, row: dict[str, Any]) -> str:
    """Return the marks beside a name: of a person «À compléter», of a shared record (A6)."""
    mark = page.incomplete if "last_name" in row and not (row["last_name"] and row["first_name"]) else ""
    if row["account_id"] == page.account and row["base_id"] is None:
        return mark
    return f"{mark} {page.service}{page.retired if row['retired_at'] else ''}"


def _service(word: str) -> SafeString:
    return format_html(
        '<span class="of-service" title="{}">{}<span class="sr-only">{}</span></span>', word, icon("lock"), word
    )


def status(page: Drawn, row: dict[str, Any]) -> str:
    """Return the status, if it is the account's own; the operator's is hidden."""
    own = row["account_id"] == page.account
    return page.statuses.get(row["status_id"], "") if own and row["status_id"] else ""


def place(page: Drawn, row: dict[str, Any]) -> str:
    """Return a person's organisation and function."""
    pk, organisation, function = row["organisation_id"], row["organisation_name"], row["function"]
    link = f'<a class="plain" href="{page.organisations}{pk}/">{escape(organisation)}</a>' if organisation else ""
    return link + (f"<small>{escape(function)}</small>" if function else "")


def reach(email: str, phone: str) -> str:
    """Return an e-mail address and a phone number as links."""
    if email:
        email = escape(email)
        email = f'<a class="plain" href="mailto:{email}">{email}</a>'
    if phone:
        phone = escape(phone)
        phone = f'<small><a class="plain figures" href="tel:{phone.replace(" ", "")}">{phone}</a></small>'
    return email + phone


def tags(page: Drawn, names: list[str]) -> str:
    """Return the first tags, and the number of others."""
    if not names:
        return ""
    more = len(names) - MOST_TAGS
    rest = f'<small title="{page.more_tags % {"count": more}}">+{more}</small>' if more > 0 else ""
    return f'<span class="tags">{"".join([_tag(name) for name in names[:MOST_TAGS]])}{rest}</span>'


@lru_cache(maxsize=4096)
def _tag(name: str) -> str:
    return f'<a class="tag" href="?tag={quote(name)}">{escape(name)}</a>'


def _state(css: str, word: str) -> SafeString:
    return format_html('<span class="state {}"><span class="dot"></span> {}</span>', css, word)


def _around_name(sentence: str) -> tuple[str, str]:
    """Split a sentence at its name, so that rows need no formatting."""
    before, _name, after = sentence.partition("%(name)s")
    return escape(before), escape(after)


@lru_cache(maxsize=4096)
def _mark(name: str) -> tuple[str, str]:
    return initials(name), tone(name)
