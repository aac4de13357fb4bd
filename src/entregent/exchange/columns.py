"""Guess the target of each column from the headers and first rows of a file (std C21-C25).

Each column is judged by its header if known, else by the header's words, else by its cells. Then conflicts between
columns are resolved: only one last name, complete addresses, the owner of the département.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.translation import override

from entregent.kernel.text import fold

from . import content, fields, header_words
from .fields import CONTACTS, IGNORE, ORGANISATIONS
from .known_headers import known
from .settling import settle

LANGUAGES = ("fr", "en")


def guess(
    headers: Sequence[str], rows: Sequence[Sequence[str]], kind: str, own: Mapping[str, str] | None = None
) -> list[str]:
    """Return the target of each column: a code of `fields.FIELDS`.

    Args:
        headers: names of the columns, '' for none.
        rows: the first rows (20 are enough), cells as text.
        kind: "contacts" or "organisations".
        own: folded labels of custom fields → their targets.
    """
    cells = [[row[i] if i < len(row) else "" for row in rows] for i in range(len(headers))]
    candidates = [_guess_one(header, column, kind, own or {}) for header, column in zip(headers, cells, strict=True)]
    return settle([header_words.read(header) for header in headers], cells, candidates, kind)


def guess_kind(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return "organisations" if the file names organisations and no people, else "contacts"."""
    found = set(guess(headers, rows, CONTACTS))
    if found & {"last_name", "first_name", "whole_name", "birth_date", "civility", "function"}:
        return CONTACTS
    return ORGANISATIONS if found & {"organisation", "organisation_code"} else CONTACTS


def _guess_one(header: str, cells: list[str], kind: str, own: Mapping[str, str]) -> tuple[str, float]:
    """Return the target that a column has by itself, and how certain it is, from 0 to 1."""
    folded = fold(header)
    target, confidence = _labels(kind).get(folded) or own.get(folded[:80]) or known(kind).get(folded), 0.98
    if not target and folded:
        target, confidence = header_words.target_of(header_words.read(header), kind)
    if not target:
        look, confidence = content.look_of(cells), 0.6
        target = look if look in ("email", "website") or not folded else ""
    if not target or content.is_denied(target, cells):
        return IGNORE, 0.0
    return target, confidence


@lru_cache(maxsize=2)
def _labels(kind: str) -> dict[str, str]:
    """Return our own labels, folded, in every language, so that files made from our template are recognised."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            for field in fields.targets(kind):
                found[fold(str(field.label))] = field.code
    return found
