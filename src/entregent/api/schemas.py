"""Types common to several resources."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from entregent.directory.selections import selections

Row = TypeVar("Row")


def _whole(value: Any) -> Any:
    """Refuse true and 1.0, which pydantic would read as 1."""
    if isinstance(value, bool | float):
        raise ValueError(value)
    return value


Id = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=2**63 - 1)]
Version = Annotated[int, BeforeValidator(_whole)]
Text = Annotated[str, Field(max_length=100_000)]
"""Text of a body; each field checks its own, smaller limit."""


def _iso(value: Any) -> Any:
    """Refuse numbers, which pydantic would read as seconds since 1970."""
    if isinstance(value, str | date) and str(value)[4:5] == "-":
        return value
    raise ValueError(value)


Day = Annotated[date, BeforeValidator(_iso)]
Moment = Annotated[datetime | date, BeforeValidator(_iso)]
"""In ISO 8601; a moment may be only a date, meaning its start."""
SORTS = Literal[*(sign + name for name in selections.SORTS for sign in ("", "-"))]  # type: ignore[valid-type]


class Address(BaseModel):  # not a ninja Schema, which reads attributes and would accept a number
    """A postal address. `country`: ISO 3166-1 alpha-2; by default the account's."""

    street: Text | None = ""
    postal_code: Text | None = ""
    city: Text | None = ""
    province: Text | None = ""
    country: Text | None = ""


class Visibility(BaseModel):
    """Who may see a record: everyone, only its creator, or some teams and users."""

    mode: Literal["everyone", "creator", "shared"]
    teams: list[int]
    users: list[int]


def _omitted() -> Any:
    """Return the value of an omitted part; bodies are read with ``exclude_unset``, which leaves it out."""
    return None


class AddressIn(Address, extra="forbid"):
    __doc__ = Address.__doc__


class VisibilityIn(BaseModel, extra="forbid"):
    """Who may see a record. Omitted parts stay unchanged; `mode` of a new record is that of your preferences.

    Teams and users go with the mode `shared`, given or held already.
    """

    mode: Literal["everyone", "creator", "shared"] = Field(default_factory=_omitted)
    teams: list[Id] = Field(default_factory=list, max_length=200)
    users: list[Id] = Field(default_factory=list, max_length=200)


class PageFilters(Schema):
    """The parameters of paging."""

    limit: int = Field(50, ge=1, le=500)
    cursor: str = Field("", max_length=2000)

    @classmethod
    def takes(cls, name: str) -> bool:
        """Whether the list has a parameter of this name."""
        return name in cls.model_fields


class PageOut(Schema, Generic[Row]):
    """A page of a list. `next`: the cursor of the next page."""

    items: list[Row]
    next: str | None
    count: int | None


class Strict(Schema):
    """A body that refuses unknown fields: ignoring them would do less than was asked."""

    model_config = ConfigDict(extra="forbid")
