"""The register of a record's fields, in the order of files: each is declared once, and every interface reads it.

A new field needs a column of ``Party`` and a row here. Fields that accounts define are in ``custom.py``.
"""

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
"""Prefix of a custom field's code among names of built-in fields, columns or conditions."""


@cache
def fields_of(
    kind: str, *types: type[Type], door: Door | None = None, section: Section | None = None
) -> tuple[Field, ...]:
    """Return the fields of people (``"p"``) or organisations (``"o"``); of these types only, if any are given."""
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
    """Return the names of a kind's fields; of these types only, if any are given."""
    return tuple(field.name for field in fields_of(kind, *types))  # type: ignore[arg-type]


def typed(*types: type[Type]) -> tuple[str, ...]:
    """Return the names of the fields of these types, for both kinds."""
    return tuple(field.name for field in FIELDS if isinstance(field.type, types))


def short_forms() -> dict[str, str]:
    """Return short forms: name of the main item → name of the list field."""
    return {field.type.short: field.name for field in FIELDS if hasattr(field.type, "short")}


def columns() -> list[tuple[Field, Column]]:
    """Return the columns of files, each with its field."""
    return [(field, column) for field in FIELDS for column in field.columns]


def blank_values(kind: str, standing: bool) -> dict[str, Any]:
    """Return the blank card values of the fields whose ``standing`` flag is as given."""
    return {field.name: field.type.blank() for field in fields_of(kind) if field.standing == standing}
