"""A record's values as rows for reading: label, value, hint. Empty ones are left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.directory.fields.field import Field, Section
from entregent.directory.fields.field_types import Choice, Day, Item, Line, LongText, Number, Seen, Type, User, Words
from entregent.directory.fields.register import fields_of
from entregent.directory.parties.cards import by_name
from entregent.directory.parties.reading import Record
from entregent.directory.selections.inputs import reader_language
from entregent.journal.labels import LABELS, VISIBILITY
from entregent.kernel.addresses import address_lines
from entregent.kernel.countries import country_name
from entregent.kernel.errors import Bad
from entregent.kernel.languages import language_name
from entregent.kernel.phones import format_phone, parse_phone
from entregent.shell.dates import written
from entregent.shell.templatetags.shell import drawn

from .standing import name_of_user


@dataclass(slots=True)
class Value:
    """A value: its text, link, and hint («bureau»)."""

    text: str
    url: str = ""
    hint: str = ""
    service: bool = False
    """Maintained by the service, on a page that also shows the account's own values."""


@dataclass(slots=True)
class Row:
    """A label and its values."""

    label: str
    values: list[Value] = field(default_factory=list)


def contact_rows(by: Actor, found: Record) -> list[Row]:
    """Return the rows of «Coordonnées»: e-mail, phone, address, website, language."""
    card, home = found.card, by.account.country
    rows = [
        Row(_("Email"), [Value(item["value"], f"mailto:{item['value']}", _hint(item)) for item in card["emails"]]),
        Row(_("Phone"), [_phone(item, home) for item in card["phones"]]),
        Row(_("Address"), [Value(_printed(item, home), hint=item["label"]) for item in card["addresses"]]),
        Row(_("Website"), [Value(item["value"], _site(item["value"]), item["label"]) for item in card["websites"]]),
    ]
    if found.party.is_person:
        rows.append(_row(_("Language"), language_name(card["language"], reader_language()), found.party.of_service))
    if found.party.of_service:
        _mark_service(rows, found)
    return [row for row in rows if row.values]


def _mark_service(rows: list[Row], found: Record) -> None:
    """Mark the values maintained by the service: all of a shared record, the copied ones of a layer (A3)."""
    for row, plural in zip(rows, ("emails", "phones", "addresses", "websites"), strict=False):
        for value, item in zip(row.values, by_name(found.card)[plural], strict=True):
            value.service = not found.party.is_layer or bool(item.get("service"))


def more_rows(by: Actor, found: Record) -> list[Row]:
    """Return the other rows, in the order of the form: identity, the account's relation, notes."""
    rows = []
    for section in (Section.MORE, Section.STANDING, Section.NOTES, Section.SHARING):
        for one in fields_of(found.party.kind, section=section):
            if (say := _SAID.get(type(one.type))) and one.name not in _IN_HEAD:
                kept = found.party.of_service and not one.own and not one.operators
                rows.append(_row(str(LABELS[one.name]), say(found, one), kept or _all_of_service(found, one)))
    return [row for row in rows if row.values]


_IN_HEAD = frozenset({"status", "mail_refused", "tags"})
"""Fields already shown below the name."""


def _all_of_service(found: Record, field: Field) -> bool:
    """Whether all items of a list come from the service."""
    if not isinstance(field.type, Words) or not found.party.of_service:
        return False
    return not found.party.is_layer or found.service_skills.issuperset(by_name(found.card)[field.name])


def _plain(found: Record, field: Field) -> str:
    return by_name(found.card).get(field.name) or ""


def _day(found: Record, field: Field) -> str:
    day = getattr(found.party, field.name)
    return written(day) if day else ""


_SAID: dict[type[Type], Callable[[Record, Field], str]] = {
    **dict.fromkeys((Line, LongText, Choice, Number, Item), _plain),
    Day: _day,
    Words: lambda found, field: ", ".join(by_name(found.card).get(field.name, ())),
    User: lambda found, field: name_of_user(found.card["assigned_to"]),
    Seen: lambda found, field: _seen_by(found.card["visibility"]),
}
"""Field type → the function that returns its values for reading."""


def _row(label: str, text: Any, service: bool = False) -> Row:
    return Row(label, [Value(str(text), service=service)] if text else [])


def _hint(item: dict[str, Any]) -> str:
    shared = _("shared address") if item.get("shared") else ""
    return " · ".join(part for part in (item["label"], shared) if part)


def _phone(item: dict[str, Any], country: str) -> Value:
    """Return a phone number in its country's format, with a link to call it; as typed if it can't be parsed."""
    try:
        phone = parse_phone(item["value"], country)
    except Bad:
        return Value(item["value"], hint=item["label"])
    if not phone.e164:
        return Value(item["value"], hint=item["label"])
    extension = f" ({_('ext. %(number)s') % {'number': phone.extension}})" if phone.extension else ""
    return Value(format_phone(phone.e164, country) + extension, f"tel:{phone.e164}", item["label"])


def _printed(address: dict[str, str], home: str) -> str:
    parts = {name: address[name] for name in ("street", "postal_code", "city", "province", "country")}
    printed = address_lines(**parts, home_country=home)
    if printed and address["country"] != home:
        printed[-1] = country_name(address["country"], reader_language())
    return "\n".join(printed)


def _site(value: str) -> str:
    """Return the link of a website. The cleaner lets through only http and https, or no scheme."""
    return value if value.startswith(("http://", "https://")) else f"https://{value}"


def _seen_by(visibility: dict[str, Any]) -> str:
    mode = str(VISIBILITY[visibility["mode"]])
    if visibility["mode"] != "shared":
        return mode
    teams = [team.name for team in Team.objects.filter(pk__in=visibility["teams"])]
    members = Membership.objects.filter(user_id__in=visibility["users"]).select_related("user")
    return _("%(mode)s: %(names)s") % {"mode": mode, "names": ", ".join([*teams, *(str(one) for one in members)])}


def draw_rows(rows: list[Row]) -> SafeString:
    """Return the rows as HTML; ``""`` for none."""
    drawn = [
        f"<div><dt>{escape(row.label)}</dt><dd>{'<br>'.join([_draw(value) for value in row.values])}</dd></div>"
        for row in rows
    ]
    return SafeString(f'<dl class="rows">{"".join(drawn)}</dl>' if drawn else "")


def _draw(value: Value) -> str:
    away = ' rel="noopener noreferrer"' if value.url.startswith("http") else ""
    text = escape(value.text)
    shown = f'<a href="{escape(value.url)}"{away}>{text}</a>' if value.url else f'<span class="lines">{text}</span>'
    hint = f" <small>{escape(value.hint)}</small>" if value.hint else ""
    return f"{shown}{hint} {drawn('web/parties/kept.html')}" if value.service else shown + hint
