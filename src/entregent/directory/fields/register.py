"""The register of a record's fields, in the order that files have: each is declared once, and every door reads it.

A new field is a column of ``Party`` and a row here. What an account defines itself is in ``custom.py``.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from .field import Column, Door, Field, Section
from .field_types import Type
from .identity import LIFE, NAMES, NOTES, NUMBERS
from .reach import ADDRESSES, EMAILS, PHONES, WEBSITES
from .standing import STANDING, TAGS, VISIBILITY

FIELDS: tuple[Field, ...] = (
    *NAMES, EMAILS, PHONES, ADDRESSES, WEBSITES, *LIFE, TAGS, *STANDING, *NOTES, *NUMBERS, VISIBILITY,
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
CUSTOM = "custom."
"""Leads a custom field's code where it stands among other names: the journal's, a column's, a condition's."""


@cache
def fields_of(
    kind: str, *types: type[Type], door: Door | None = None, section: Section | None = None
) -> tuple[Field, ...]:
    """The fields of people (``"p"``) or organisations (``"o"``), of these types alone where any are named."""
    return tuple(
        field
        for field in FIELDS
        if kind in field.kinds
        and (not types or isinstance(field.type, types))
        and (door is None or field.passes(door))
        and (section is None or field.section == section)
    )


@cache
def names_of(kind: str, *types: type[Type]) -> tuple[str, ...]:
    """The names of these."""
    return tuple(field.name for field in fields_of(kind, *types))  # type: ignore[arg-type]


def typed(*types: type[Type]) -> tuple[str, ...]:
    """The names of the fields of these types, of people and of organisations."""
    return tuple(field.name for field in FIELDS if isinstance(field.type, types))


def short_forms() -> dict[str, str]:
    """Short form of the main item → the field that has several."""
    return {field.type.main: field.name for field in FIELDS if hasattr(field.type, "main")}


def columns() -> list[tuple[Field, Column]]:
    """The columns of files, each with its field."""
    return [(field, column) for field in FIELDS for column in field.columns]


def blank_values(kind: str, standing: bool) -> dict[str, Any]:
    """What a card of which nothing is known holds of the fields that say, or don't, where an account stands."""
    scalars, made_anew = _blanks(kind, standing)
    return scalars | {name: blank() for name, blank in made_anew}


@cache
def _blanks(kind: str, standing: bool) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """The values that cards may share, and what makes those that are each card's own."""
    fields = [field for field in fields_of(kind) if field.standing == standing]
    own = [(field.name, field.type.blank) for field in fields if isinstance(field.type.blank(), list | dict)]
    return {field.name: field.type.blank() for field in fields}, own
