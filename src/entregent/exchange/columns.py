"""Guess the target of each column from the headers and first rows of a file (std C21-C25).

Each column is judged by its header if known, else by the header's words, else by its cells; the cells lower the
certainty of a header that they don't bear out. Then conflicts between columns are resolved: only one last name,
complete addresses, the owner of the département.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import override

from entregent.kernel.text import fold

from . import content, fields, header_words, refusals
from .fields import CONTACTS, IGNORE, ORGANISATIONS
from .known_headers import known
from .settling import settle

LANGUAGES = ("fr", "en")
_NO_EMAIL = frozenset(
    {"address", "organisation", "name", "last_name", "first_name", "whole_name", "website", "phone"}
)
_EMAILS = frozenset({"email", "email_2", "email_3"})
_VAGUE = frozenset({"nom", "name"})


DOUBTFUL = 0.6
"""Below this certainty, a guess is shown as doubtful."""
DENIED = 0.25
"""Below this share of cells that fit, a header is wrong."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be: a code of `fields.FIELDS`, and how certain that is, 0 to 1."""

    target: str
    score: float

    @property
    def doubtful(self) -> bool:
        """Whether the user should look at it."""
        return self.target != IGNORE and self.score < DOUBTFUL


def guess(
    headers: Sequence[str], rows: Sequence[Sequence[str]], kind: str, own: Mapping[str, str] | None = None
) -> list[str]:
    """Return the target of each column: a code of `fields.FIELDS`. Arguments as for ``scored``."""
    return [found.target for found in scored(headers, rows, kind, own)]


def scored(
    headers: Sequence[str], rows: Sequence[Sequence[str]], kind: str, own: Mapping[str, str] | None = None
) -> list[Guess]:
    """Return the target of each column, with its certainty.

    Args:
        headers: names of the columns, '' for none.
        rows: the first rows (20 are enough), cells as text.
        kind: "contacts" or "organisations".
        own: folded labels of custom fields → their targets.
    """
    cells = [[row[i] if i < len(row) else "" for row in rows] for i in range(len(headers))]
    candidates = [_guess_one(header, column, kind, own or {}) for header, column in zip(headers, cells, strict=True)]
    targets = settle([header_words.read(header) for header in headers], cells, candidates, kind)
    return [
        Guess(target, confidence if target == before else _less(header, confidence) * content.fit(target, column))
        for header, target, (before, confidence), column in zip(headers, targets, candidates, cells, strict=True)
    ]


def _less(header: str, confidence: float) -> float:
    """Return how certain a target is that a column has from its neighbours; doubtful without a header."""
    return min(confidence or 1.0, 0.6) if header.strip() else 0.5


def guess_kind(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return "organisations" if the file names organisations and no people, else "contacts"."""
    guessed = guess(headers, rows, CONTACTS)
    found = set(guessed)
    bodies = {
        target
        for i, target in enumerate(guessed)
        if target in ("last_name", "whole_name")
        and content.share([row[i] for row in rows if i < len(row)], content.is_body) > 0.3
    }
    if "first_name" in found or found & {"last_name", "whole_name"} - bodies or found & {"birth_date", "civility"}:
        return CONTACTS
    return ORGANISATIONS if bodies or found & {"organisation", "organisation_code"} else CONTACTS


def _guess_one(header: str, cells: list[str], kind: str, own: Mapping[str, str]) -> tuple[str, float]:
    """Return the target that a column has by itself, and how certain it is, from 0 to 1."""
    target, confidence = _by_header(header, kind, own)
    if target not in refusals.TARGETS and (sense := refusals.sense(header, cells, target)):
        target, confidence = sense
    if target.removeprefix("organisation_") in _EMAILS and refusals.are_answers(cells):
        return IGNORE, 0.0  # «Envoi mail»: yes or no
    fits, look = content.fit(target, cells), content.look_of(cells)
    if target and fits >= DENIED and not (look == "email" and target in _NO_EMAIL):
        return target, confidence * (0.4 + 0.6 * fits)
    if look in ("email", "website", "phone") or not header.strip():
        return look or IGNORE, (0.7 if look == "email" else 0.5) if look else 0.0
    return IGNORE, 0.0


def _by_header(header: str, kind: str, own: Mapping[str, str]) -> tuple[str, float]:
    """Return what the header says; ("", 0) if it says nothing. "Nom" may be that of anybody."""
    plain, apart = fold(header), header_words.words_of(header)
    for folded in dict.fromkeys((plain, apart)):
        target = _labels(kind).get(folded) or own.get(folded[:80]) or known(kind).get(folded)
        if target:
            return target, 0.9 if folded in _VAGUE else 0.98
    return header_words.target_of(header_words.read(header), kind) if apart else ("", 0.0)


@lru_cache(maxsize=2)
def _labels(kind: str) -> dict[str, str]:
    """Return our own labels, folded, in every language, so that files made from our template are recognised."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            for field in fields.targets(kind):
                found[fold(str(field.label))] = field.code
    return found
