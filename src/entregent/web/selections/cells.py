"""The columns that can be chosen for a list: the data they need, and how their cells are drawn (X2).

A column's ``make`` is given all rows of the page and returns a function that draws one, so that other tables are
queried once per page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.words import organisation_word
from entregent.directory.fields.custom import definitions
from entregent.directory.fields.custom_values import show
from entregent.directory.fields.field import Door, Field
from entregent.directory.fields.field_types import Addresses, Choice, Day, Language, Line, Number, Type, Ways
from entregent.directory.fields.register import CUSTOM, FIELDS
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Address, CustomField, ListMember, OrganisationFamily, PartySkill
from entregent.kernel.countries import country_name
from entregent.kernel.departments import CORSICA, department_name
from entregent.kernel.languages import language_name
from entregent.shell.dates import both, exact
from entregent.web.links import to

from .rows import Drawn, first, last, place, reach, shared, status, tags

Row = dict[str, Any]
Make = Callable[[Actor, Drawn, Sequence[Row]], Callable[[Row], str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A column: its heading, the columns of ``Party`` it needs, and the function that draws it."""

    label: Promise | str
    fields: tuple[str, ...]
    make: Make
    css: str = "clip"


def draw(
    by: Actor, kind: str, rows: Sequence[Row], columns: Mapping[str, str], joined: Mapping[int, str] | None = None
) -> SafeString:
    """Return the ``<tr>`` of each row, a dict of ``rows.columns_of``.

    ``columns``: the codes of those after the name, with further CSS classes; ``joined``: id → HTML of an additional
    last cell.
    """
    page = shared(by, kind, rows, joined)
    drawn = []
    for code, css in columns.items():
        one = cell(by, code)
        drawn.append((f'<td class="{one.css} {css}">', one.make(by, page, rows)))
    written = []
    for row in rows:
        cells = "".join([f"{start}{make(row)}</td>" for start, make in drawn])
        written.append(f"{first(page, row)}{cells}{last(page, row)}\n")
    return mark_safe("".join(written))


def fields_of(by: Actor, codes: Iterable[str]) -> list[str]:
    """Return the columns of ``Party`` that these columns need."""
    return [name for code in codes for name in cell(by, code).fields]


def label_of(by: Actor, code: str) -> str:
    """Return the heading of a column."""
    label = str(cell(by, code).label)
    return label % {"organisation": organisation_word(by.account).One} if code == "organisation" else label


def cell(by: Actor, code: str) -> Cell:
    """Return the column of a code, which must be from ``columns.known``."""
    if code.startswith(CUSTOM):
        field = definitions(by.account)[code.removeprefix(CUSTOM)]
        return Cell(field.label, ("custom",), _custom(field))
    return CELLS[code]


def _plain(name: str) -> Make:
    return lambda by, page, rows: lambda row: escape(str(row[name] or ""))


def _each(draw: Callable[[Drawn, Row], str]) -> Make:
    return lambda by, page, rows: lambda row: draw(page, row)


def _own(page: Drawn, row: Row) -> bool:
    """Whether the row belongs to the account; the operator's own values of shared records are hidden."""
    return row["account_id"] == page.account


def _moment(name: str) -> Make:
    def draw(page: Drawn, row: Row) -> str:
        moment: datetime = row[name]
        near, whole = both(moment, page.now, page.language)
        return f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}" title="{whole}">{near}</time>'

    return _each(draw)


def _ids(rows: Sequence[Row]) -> list[int]:
    return [row["id"] for row in rows]


def _gathered(found: Iterable[tuple[int, str]]) -> Callable[[Row], str]:
    """Return a function that joins the HTML snippets of a row's party with commas."""
    words = defaultdict(list)
    for pk, word in found:
        words[pk].append(word)
    return lambda row: ", ".join(words[row["id"]]) if row["id"] in words else ""


