"""Tell the columns and words of files that say who refuses mailings: unsubscribed, opt-out, bounced, no consent.

A refusal is never dropped, and an acceptance never invented: what the words don't settle, the user is asked.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from entregent.formats.errors import Problem
from entregent.kernel.dates import LONGEST, parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.folding import fold_text
from entregent.kernel.placeholders import is_placeholder
from entregent.kernel.text import fold

from .header_words import words_of
from .refusal_words import (
    ABOUT_MAIL,
    ACCORD,
    ADDRESS,
    ADDRESSES,
    ANSWERS,
    BEGIN_ANSWERS,
    BREAKS,
    CACHED,
    CONSENTING,
    DONE,
    FILES,
    MAILBOXES,
    MAY_BE_STATES,
    MAY_SAY,
    NEGATED,
    NO,
    NO_DAYS,
    NOES,
    NOT_STATES,
    OF_MAILINGS,
    OF_REFUSING,
    OF_WANTING,
    OTHERS,
    PERHAPS,
    PHONES,
    POLITICAL,
    REASONS,
    SAYING,
    STATES,
    SUBSCRIBED,
    SURELY_WANTING,
    TIME,
    WISHING,
    WORDS,
    YES,
)

REFUSED, WANTED, STATE = "mail_refused", "mail_wanted", "mail_state"
TARGETS = frozenset({REFUSED, WANTED, STATE})
"""The targets that a refusal is read from: a yes or a reason; anything but a yes; words."""
UNSURE = "word"
"""What a question is about, in ``Import.refusals``, that remains though its column is read as refusals."""


def sense(header: str, cells: Sequence[str], target: str) -> tuple[str, float] | None:
    """Return the target that a column surely has, and how certain that is; None if it is not about refusals.

    ``target``: what the header alone makes of it.
    """
    words = words_of(header)
    if OTHERS.search(words):
        return None
    filled = [cell.strip() for cell in cells if cell.strip()]
    if OF_REFUSING.search(words):
        return REFUSED, 0.98 if _like_answers(filled) else 0.7
    if _surely_wants(words, filled):
        return WANTED, 0.8
    return (STATE, 0.8) if target in MAY_BE_STATES and _are_states(words, filled) else None


def _surely_wants(words: str, filled: Sequence[str]) -> bool:
    return bool(OF_WANTING.search(words) and SURELY_WANTING.fullmatch(words)) and _like_answers(filled)


def smells(header: str, cells: Sequence[str]) -> str:
    """Return what of a column sounds like a refusal: its header, or a cell; "" if nothing does."""
    words = words_of(header)
    if words == "do not mail":
        return header  # by post in one program, by e-mail in others
    if OTHERS.search(words) and not PHONES.fullmatch(words):
        return ""
    if OF_REFUSING.search(words) or OF_WANTING.search(words) or PERHAPS.search(words) or _may_be(words, cells):
        return header
    return next((cell.strip() for cell in cells if _speaks(header, cell)), "")


def _may_be(words: str, cells: Sequence[str]) -> bool:
    """Return whether a column may say who wants mailings, by the words of its header and what its cells are."""
    if not words or DONE.search(words):
        return False
    filled = [cell.strip() for cell in cells if cell.strip()]
    if ADDRESSES.fullmatch(words) and all(map(_is_none, filled)):
        return False
    if MAILBOXES.fullmatch(words) and all(fold(cell) in YES for cell in filled):
        return False
    answered = sum(map(is_answer, filled))
    if WISHING.search(words):
        return _like_answers(filled) or answered > 0
    return answered * 2 > len(filled) and bool(ABOUT_MAIL.search(words) or ACCORD.fullmatch(words))


def is_answer(cell: str) -> bool:
    """Return whether a cell is a yes, a no, or a refusal in words: Non, KO, pas d'accord, ne plus contacter."""
    folded = fold(cell)
    return folded in ANSWERS or f"{folded} ".startswith(BEGIN_ANSWERS) or says(cell)


def are_answers(cells: Sequence[str]) -> bool:
    """Return whether all filled cells are answers, and not all of them words for no value."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return all(map(is_answer, filled)) and not all(map(_is_none, filled))


def _is_none(cell: str) -> bool:
    """Return whether a cell says that there is no value: aucun, néant; a cross may be a yes."""
    return is_placeholder(cell) and fold(cell) not in YES


def of_file(name: str) -> bool:
    """Return whether a file's name says that all of it are people who must not be written to."""
    return bool(FILES.search(words_of(PurePath(name).stem.replace("_", " "))))


def unsure(header: str, cells: Sequence[str]) -> str:
    """Return a word of a column about refusals that may be one or not; "" if all are clear."""
    words = words_of(header)
    if OTHERS.search(words):
        return ""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if OF_REFUSING.search(words):
        target = "" if REASONS.search(words) else REFUSED
    elif _surely_wants(words, filled):
        target = WANTED
    else:
        target = STATE if _are_states(words, filled) else ""
    return next((cell for cell in filled if is_unsure(target, cell)), "") if target else ""


def says(cell: str) -> bool:
    """Return whether a cell says in words that they must not be written to: désabonné, ne plus contacter."""
    return (_says if len(cell) <= CACHED else _says.__wrapped__)(cell)


