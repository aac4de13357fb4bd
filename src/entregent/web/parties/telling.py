"""A record's values as rows to read: label, value, hint. Empty ones are left out."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.directory.parties.reading import Record
from entregent.journal.changes import language_name
from entregent.journal.labels import LABELS, VISIBILITY
from entregent.kernel.errors import Bad
from entregent.kernel.phones import format_phone, parse_phone
from entregent.kernel.postal import address_lines, country_name
from entregent.shell.templatetags.shell import drawn

from .standing import name_of_user


@dataclass(slots=True)
class Value:
    """One value: its text, where it leads, and what it is («bureau»)."""

    text: str
    url: str = ""
    hint: str = ""
    service: bool = False
    """Kept up to date by the service, on a page where the account's own values stand beside it."""


@dataclass(slots=True)
class Row:
    """One label and its values."""

    label: str
    values: list[Value] = field(default_factory=list)


def contact_rows(by: Actor, found: Record) -> list[Row]:
    """«Coordonnées»: e-mail, phone, address, site, language."""
    card, home = found.card, by.account.country
    rows = [
        Row(_("Email"), [Value(item["value"], f"mailto:{item['value']}", _hint(item)) for item in card["emails"]]),
        Row(_("Phone"), [_phone(item, home) for item in card["phones"]]),
        Row(_("Address"), [Value(_printed(item, home), hint=item["label"]) for item in card["addresses"]]),
        Row(_("Website"), [Value(item["value"], _site(item["value"]), item["label"]) for item in card["websites"]]),
    ]
    if found.party.is_person:
        rows.append(_row(_("Language"), language_name(card["language"]), found.party.of_service))
    if found.party.of_service:
        _mark_service(rows, found)
    return [row for row in rows if row.values]


def _mark_service(rows: list[Row], found: Record) -> None:
    """Say of each value whether the service keeps it: of a shared record all, of a layer what is so marked (A3)."""
    for row, plural in zip(rows, ("emails", "phones", "addresses", "websites"), strict=False):
        for value, item in zip(row.values, found.card[plural], strict=True):
            value.service = not found.party.is_layer or bool(item.get("service"))


def more_rows(by: Actor, found: Record) -> list[Row]:
    """The rest of the record: civility, identifiers, who may see it, notes."""
    card, party, kept = found.card, found.party, found.party.of_service
    rows = [_row(str(LABELS["civility"]), card.get("civility"), kept)]
    if party.birth_date:
        rows.append(_row(_("Birth date"), date_format(party.birth_date, "DATE_FORMAT"), kept))
    identifiers = ("siren", "siret", "neq", "vat_number", "code", "family")
    rows += [_row(str(LABELS[name]), card.get(name), kept) for name in identifiers]
    skills = card.get("skills", [])
    theirs = kept and (not party.is_layer or found.service_skills.issuperset(skills))
    rows += [
        _row(str(LABELS["skills"]), ", ".join(skills), theirs),
        _row(str(LABELS["assigned_to"]), name_of_user(card["assigned_to"])),
    ]
    rows += [_row(_("Notes"), card["notes"]), _row(str(LABELS["visibility"]), _seen_by(card["visibility"]))]
    return [row for row in rows if row.values]


def _row(label: str, text: Any, service: bool = False) -> Row:
    return Row(label, [Value(str(text), service=service)] if text else [])


def _hint(item: dict[str, Any]) -> str:
    shared = _("shared address") if item.get("shared") else ""
    return " · ".join(part for part in (item["label"], shared) if part)


def _phone(item: dict[str, Any], country: str) -> Value:
    """The number as it was typed where it can't be read, else as its country writes it, ready to be called."""
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
        printed[-1] = country_name(address["country"], (get_language() or "fr")[:2])
    return "\n".join(printed)


def _site(value: str) -> str:
    """Only addresses that the cleaner let through are here: http, https, or none."""
    return value if value.startswith(("http://", "https://")) else f"https://{value}"


def _seen_by(visibility: dict[str, Any]) -> str:
    mode = str(VISIBILITY[visibility["mode"]])
    if visibility["mode"] != "shared":
        return mode
    teams = [team.name for team in Team.objects.filter(pk__in=visibility["teams"])]
    members = Membership.objects.filter(user_id__in=visibility["users"]).select_related("user")
    return _("%(mode)s: %(names)s") % {"mode": mode, "names": ", ".join([*teams, *(str(one) for one in members)])}


def draw_rows(rows: list[Row]) -> SafeString:
    """The rows as HTML; ``""`` for none."""
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
