"""Names of people: split into their parts, and in title case (std F1-F3)."""

import re

from .text import clean_line, fold

CIVILITIES = {
    "m": "M.", "mr": "M.", "monsieur": "M.", "mister": "M.", "herr": "M.", "dhr": "M.",
    "mme": "Mme", "madame": "Mme", "mlle": "Mme", "mademoiselle": "Mme", "mrs": "Mme", "ms": "Mme",
    "miss": "Mme", "frau": "Mme", "mevr": "Mme", "mx": "Mx", "me": "Me", "maitre": "Me",
    "dr": "Dr", "docteur": "Dr", "pr": "Pr", "prof": "Pr", "professeur": "Pr", "professeure": "Pr",
}  # fmt: skip
"""What people type, folded → the title shown."""
_PARTICLES = frozenset("d' de du des la le les l' von van der den ten ter di da dos da do zu el al ben bin".split())
# Words that stay lower case in a title-cased name: the nobiliary de and d', but not Le, La, Du or Des, which are
# part of surnames.
_SMALL = frozenset({"de", "von", "zu", "et"})
_WORD = re.compile(r"[^\s\-'’]+['’]?|[\s\-'’]+")


def split_whole_name(s: str) -> tuple[str, str, str]:
    """Split a full name into (title, first name, last name); the title is '' unless written.

    Capitals mark the surname ("DUPONT Marie", "Marie DUPONT"), as does a comma ("Dupont, Marie");
    otherwise the first word is the first name and the rest the surname, particles included.
    """
    civility, name = _without_civility(clean_line(s))
    last, comma, first = name.partition(",")
    if comma:
        return civility, first.strip(), last.strip()
    words = name.split()
    if words[:1] == ["et"]:  # "M. et Mme Dupont" are two people: left for a user to sort out
        return "", "", clean_line(s)
    capitals = [_is_capitals(word) for word in words]
    if any(capitals) and not all(capitals):
        return civility, *_by_capitals(words, capitals)
    # In "M. Dupont" the word is a surname; so is "Marie" alone, since a record needs one.
    return (civility, words[0], " ".join(words[1:])) if len(words) > 1 else (civility, "", name)


def _without_civility(name: str) -> tuple[str, str]:
    found = ""
    while True:
        first, _, rest = name.removeprefix("le " if found else "").partition(" ")
        civility = CIVILITIES.get(fold(first))
        if not civility or not rest:
            return found, name
        found, name = found or civility, rest.strip()


def _is_capitals(word: str) -> bool:
    """Return whether a word of at least two letters is in capitals ("J." is not a surname)."""
    letters = [character for character in word if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters)


def _by_capitals(words: list[str], capitals: list[bool]) -> tuple[str, str]:
    """Return (first, last), where last runs from the first to the last word in capitals, with its particles."""
    start = capitals.index(True)
    end = len(capitals) - capitals[::-1].index(True)
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    # "de GAULLE Charles": leading particles belong to the surname.
    if start and all(word.lower() in _PARTICLES for word in words[:start]):
        start = 0
    return " ".join(words[:start] + words[end:]), " ".join(words[start:end])


def title_case_name(s: str) -> str:
    """Return an all-capitals name in French title case: a suggestion, never applied unasked (std F1).

    D'USTON DE VILLEREGLAN gives d'Uston de Villereglan; missing accents are not guessed.
    """
    pieces = _WORD.findall(s)
    return "".join(_title_piece(piece, pieces[:index], pieces[index + 1 :]) for index, piece in enumerate(pieces))


def _title_piece(piece: str, before: list[str], after: list[str]) -> str:
    small = piece.lower()
    previous = before[-1].lower() if before else ""
    if len(previous) > 2 and previous[-1] in "'’":
        return small  # Prud'homme, but O'Neil and L'Heveder
    if not after:
        return _capitalised(small)
    if small in {"d'", "d’"} or small in _SMALL:
        return small
    if small in {"la", "les", "l'", "l’", "der", "den"} and _previous_word(before) in {"de", "van", "von"}:
        return small
    return _capitalised(small)


def _capitalised(small: str) -> str:
    return "Mc" + small[2:].capitalize() if small.startswith("mc") and len(small) > 3 else small.capitalize()


def _previous_word(before: list[str]) -> str:
    return next((piece.lower() for piece in reversed(before) if piece.strip()), "")