def _speaks(header: str, cell: str) -> bool:
    """Return whether a cell says so below this header: «Opposition» is a side of an assembly below «Groupe»."""
    return says(cell) and not (fold(cell) == "opposition" and POLITICAL.search(words_of(header)))


@lru_cache(maxsize=4_096)
def _says(cell: str) -> bool:
    cell = ADDRESS.sub("", cell)
    folded = fold_text(cell)
    if not any([part in folded for part in MAY_SAY]):
        return False
    return folded in NOT_STATES or bool(WORDS.search(_affirmed(cell)))


def _affirmed(cell: str) -> str:
    """Return a cell folded, without what it denies: «non désabonné», but not «non, désabonné»."""
    parts = [NEGATED.sub("", fold_text(part)).strip() for part in BREAKS.split(cell)]
    return " ".join(filter(None, parts))


def refuses(target: str, cell: str) -> bool:
    """Return whether a cell of a column with this target, one of ``TARGETS``, is a refusal.

    An unknown word is one too, unless the column is of those who accept.
    """
    if target == WANTED:
        return says(cell) or (fold(cell) not in YES and not _is_day(cell))
    if says(cell):
        return True
    folded = fold(_affirmed(cell))
    if not set(folded) - {"0", " "}:
        return False
    nothing = folded not in SAYING and set(folded) != {"x"} and is_placeholder(cell)
    if nothing or folded in (CONSENTING if target == STATE else NO | SUBSCRIBED):
        return False
    return _day(cell) not in NO_DAYS


def is_unsure(target: str, cell: str) -> bool:
    """Return whether a refusal is read from a cell only because its words are not known."""
    if target not in TARGETS or says(cell) or not refuses(target, cell):
        return False
    folded = fold(cell)
    if target == WANTED:
        said = folded in ANSWERS or bool(NOES.intersection(folded.split())) or folded.replace(" ", "").isdecimal()
        return not (said or is_placeholder(cell) or _day(cell) or OF_REFUSING.search(folded)) and bool(folded)
    yes = folded in YES or set(folded) == {"x"} or folded.split()[0] in ("oui", "yes", "vrai", "true", "x")
    known = yes or folded.replace(" ", "").isdecimal() or _day(cell) or OF_REFUSING.search(folded)
    return target == STATE or not known


def _like_answers(filled: Sequence[str]) -> bool:
    """Return whether cells are yes, no, dates or reasons rather than addresses and texts."""
    return all(len(cell) < 60 and "@" not in cell for cell in filled)


def _are_states(words: str, filled: Sequence[str]) -> bool:
    """Return whether all cells are words for how someone takes part in mailings, and some of them for refusing."""
    if not filled or POLITICAL.search(words) or any(len(cell) > 30 for cell in filled):
        return False
    if not all(STATES.fullmatch(fold(cell)) or says(cell) for cell in filled):
        return False
    mailings = any(fold(cell) in OF_MAILINGS for cell in filled)
    return any(map(says, filled)) or (mailings and any(refuses(STATE, cell) for cell in filled))


def _is_day(cell: str) -> bool:
    return _day(cell) not in {None, *NO_DAYS}


def _day(cell: str) -> date | None:
    """Return the day that a cell is, with a time of day at most; None if it says anything else."""
    text = cell.strip()
    if len(text) > LONGEST:
        return None
    if time := TIME.search(text):
        if time.end() != len(text):
            return None
        text = text[: time.start()]
    for order in ("dmy", "mdy"):
        with suppress(Bad):
            return parse_date(text, order)
    return None


class RefusalReader:
    """Reads from the cells of a row whether the person refuses mailings.

    All others but names are watched: a word of refusal in them is told, or obeyed if the user said that the column
    speaks of refusals.
    """

    def __init__(
        self,
        mapping: Sequence[str],
        constants: Mapping[str, str],
        answers: Mapping[int, str],
        headers: Sequence[str] = (),
    ) -> None:
        self.headers = [*headers, *[""] * len(mapping)]
        self.columns = [(i, target) for i, target in enumerate(mapping) if target in TARGETS]
        self.answers = answers
        self.all = refuses(REFUSED, constants.get(REFUSED, ""))
        self.watched = [
            i
            for i, target in enumerate(mapping)
            if answers.get(i) == "refused" or (target not in _UNWATCHED and i not in answers)
        ]

    def read(
        self, cells: Sequence[str], values: Mapping[str, list[str]], card: dict[str, Any], problems: list[Problem]
    ) -> None:
        """Set ``mail_refused`` of the card if the row says something of it."""
        found = self.all
        for i, target in self.columns:
            cell = cells[i] if i < len(cells) else ""
            if not refuses(target, cell):
                continue
            unknown = is_unsure(target, cell)
            if unknown and not self.answers.get(i):
                problems.append(Problem("refusal_unsure", "", cell))
            found = found or not unknown or self.answers.get(i) != "none"
        watched = [(i, cells[i]) for i in self.watched if i < len(cells) and cells[i]]
        for i, cell in watched:
            if not _speaks(self.headers[i], cell):
                continue
            if self.answers.get(i) == "refused":
                found = True
            else:
                problems.append(Problem("refusal_unread", "", cell))
        if found:
            card[REFUSED] = True
            problems.append(Problem("refusal_read"))
        elif REFUSED in values:
            card[REFUSED] = False


_UNWATCHED = TARGETS | {"last_name", "first_name", "middle_name", "whole_name", "name", "organisation"}
