"""What the register says of one field of a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from .field_types import Type

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Label: TypeAlias = "_StrPromise | str"


class Door(StrEnum):
    """Where a field may be asked for, shown or changed."""

    FORM = "form"
    SHEET = "sheet"
    LIST = "list"
    FILTER = "filter"
    FILE = "file"
    VCARD = "vcard"
    API = "api"
    JOURNAL = "journal"
    LAYER = "layer"


class Section(StrEnum):
    """The parts of a record's form."""

    ESSENTIALS = "essentials"
    STANDING = "standing"
    SHARING = "sharing"
    MORE = "more"
    ADDRESS = "address"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file that holds a field, or a part of it.

    Attributes:
        code: what mappings keep.
        label: as the pages and the template name it.
        headers: those met in the wild, separated by commas; by kind of record where these differ.
        example: what the template's second row shows ("": not in the template, unless ``asked``).
        asked: in the template with an empty cell, since what may be written there is the account's own.
    """

    code: str
    label: Label
    headers: str | Mapping[str, str] = ""
    example: str = ""
    asked: bool = False

    def headers_of(self, kind: str) -> list[str]:
        """The headers that a file of people (``"p"``) or of organisations (``"o"``) may have."""
        text = self.headers if isinstance(self.headers, str) else self.headers.get(kind, "")
        return [header for header in text.split(",") if header.strip()]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record.

    Attributes:
        name: in cards, in the API, in the journal; that of its column, where it has one on the party's row.
        label: what it is called on forms, pages and over lists.
        kinds: of which records: people ("p"), organisations ("o") or both.
        required: no record is without it.
        help: said beneath it on a form.
        told: its label in the journal, where that is another.
        standing: where the account stands with the record: found for many at once (actions.standing).
        operators: of a shared record it is the operator's own business, seen by no account (A6).
        own: an account may add it to a shared record (A3).
        searched: a search finds a record by it.
        key_of_duplicates: what two records of one person may have in common.
        columns: its columns in files.
        vcard: its property in a vCard.
        section: the part of the form that asks for it.
        filter: the name of the condition on it.
        portable: given to the person who asks for what is kept of them.
        erased: emptied when the person asks to be forgotten.
        absent: the doors that it does not pass, and why.
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
    own: bool = False
    searched: bool = False
    key_of_duplicates: bool = False
    columns: tuple[Column, ...] = ()
    vcard: str = ""
    section: Section | None = None
    filter: str = ""
    portable: bool = True
    erased: bool = True
    absent: Mapping[Door, str] = field(default_factory=dict)

    def passes(self, door: Door) -> bool:
        return door not in self.absent
