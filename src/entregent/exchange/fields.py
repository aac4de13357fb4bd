"""The targets that a column of a file can be mapped to, for the template, the mapping and the report."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.directory.fields.register import columns
from entregent.directory.kinds import BY_NAME as KINDS
from entregent.directory.kinds import ORGANISATION, PERSON

CONTACTS, ORGANISATIONS = PERSON.many, ORGANISATION.many
IGNORE = "ignore"
NOTE = "note"
"""The target that adds a cell to the notes, after its column's name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A target of columns.

    Attributes:
        code: its name in stored mappings.
        label: its name on pages and in the template.
        kinds: the files that can have it: of people ("p"), of organisations ("o") or both ("po").
        example: the value in the template's example row ('': not in the template, unless ``asked``).
        asked: in the template with an empty cell, since its possible values differ between accounts.
    """

    code: str
    label: Promise | str
    kinds: str = "po"
    example: str = ""
    asked: bool = False


_BESIDES = {
    "first_name": (
        Field("middle_name", _("Other first names"), "p"),
        Field("whole_name", _("First and last names in one cell"), "p"),
    ),
    "fax": (
        Field("organisation", pgettext_lazy("column", "Organisation"), "p", "Les Amis du lac"),
        Field("function", _("Job function"), "p", "Trésorière"),
    ),
    "birth_date": (
        Field("birth_year", _("Year of birth"), "p"),
        Field("birth_month", _("Month of birth"), "p"),
        Field("birth_day", _("Day of birth"), "p"),
    ),
    "address": (Field("address_block", _("Whole address in one cell")),),
    "city": (Field("postal_city", _("Postal code and city in one cell")),),
    "mail_refused": (
        Field("mail_wanted", _("Agreement to mailings (anything but yes is a refusal)")),
        Field("mail_state", _("State of mailings (unsubscribed, bounced… is a refusal)")),
    ),
}
"""Targets that are not fields (alternatives, positions): each follows a column of the register."""
_LAST = (
    Field("since", _("In this function since"), "p"),
    Field("until", _("In this function until"), "p"),
    Field("organisation_code", _("Organisation: code (INSEE or SIREN)"), "p"),
    Field("organisation_email", _("Organisation: email"), "p"),
    Field("organisation_phone", _("Organisation: phone"), "p"),
    Field("organisation_address", _("Organisation: address"), "p"),
    Field("organisation_postal_code", _("Organisation: postal code"), "p"),
    Field("organisation_city", _("Organisation: city"), "p"),
    Field("organisation_postal_city", _("Organisation: postal code and city in one cell"), "p"),
    Field("organisation_province", _("Organisation: province"), "p"),
    Field("organisation_country", _("Organisation: country"), "p"),
    Field(NOTE, _("Add to the notes")),
    Field(IGNORE, _("Do not import")),
)


def _in_order() -> Iterator[Field]:
    """Yield the register's columns in order, each followed by its related targets."""
    for field, column in columns():
        yield Field(column.code, column.label, field.kinds, column.example, column.asked)
        yield from _BESIDES.get(column.code, ())
    yield from _LAST


FIELDS = tuple(_in_order())
BY_CODE = {field.code: field for field in FIELDS}


def letter(kind: str) -> str:
    """Return the letter of the kind of record that is in files of contacts or organisations."""
    return KINDS[kind].letter


def targets(kind: str) -> list[Field]:
    """Return the targets for files of contacts or organisations, in reading order."""
    return [field for field in FIELDS if letter(kind) in field.kinds]


def template(kind: str) -> tuple[list[str], list[str]]:
    """Return (headers, example row) of the template's built-in fields, in the current language."""
    shown = [field for field in targets(kind) if field.example or field.asked]
    return [str(field.label) for field in shown], [field.example for field in shown]
