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
