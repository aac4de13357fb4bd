"""Guess a value shared by all rows but not in any column: the function («Maire» in maires.csv).

It is shown to the user, who can change or clear it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from entregent.kernel.text import fold

from . import header_words
from .fields import CONTACTS
from .known_headers import known

_NAMES = frozenset({"name", "first_name", "whole_name"})
_OFFICE_WORDS = frozenset("elu elue elus mandat fonction titulaire".split())
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
# Acronyms that are not a function.
_NO_FUNCTION = frozenset("INSEE SIREN SIRET NEQ EPCI TVA RNE MRC URL BAN COG VAT ISO DEPT".split())


def guess_constants(filename: str, headers: Sequence[str]) -> dict[str, str]:
    """Return {"function": …} if the file has no such column but its headers or its name tell the function.

    Looked for in the headers of names ("Nom du maire"), then in an acronym that several headers share
    ("Nom PRADA", "Prénom PRADA"), then in the file's name if the headers speak of an office.
    """
    readings = [header_words.read(header) for header in headers]
    known_targets = {known(CONTACTS).get(reading.folded, "") for reading in readings}
    if "function" in known_targets or any(reading.attribute == "function" for reading in readings):
        return {}
    function = _from_names(readings) or _from_acronym(headers, readings) or _from_file(filename, readings)
    return {"function": function} if function else {}


def _from_names(readings: Sequence[header_words.Reading]) -> str:
    words = [reading.function for reading in readings if reading.function and reading.attribute in _NAMES]
    # Several functions, such as the mayor and the clerk: not one for all.
    return _capitalised(words[0]) if words and len(set(words)) == 1 else ""


def _from_acronym(headers: Sequence[str], readings: Sequence[header_words.Reading]) -> str:
    if all(header.isupper() for header in headers if header):
        return ""
    shared = Counter(word for header in headers for word in set(_ACRONYM.findall(header)))
    named = {
        word
        for header, reading in zip(headers, readings, strict=True)
        if reading.attribute in _NAMES
        for word in _ACRONYM.findall(header)
    }
    return next((w for w, n in shared.most_common() if n > 1 and w in named and w not in _NO_FUNCTION), "")


def _from_file(filename: str, readings: Sequence[header_words.Reading]) -> str:
    if not any(word in _OFFICE_WORDS for reading in readings for word in reading.folded.split()):
        return ""
    words = [_singular(word) for word in fold(PurePath(filename).stem).split() if word.isalpha()]
    start = next((i for i, word in enumerate(words) if word in header_words.FUNCTIONS), None)
    if start is None:
        return ""
    # "conseillers-municipaux-2024": the adjective goes with it, months and such don't.
    adjective = [word for word in words[start + 1 : start + 2] if word.endswith(("al", "ale"))]
    return " ".join([_capitalised(words[start]), *adjective])


def _singular(word: str) -> str:
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word.endswith(("s", "x")) and len(word) > 3 else word


def _capitalised(word: str) -> str:
    return header_words.FUNCTIONS[word].capitalize()
