"""Guess the target of each column from the headers and first rows of a file (std C21-C25).

Each column is judged by its header if known, else by the header's words, else by its cells. Then conflicts between
columns are resolved: only one last name, complete addresses, the owner of the département.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import override

from entregent.kernel.text import fold

from . import constants, content, fields, header_words
from .fields import CONTACTS, IGNORE, NOTE, ORGANISATIONS
from .known_headers import known
from .settling import settle

LANGUAGES = ("fr", "en")
guess_constants = constants.guess_constants


@dataclass(frozen=True, slots=True)
class Guess:
    """The guessed target of a column.

    Attributes:
        target: a code of `fields.FIELDS`.
        confidence: from 0 to 1; below 0.7 the page asks the user to check it.
        why: "known_header", "header_words", "content", "position", "already" (another column has this target),
            "not_useful", "denied" (its cells are something else) or "unknown".
    """

    target: str
    confidence: float
    why: str


UNKNOWN = Guess(IGNORE, 0.0, "unknown")


def guess(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    filename: str,
    kind: str,
    own: Mapping[str, str] | None = None,
) -> list[Guess]:
    """Return a Guess for each column.

    Args:
        headers: names of the columns, '' for none.
        rows: the first rows (20 are enough), cells as text.
        filename: name of the file; not used yet.
        kind: "contacts" or "organisations".
        own: folded labels of custom fields → their targets.
    """
    cells = [[row[i] if i < len(row) else "" for row in rows] for i in range(len(headers))]
    guesses = [_guess_one(header, cells[i], kind, own or {}) for i, header in enumerate(headers)]
    guesses = [
        Guess(IGNORE, 0.6, "denied") if content.is_denied(guess.target, cells[i]) else guess
        for i, guess in enumerate(guesses)
    ]
    readings = [header_words.read(header) for header in headers]
    settled = settle(readings, cells, [(guess.target, guess.confidence) for guess in guesses], kind)
    return [_settled(guess, target) for guess, target in zip(guesses, settled, strict=True)]


def guess_kind(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return "organisations" if the file names organisations and no people, else "contacts"."""
    found = {guess.target for guess in guess(headers, rows, "", CONTACTS)}
    if found & {"last_name", "first_name", "whole_name", "birth_date", "civility", "function"}:
        return CONTACTS
    return ORGANISATIONS if found & {"organisation", "organisation_code"} else CONTACTS


def _guess_one(header: str, cells: list[str], kind: str, own: Mapping[str, str]) -> Guess:
    folded = fold(header)
    target = _labels(kind).get(folded) or own.get(folded[:80]) or known(kind).get(folded, "")
    if target:
        return Guess(target, 0.98, "known_header" if target != IGNORE else "not_useful")
    target, confidence = header_words.target_of(header_words.read(header), kind) if folded else ("", 0.0)
    if target == IGNORE:
        return Guess(IGNORE, confidence, "not_useful")
    if target:
        return Guess(target, confidence, "header_words")
    look = content.look_of(cells)
    if look and (look in ("email", "website") or not folded):
        return Guess(look, 0.6, "content")
    return UNKNOWN


def _settled(guess: Guess, target: str) -> Guess:
    if target == guess.target:
        return guess
    if target == IGNORE:
        return Guess(IGNORE, guess.confidence, "already")
    return replace(guess, target=target, confidence=max(0.6, guess.confidence - 0.1), why=_why(guess))


def _why(guess: Guess) -> str:
    return "content" if guess.why in ("unknown", "content") else "position"


@lru_cache(maxsize=2)
def _labels(kind: str) -> dict[str, str]:
    """Return our own labels, folded, in every language, so that files made from our template are recognised."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            for field in fields.targets(kind):
                found[fold(str(field.label))] = field.code
    return found


__all__ = ["CONTACTS", "IGNORE", "NOTE", "ORGANISATIONS", "Guess", "guess", "guess_constants", "guess_kind"]
