"""The query parameters of lists of contacts and organisations: one for each condition of the register."""

from collections.abc import Callable
from typing import Any

from pydantic import Field, create_model

from entregent.directory.parties.cards import CUSTOM
from entregent.directory.selections import inputs
from entregent.directory.selections.register import CONDITIONS

from .schemas import SORTS, Day, Id, Moment, PageFilters


def parameters(kinds: str, base: type[PageFilters]) -> Any:
    """Return a schema that adds to ``base`` the conditions for ``kinds``: "p", "o" or "po"."""
    asked: dict[str, Any] = {
        each.name: inputs.of_type(each.input, _TYPES)(each.input, each.description or None)
        for each in CONDITIONS.values()
        if each.kinds == kinds
    }
    return create_model(base.__name__, __base__=base, **asked)


def _text(asked: Any, description: str | None) -> Any:
    return str, Field("", max_length=asked.limit, description=description)


def _of(kind: Any, **limits: Any) -> Callable[[Any, str | None], Any]:
    return lambda asked, description: (kind | None, Field(None, description=description, **limits))


_TYPES: dict[type, Callable[[Any, str | None], Any]] = {
    inputs.Words: _text,
    inputs.ItemName: _text,
    inputs.UserId: _text,
    inputs.Flag: _of(bool),
    inputs.Id: _of(Id),
    inputs.Day: _of(Day),
    inputs.Moment: _of(Moment),
    inputs.Days: _of(int, ge=0, le=36_500),
}


class SearchFilters(PageFilters):
    """The words to search for."""

    q: str = Field("", max_length=200, description="Words to find, in any order and anyhow typed.")


class PartyFilters(parameters("po", SearchFilters)):
    """The filters of contacts or organisations; all given ones must hold."""

    sort: SORTS = "name"  # type: ignore[valid-type]

    @classmethod
    def takes(cls, name: str) -> bool:
        """Whether a parameter is known; ``custom.code`` is, though no schema lists the account's custom fields."""
        return super().takes(name) or name.startswith(CUSTOM)


class ContactFilters(parameters("p", PartyFilters)):
    """The filters of contacts."""


class OrganisationFilters(parameters("o", PartyFilters)):
    """The filters of organisations."""
