"""A field of a record, as the register declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from .field_types import Type

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Label: TypeAlias = "_StrPromise | str"


class Door(StrEnum):
    """An interface where a field can be shown, changed or searched."""

    FORM = "form"
    SHEET = "sheet"
    LIST = "list"
    FILTER = "filter"
    FILE = "file"
    VCARD = "vcard"
    API = "api"
    LAYER = "layer"


class Section(StrEnum):
    """A part of a record's form."""

    ESSENTIALS = "essentials"
    STANDING = "standing"
    SHARING = "sharing"
    MORE = "more"
    ADDRESS = "address"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an imported or exported file, for a field or part of it.

    Attributes:
        code: its name in stored mappings.
        label: its name on pages and in the template.
        headers: known headers of users' files, comma-separated; a mapping by kind of record where they differ.
        example: the value in the template's example row ("": not in the template, unless ``asked``).
        asked: in the template with an empty cell, since its possible values differ between accounts.
    """

    code: str
    label: Label
    headers: str | Mapping[str, str] = ""
    example: str = ""
    asked: bool = False

    def headers_of(self, kind: str) -> list[str]:
        """Return the known headers in files of people (``"p"``) or organisations (``"o"``)."""
        text = self.headers if isinstance(self.headers, str) else self.headers.get(kind, "")
        return [header for header in text.split(",") if header.strip()]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record.

    Attributes:
        name: in cards, the API and the journal; also its column's name if it is a column of ``Party``.
        label: on forms, on pages and as a heading of lists.
        kinds: of records that have it: "p" (people), "o" (organisations) or "po".
        required: whether every record must have it.
        help: the text below it on a form.
        told: its label in the journal, if different.
        standing: whether it is the account's relation to the record, looked up for many at once (actions.standing).
        operators: on a shared record, only the operator sees its value (A6).
        searched: whether the search box finds records by it.
        key_of_duplicates: whether equal values suggest that two records are duplicates.
        portable: whether a person who asks for their data gets it: what they gave themselves (std A35).
        erased: emptied when a person asks to be forgotten.
        heading, headers, example, asked: its column in files (see ``Column``), headed by its label unless said.
        more_columns: further columns in files.
        vcard: its property in a vCard.
        section: the part of the form that asks for it.
        filter: the name of its condition.
        absent: doors that don't offer it → the reason.
    """

    name: str
    label: Label
    type: Type
    kinds: str = "po"
    required: bool = False
    help: Label = ""
    told: Label = ""
    standing: bool = False
    operators: bool = False
    searched: bool = False
    key_of_duplicates: bool = False
    portable: bool = True
    erased: bool = True
    heading: Label = ""
    headers: str | Mapping[str, str] = ""
    example: str = ""
    asked: bool = False
    more_columns: tuple[Column, ...] = ()
    vcard: str = ""
    section: Section | None = None
    filter: str = ""
    absent: Mapping[Door, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in files; the first is that of its main item if it has several."""
        if not self.headers:
            return ()
        code = getattr(self.type, "short", self.name)
        return Column(code, self.heading or self.label, self.headers, self.example, self.asked), *self.more_columns

    @property
    def own(self) -> bool:
        """Whether an account may add it to a shared record (A3)."""
        return self.passes(Door.LAYER)

    def passes(self, door: Door) -> bool:
        """Whether the door offers this field."""
        return door not in self.absent
