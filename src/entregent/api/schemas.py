"""What goes in and out: the fields of `doors`, and no other. What is not built yet is not here."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(max_length=100_000)]
"""How long a text may really be is said by the field it is for."""


def _iso(value: Any) -> Any:
    """Refuse what pydantic would take for seconds since 1970."""
    if isinstance(value, str | date) and str(value)[4:5] == "-":
        return value
    raise ValueError(value)


Day = Annotated[date, BeforeValidator(_iso)]
Moment = Annotated[datetime | date, BeforeValidator(_iso)]
"""Both in ISO 8601; a moment may be a day, its beginning."""
SORTS = Literal[
    "name", "-name", "organisation", "-organisation", "city", "-city", "active", "-active",
    "status", "-status", "last_action", "-last_action", "created", "-created",
]  # fmt: skip


class Address(BaseModel):  # no ninja Schema: that one reads attributes, and finds all of them empty on a number
    """A postal address. `country` is ISO 3166-1 alpha-2, the account's when left out."""

    street: Text | None = ""
    postal_code: Text | None = ""
    city: Text | None = ""
    province: Text | None = ""
    country: Text | None = ""


class Visibility(BaseModel):
    """Who sees the record: everyone, its creator alone, or some teams and users."""

    mode: Literal["everyone", "creator", "shared"] = "everyone"
    teams: list[Id] = Field(default_factory=list, max_length=200)
    users: list[Id] = Field(default_factory=list, max_length=200)


CustomValue = bool | int | float | Text | list[Text] | None
"""Of a custom field: a number, an amount as text with two decimals, a date in ISO 8601, the code of a choice…"""


class PartyIn(Schema):
    """What contacts and organisations have in common, to write. A field left out stays; null empties it.

    `custom`: values of custom fields by code; those left out stay, null empties one.
    """

    email: Text | None = None
    phone: Text | None = None
    website: Text | None = None
    vat_number: Text | None = None
    address: Address | None = None
    tags: list[Text] | None = None
    status: Text | None = None
    active: bool = True
    visibility: Visibility | None = None
    custom: Annotated[dict[str, CustomValue], Field(max_length=200)] | None = None


class ContactFields(PartyIn):
    """A contact's own fields. `organisation` is the id of the main position's organisation."""

    civility: Text | None = None
    language: Text | None = None
    organisation: Id | None = None
    function: Text | None = None
    skills: list[Text] | None = None


class ContactIn(ContactFields):
    """A new contact."""

    last_name: Text
    first_name: Text


class ContactPatch(ContactFields):
    """Changes to a contact. `version`: the one that was read, unless `If-Match` says it."""

    last_name: Text = ""
    first_name: Text = ""
    version: int | None = None


class OrganisationFields(PartyIn):
    """An organisation's own fields."""

    siren: Text | None = None
    siret: Text | None = None
    neq: Text | None = None
    family: Text | None = None


class OrganisationIn(OrganisationFields):
    """A new organisation."""

    name: Text


class OrganisationPatch(OrganisationFields):
    """Changes to an organisation. `version`: the one that was read, unless `If-Match` says it."""

    name: Text = ""
    version: int | None = None


class PartyOut(Schema):
    """What contacts and organisations have in common, as read. `email`, `phone`, `website`: the main ones."""

    id: int
    email: str
    phone: str
    website: str
    vat_number: str
    address: Address | None
    tags: list[str]
    status: str
    active: bool
    visibility: Visibility
    custom: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    version: int


class ContactOut(PartyOut):
    """A contact. `organisation` is null where there is none that the reader may see."""

    last_name: str
    first_name: str
    civility: str
    language: str
    organisation: int | None
    function: str
    skills: list[str]


class OrganisationOut(PartyOut):
    """An organisation."""

    name: str
    siren: str
    siret: str
    neq: str
    family: str


class Remark(Schema):
    """What the one who has just added a record should know; it was kept."""

    code: str
    message: str


class ContactAdded(ContactOut):
    """A contact just added. `warnings`: such as `resembles_hidden`, a record like it that the reader can't see."""

    warnings: list[Remark] = []


class OrganisationAdded(OrganisationOut):
    """An organisation just added, with what is to be known of it."""

    warnings: list[Remark] = []


class ContactList(Schema):
    """A page of contacts. `next`: the cursor of the page after; `count`: null beyond 10,000."""

    items: list[ContactOut]
    next: str | None
    count: int | None


class OrganisationList(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    next: str | None
    count: int | None


class PageFilters(Schema):
    """How a list is cut into pages."""

    limit: int = Field(50, ge=1, le=500)
    cursor: str = Field("", max_length=2000)

    @classmethod
    def takes(cls, name: str) -> bool:
        """Whether an address may have a parameter of this name."""
        return name in cls.model_fields


class Strict(Schema):
    """A body in which a field that we don't know is refused: passing it over would do less than was asked."""

    model_config = ConfigDict(extra="forbid")
