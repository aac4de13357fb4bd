"""Read the position of a row, and the organisation that it is at."""

from collections.abc import Mapping

from . import cell_values
from .cell_addresses import PLACE, AddressReader

_PARTS = tuple(f"organisation_{part}" for part in ("code", "email", "phone", "address", "postal_city", *PLACE))
_OF_POSITION = ("since", "until", *_PARTS)
POSITION = frozenset({"organisation", "function", *_OF_POSITION})
"""The targets of a position."""


def place_of(values: Mapping[str, list[str]], addresses: AddressReader, order: str) -> dict[str, str]:
    """Return the position of a row that names an organisation. ``order``: of dates."""
    place = {"organisation_name": values["organisation"][0], "function": values.get("function", [""])[0]}
    for target in ("organisation_code", "organisation_email", "organisation_phone"):
        if found := values.get(target):
            place[target] = found[0]
    for part, value in addresses.read(values, "organisation_", "").items():
        if part != "label" and value:
            place[f"organisation_{part}"] = value
    for target in ("since", "until"):
        if target in values:
            place[target] = cell_values.date(values[target][0], order)
    return place


def without_place(values: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return what a row that names no organisation says of one: (target, value)."""
    return [(target, cell) for target in _OF_POSITION for cell in values.get(target, ())]
