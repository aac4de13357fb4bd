"""The closed list of what a column of a file may become; the template, the mapping and the report read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.directory.fields.register import columns

CONTACTS = "contacts"
ORGANISATIONS = "organisations"
IGNORE = "ignore"
NOTE = "note"
"""Goes to the notes, behind the name of its column."""


@dataclass(frozen=True, slots=True)
class Field:
    """One target.

    Attributes:
        code: what mappings keep.
        label: as the pages and the template name it.
        kinds: where it is offered: contacts ("c"), organisations ("o") or both ("co").
        example: what the template's second row shows ('' = not in the template, unless ``asked``).
        asked: in the template with an empty cell, since what may be written there is the account's own.
    """

    code: str
    label: Promise | str
    kinds: str = "co"
    example: str = ""
    asked: bool = False


_BESIDES = {
    "first_name": (
        Field("middle_name", _("Other first names"), "c"),
        Field("whole_name", _("First and last names in one cell"), "c"),
    ),
    "fax": (
        Field("organisation", pgettext_lazy("column", "Organisation"), "c", "Les Amis du lac"),
        Field("function", _("Job function"), "c", "Trésorière"),
    ),
    "address": (Field("address_block", _("Whole address in one cell")),),
    "city": (Field("postal_city", _("Postal code and city in one cell")),),
}
"""Other ways to write what fields hold, and a person's place: each behind a column of the register."""
_LAST = (
    Field("since", _("In this function since"), "c"),
    Field("until", _("In this function until"), "c"),
    Field("organisation_code", _("Organisation: code (INSEE or SIREN)"), "c"),
    Field("organisation_email", _("Organisation: email"), "c"),
    Field("organisation_phone", _("Organisation: phone"), "c"),
    Field("organisation_address", _("Organisation: address"), "c"),
    Field("organisation_postal_code", _("Organisation: postal code"), "c"),
    Field("organisation_city", _("Organisation: city"), "c"),
    Field("organisation_postal_city", _("Organisation: postal code and city in one cell"), "c"),
    Field("organisation_province", _("Organisation: province"), "c"),
    Field("organisation_country", _("Organisation: country"), "c"),
    Field(NOTE, _("Add to the notes")),
    Field(IGNORE, _("Do not import")),
)


def _in_order() -> Iterator[Field]:
    """The register's columns in its order, and what stands behind them."""
    for field, column in columns():
        yield Field(column.code, column.label, field.kinds.replace("p", "c"), column.example, column.asked)
        yield from _BESIDES.get(column.code, ())
    yield from _LAST


FIELDS = tuple(_in_order())
BY_CODE = {field.code: field for field in FIELDS}


def targets(kind: str) -> list[Field]:
    """Return the fields that a column of a file of contacts or of organisations may go to, in reading order."""
    letter = "c" if kind == CONTACTS else "o"
    return [field for field in FIELDS if letter in field.kinds]


def template(kind: str) -> tuple[list[str], list[str]]:
    """Return (headers, example row) of the usual fields of the template to fill in, in the current language."""
    shown = [field for field in targets(kind) if field.example or field.asked]
    return [str(field.label) for field in shown], [field.example for field in shown]
