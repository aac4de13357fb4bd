"""A small file, and what should come of it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """A file, what it gives and what is said of it.

    Attributes:
        about: what the case shows.
        content: the file.
        comes: a line per record, "field=value | …".
        said, unsaid: codes of remarks; "asked:N" for a question about refusals in column N (or "file"), "doubtful:N".
        kind: contacts or organisations, if the case says so.
        answers: what the user answered about refusals: column or "file" → "refused" or "none".
    """

    about: str
    content: str | bytes
    comes: Sequence[str] = ()
    said: Set[str] = frozenset()
    unsaid: Set[str] = frozenset()
    kind: str = ""
    name: str = "fichier.csv"
    answers: Mapping[str, str] = field(default_factory=dict)


def lines(*rows: str) -> str:
    """Return the text of a file."""
    return "\n".join(rows) + "\n"


def case(about: str, rows: str | Sequence[str] | bytes, *comes: str, **more: Any) -> Case:
    """Return a case; the file as its rows in one string, separated by " / ", or as a list of lines or bytes."""
    if isinstance(rows, str):
        rows = rows.split(" / ")
    return Case(about, rows if isinstance(rows, bytes) else lines(*rows), comes, **more)
