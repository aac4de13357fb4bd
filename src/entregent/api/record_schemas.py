"""Schemas of contacts and organisations, made from the fields of the register by their types."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BaseModel, Field, create_model

from entregent.directory.fields.field import Door
from entregent.directory.fields.field import Field as RecordField
from entregent.directory.fields.field_types import (
    Addresses,
    Choice,
    Flag,
    Item,
    Language,
    Line,
    LongText,
    Number,
    Seen,
    Type,
    User,
    Ways,
    Words,
)
from entregent.directory.fields.field_types import Day as DayType
from entregent.directory.fields.register import fields_of

from .schemas import Address, AddressIn, Day, Id, PageOut, Strict, Text, Version, Visibility, VisibilityIn


class Way(BaseModel):
    """An e-mail, a phone or a website. `main`: whether lists show this one; by default the first.

    `service`: whether the operator maintains it; if sent back, it stays unchanged. What is omitted stays as in the
    record's item with the same value.
    """

    value: Text
    label: Text | None = ""
    main: bool = False
    service: bool = False


class EmailWay(Way):
    """An e-mail address. `shared`: whether several people read it, so that other records may have it too."""

    shared: bool = False


class LabelledAddress(Address):
    """A postal address of a record. `main` and `service` as for e-mails. What is omitted stays as in the record's
    address with the same street, postal code and city.
    """

    label: Text | None = ""
    main: bool = False
    service: bool = False


class WayIn(Way, extra="forbid"):
    __doc__ = Way.__doc__


class EmailWayIn(EmailWay, extra="forbid"):
    __doc__ = EmailWay.__doc__


class LabelledAddressIn(LabelledAddress, extra="forbid"):
    __doc__ = LabelledAddress.__doc__


CustomValue = bool | int | float | Text | list[Text] | None
"""The value of a custom field: a number, an amount as text with two decimals, an ISO 8601 date, a choice's code…"""


def _way(field: RecordField) -> type[Way]:
    return EmailWay if field.name == "emails" else Way


def _way_in(field: RecordField) -> type[Way]:
    return EmailWayIn if field.name == "emails" else WayIn


def _several(kind: Any) -> Any:
    return Annotated[list[kind], Field(max_length=200)]


Made = Callable[[RecordField], Any]
_TEXT_IN: Made = lambda field: (Text, ...) if field.required else (Text | None, None)  # noqa: E731
_TEXT_OUT: Made = lambda field: str  # noqa: E731
WRITTEN: dict[type[Type], Made] = {
    **dict.fromkeys((Line, LongText, Choice, Number), _TEXT_IN),
    **dict.fromkeys((Language, Item), lambda field: (Text | None, None)),
    DayType: lambda field: (Day | None, None),
    Flag: lambda field: (bool, field.type.blank()),
    Words: lambda field: (list[Text] | None, None),
    User: lambda field: (Id | None, None),
    Ways: lambda field: (_several(_way_in(field)) | None, None),
    Addresses: lambda field: (_several(LabelledAddressIn) | None, None),
    Seen: lambda field: (VisibilityIn, VisibilityIn()),
}
"""Field type → annotation and default in a request body."""
READ: dict[type[Type], Made] = {
    **dict.fromkeys((Line, LongText, Choice, Number, Language, Item), _TEXT_OUT),
    DayType: lambda field: date | None,
    Flag: lambda field: bool,
    Words: lambda field: list[str],
    User: lambda field: int | None,
    Ways: lambda field: list[_way(field)],  # type: ignore[misc]
    Addresses: lambda field: list[LabelledAddress],
    Seen: lambda field: Visibility,
}
"""Field type → annotation in a response."""


def _written(kind: str, patch: bool = False) -> Any:
    """Return a schema with a kind's fields and the short forms of main items. In a ``patch`` none is required."""
    made: dict[str, Any] = {}
    for field in fields_of(kind, door=Door.API):
        hint, usual = WRITTEN[type(field.type)](field)
        made[field.name] = (hint, "" if patch and usual is ... else usual)
        if isinstance(field.type, Ways):
            made[field.type.short] = (Text | None, None)
        if isinstance(field.type, Addresses):
            made[field.type.short] = (AddressIn | None, None)
    return create_model("Written", __base__=PartyIn, **made)


def _read(kind: str) -> Any:
    made: dict[str, Any] = {}
    for field in fields_of(kind, door=Door.API):
        made[field.name] = (READ[type(field.type)](field), ...)
        if isinstance(field.type, Ways):
            made[field.type.short] = (str, ...)
        if isinstance(field.type, Addresses):
            made[field.type.short] = (Address | None, ...)
    return create_model("Read", __base__=PartyOut, **made)


class PartyIn(Strict):
    """Omitted fields stay unchanged, null empties a field; the same applies to the fields in `custom`."""

    custom: Annotated[dict[str, CustomValue], Field(max_length=200)] = Field(default_factory=dict)


class PartyOut(Schema):
    """The properties of every record besides its fields."""

    id: int
    service: bool = Field(description="Whether the operator of the shared directory keeps it up to date.")
    custom: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    version: int


class AsRead(Schema):
    """What a client may send back as it read it, and can't change. `version`: the version that was read."""

    id: Id | None = None
    service: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    version: Version | None = None


class ContactIn(_written("p")):
    """A new contact."""

    organisation: Id | None = None
    function: Text | None = None


class ContactPatch(AsRead, _written("p", patch=True)):
    """Changes to a contact. `version`: the version that was read, unless `If-Match` gives it."""

    organisation: Id | None = None
    function: Text | None = None


class OrganisationIn(_written("o")):
    """A new organisation."""


class OrganisationPatch(AsRead, _written("o", patch=True)):
    """Changes to an organisation. `version`: the version that was read, unless `If-Match` gives it."""


class ContactOut(_read("p")):
    """A contact. `organisation`: null if it has none that the user may see."""

    organisation: int | None
    function: str


class OrganisationOut(_read("o")):
    """An organisation."""


class Remark(Schema):
    """A warning about a record that was saved."""

    code: str
    message: str


class ContactAdded(ContactOut):
    """A new contact. `warnings`: such as `resembles_hidden`, a similar record that the user can't see."""

    warnings: list[Remark] = []


class OrganisationAdded(OrganisationOut):
    """A new organisation, with warnings."""

    warnings: list[Remark] = []


class ContactList(PageOut[ContactOut]):
    """A page of contacts. `next`: the cursor of the next page; `count`: null above 10,000."""


class OrganisationList(PageOut[OrganisationOut]):
    """A page of organisations."""
