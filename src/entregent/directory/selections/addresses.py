"""The parameters of a list's address: conditions, and others such as the sort order. None is lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from entregent.kernel.errors import Bad

from .nested import Group, Leaf, parse, write

BESIDE = frozenset(
    {"q", "sort", "kind", "id", "cursor", "limit", "compte", "vue", "filtrer", "colonnes", "pour", "ici", "format"}
)
"""Names of parameters that are not conditions, in addresses of lists, views, columns, exports and the API."""
TRACKING = "utm_"
"""Prefixes of tracking parameters that mailings add to links; they are ignored."""


def others(params: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the names that are neither ``known`` nor in ``BESIDE``: mistyped ones and those of custom fields."""
    passed = BESIDE | frozenset(known)
    return [name for name in params if name not in passed and not name.startswith(TRACKING)]


def params_in(address: QueryDict | Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return an address's parameters by name. A condition given twice must hold with both values; words are joined.

    Of other repeated parameters the last counts.
    """
    given: dict[str, list[str]] = {}
    if isinstance(address, QueryDict):
        address = [(name, str(value)) for name, values in address.lists() for value in values]
    for name, value in address:
        values = given.setdefault(name, [])
        if value not in values:
            values.append(value)
    filled = {name: [value for value in values if value.strip()] or values for name, values in given.items()}
    once = {name: " ".join(values) if name == "q" else values[-1] for name, values in filled.items()}
    twice = [(name, value) for name in others(filled, ()) for value in filled[name] if len(filled[name]) > 1]
    return both(once, twice) if twice else once


def both(params: Mapping[str, str], conditions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return ``params`` with ``conditions`` in its nested filter instead of under their names; all must hold.

    A nested filter that can't be read replaces all conditions: it selects nobody, and shows why.
    """
    asked = list(conditions)
    names = {name for name, _value in asked}
    if "f" in params and "f" not in names:
        asked.append(("f", params["f"]))
    nodes = []
    for name, value in asked:
        try:
            nodes.append(parse(value) if name == "f" else Leaf(name, value))
        except Bad:
            return {**params, "f": value}
    kept = {name: value for name, value in params.items() if name not in names}
    return kept | {"f": write(Group("and", tuple(nodes)))}


def text_of(value: Any) -> str:
    """Return a parameter as stripped text. A NUL stays in it: ``Condition.parse`` refuses it."""
    return str(value or "").strip()