def _address(say: Callable[..., str], *names: str) -> Make:
    """Return a ``make`` for what ``say`` makes of some columns of each party's first address."""

    def make(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
        found: QuerySet = Address.readable.filter(party__in=_ids(rows)).order_by("-rank", "-id")
        # Sorted backwards, so that the first address wins.
        words = {pk: say(*values) for pk, *values in found.values_list("party", *names)}
        return lambda row: escape(words.get(row["id"], ""))

    return make


def _department(postal_code: str, country: str) -> str:
    """Return «Ain (01)» for a French postal code."""
    if country not in ("", "FR"):
        return ""
    corsican = next((code for code, starts in CORSICA.items() if postal_code.startswith(starts)), "")
    code = corsican or postal_code[: 3 if postal_code.startswith("97") else 2]
    return f"{name} ({code})" if (name := department_name(code)) else ""


def _skills(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
    found = PartySkill.readable.filter(party__in=_ids(rows)).order_by("skill__rank", "skill__key")
    return _gathered((pk, escape(name)) for pk, name in found.values_list("party", "skill__name"))


def _lists(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
    known = seen_lists(by).filter(archived_at=None)
    found = ListMember.objects.filter(party__in=_ids(rows), list__in=known).order_by("list__key")
    return _gathered(
        (pk, f'<a class="plain" href="{to(by, "lists:page", one)}">{escape(name)}</a>')
        for pk, one, name in found.values_list("party", "list", "list__name")
    )


def _family(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
    wanted = {row["family_id"] for row in rows if row["family_id"]}
    names = dict(OrganisationFamily.readable.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return lambda row: escape(names.get(row["family_id"], ""))


def _assigned(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
    wanted = {row["assigned_to_id"] for row in rows if row["assigned_to_id"]}
    found = Membership.objects.filter(user__in=wanted).select_related("user") if wanted else []
    names = {member.user_id: escape(member.marked) for member in found}
    return lambda row: names.get(row["assigned_to_id"], "") if _own(page, row) else ""


def _mail_refused(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
    word = escape(_("Refuses mailings"))
    return lambda row: word if row["mail_refused_at"] and _own(page, row) else ""


def _custom(field: CustomField) -> Make:
    def make(by: Actor, page: Drawn, rows: Sequence[Row]) -> Callable[[Row], str]:
        country, code = by.account.country, field.code

        def draw(row: Row) -> str:
            if code not in row["custom"] or not _own(page, row):
                return ""
            return escape(show(field, row["custom"][code], country))

        return draw

    return make


def _language(name: str) -> Make:
    return _each(lambda page, row: escape(language_name(row[name], page.language[:2])) if row[name] else "")


_BY_TYPE: dict[type[Type], Callable[[str], Make]] = {
    Line: _plain,
    Number: _plain,
    Choice: _plain,
    Language: _language,
    Day: lambda name: _each(lambda page, row: exact(row[name]) if row[name] else ""),
}
"""Field type → what draws a column of ``Party`` of this type."""
_BY_NAME: dict[str, tuple[tuple[str, ...], Make, str]] = {
    "tags": ((), _each(lambda page, row: tags(page, row["tag_names"])), ""),
    "status": ((), _each(status), ""),
    "skills": ((), _skills, "clip"),
    "family": (("family_id",), _family, "clip"),
    "mail_refused": (("mail_refused_at",), _mail_refused, "clip"),
    "assigned_to": (("assigned_to_id",), _assigned, "clip"),
    "active": ((), _each(lambda page, row: page.states[row["active"]]), ""),
}
"""Field → its column, if it is not the plain text of a column of ``Party``."""


def _cell(field: Field) -> Cell:
    if field.name in _BY_NAME:
        return Cell(field.label, *_BY_NAME[field.name])
    css = "clip" if isinstance(field.type, Language) else "nowrap"
    return Cell(field.label, (field.name,), _BY_TYPE[type(field.type)](field.name), css)


CELLS: dict[str, Cell] = {
    "organisation": Cell(gettext_lazy("%(organisation)s and function"), (), _each(place)),
    "function": Cell(gettext_lazy("Function"), (), _plain("function")),
    "reach": Cell(gettext_lazy("Email and phone"), (), _each(lambda page, row: reach(row["email"], row["phone"]))),
    "email": Cell(gettext_lazy("Email"), (), _each(lambda page, row: reach(row["email"], ""))),
    "phone": Cell(gettext_lazy("Phone"), (), _each(lambda page, row: reach("", row["phone"]))),
    "city": Cell(gettext_lazy("City"), (), _plain("city")),
    "postal_code": Cell(gettext_lazy("Postal code"), (), _address(str, "postal_code"), "nowrap"),
    "department": Cell(gettext_lazy("Département"), (), _address(_department, "postal_code", "country")),
    "province": Cell(gettext_lazy("Province"), (), _address(str, "province")),
    "country": Cell(
        gettext_lazy("Country"),
        ("country",),
        _each(lambda page, row: escape(country_name(row["country"], page.language[:2]) or row["country"])),
    ),
    "lists": Cell(gettext_lazy("Lists"), (), _lists),
    "last_action": Cell(gettext_lazy("Last action"), (), _moment("last_action_at"), "nowrap"),
    "created": Cell(gettext_lazy("Added on"), ("created_at",), _moment("created_at"), "nowrap"),
    "updated": Cell(gettext_lazy("Changed on"), ("updated_at",), _moment("updated_at"), "nowrap"),
    **{
        field.name: _cell(field)
        for field in FIELDS
        if field.passes(Door.LIST) and not isinstance(field.type, Ways | Addresses)
    },
}
