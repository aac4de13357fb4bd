"""Tell the columns and words of files that say who refuses mailings: unsubscribed, opt-out, bounced, no consent.

A refusal is never dropped, and an acceptance never invented: what the words don't settle, the user is asked.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from entregent.formats.errors import Problem
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold

from .fields import IGNORE, NOTE
from .header_words import words_of

REFUSED, WANTED, STATE = "mail_refused", "mail_wanted", "mail_state"
TARGETS = frozenset({REFUSED, WANTED, STATE})
"""The targets that a refusal is read from: a yes or a reason; anything but a yes; certain words."""

_MAIL = r"(?:e ?mails?|e ?mailings?|mails?|mailings?|courriels?|newsletters?|infolettres?|messages?|campaigns?)"
_REFUSED = re.compile(
    r"\b(?:unsub\w*|desabonn\w*|desinscri\w*|black ?list\w*|liste noire|opt(?:ed)? ?out\w*|\w*optout|bounce[ds]?|"
    rf"(?:is )?spam\w*|complain\w*|plaintes?|npai|robinson|repoussoir|on hold|hold date|clean time|"
    rf"no bulk|refus\w* .*{_MAIL}|refus\w*|no {_MAIL}|do not {_MAIL}|do not contact|don t {_MAIL}|stop|"
    rf"(?:ne|n) (?:\w+ ){{0,2}}(?:pas|plus) .*(?:{_MAIL}|contact\w*|recevoir|envo\w+|ecri\w+|solliciter|demarcher)|"
    r"ne (?:pas|plus) (?:\w+ )?(?:contacter|ecrire|envoyer|solliciter|relancer|demarcher|mailer)|oppos\w+|"
    rf"(?:excluded|exclu\w*|exclusion) .*{_MAIL}|invalid {_MAIL}|{_MAIL} (?:address )?(?:is )?invalide?|"
    rf"adresse {_MAIL} est (?:desactivee|invalide))\b"
)
_WANTED = re.compile(
    r"\b(?:newsletters?|infolettres?|lettres? (?:d )?infos?\w*|opt ?in|double opt ?in|use for bulk mail|"
    rf"(?:accept\w*|souhait\w*|recevoir|autoris\w*|consent\w*|abonn\w*|inscri\w*|agree\w*|subscri\w*|d accord) .*"
    rf"(?:{_MAIL}|actualites?|informations?|communications?|offres?|lettre)|"
    rf"{_MAIL} (?:consent\w*|opt ?in|permission|accepte\w*|autorise\w*)|marketing consent\w*)\b"
)
_PERHAPS = re.compile(r"\b(?:rgpd|gdpr|consent\w*|bloque\w*|contactable|mailable|prospection|exclu\w*|abonne\w*)\b")
# Not about writing to them, or not about permission.
_OTHERS = re.compile(
    r"\b(?:sms|phone\w*|telephone\w*|call|appeler|fax\w*|trade|opt ?in (?:time|ip)|confirm (?:time|ip)|"
    r"marketing contact status|is opt ?in pending|critere de diffusion|image)\b|^do not mail$|\bpostal\w*\b"
)
_WORDS = re.compile(
    r"\b(?:unsubscribed?|desabonne\w*|desinscri\w*|blacklisted?|liste noire|(?:soft |hard )?bounced?|opt(?:ed)? ?out|"
    r"npai|cleaned|spam|complaint|plainte|trop d erreurs|"
    r"(?:ne|n) (?:plus|pas) (?:\w+ ){0,2}(?:contacter|ecrire|envoyer|solliciter|relancer|demarcher|mailer|recevoir)|"
    r"refuse (?:tout |toute |les |la |nos |d etre )?(?:\w+ )?(?:(?:e ?)?mails?|courriels?|envois?|newsletter|"
    r"contacte\w*|prospection|e ?mailings?)|"
    r"stop (?:mails?|pub|courriels?|e ?mails?|newsletter)|do not (?:e ?mail|contact)|"
    r"oppos[eé] \w+|opposition)\b"
)
_STATES = re.compile(
    r"(?:un)?subscribed|active|actif|active|abonne[es]*|inscrit[es]*|(?:un)?confirmed|pending|cleaned|cancell?ed|"
    r"bounced|complained|archived|valide|invalide|ok|transactional|non subscribed"
)
_MAY_BE_STATES = frozenset({"", IGNORE, "status"})
_NOT_STATES = frozenset("unconfirmed cancelled canceled invalide invalid".split())
_NO = frozenset("non no n false faux 0 none aucun aucune jamais never off null 0 0 00 normal ok".split())
_SUBSCRIBED = frozenset("subscribed abonne abonnee inscrit inscrite actif active valid valide".split())
_YES = frozenset(
    "oui yes y o true vrai 1 x on ok abonne abonnee inscrit inscrite subscribed active actif accepte".split()
)
_LONGEST = 200
_FILES = re.compile(
    r"\b(?:unsubscribed?|unsubscribes?|cleaned|desabonn\w*|desinscri\w*|npai|plaintes?|complaints?|blacklist\w*|"
    r"liste (?:noire|rouge|d exclusion)|exclusions?|bounces?|bounced|opt ?outs?|repoussoir|oppositions?|stop)\b"
)


def sense(header: str, cells: Sequence[str], target: str) -> tuple[str, float] | None:
    """Return the target that a column surely has, and how certain that is; None if it is not about refusals.

    ``target``: what the header alone makes of it.
    """
    words = words_of(header)
    if _OTHERS.search(words):
        return None
    filled = [cell.strip() for cell in cells if cell.strip()]
    if _REFUSED.search(words):
        return REFUSED, 0.98 if _like_answers(filled) else 0.7
    if _WANTED.search(words) and _like_answers(filled):
        return WANTED, 0.8
    if target not in _MAY_BE_STATES or any(len(cell) > 30 for cell in filled):
        return None
    if filled and all(_STATES.fullmatch(fold(cell)) or says(cell) for cell in filled) and any(map(says, filled)):
        return STATE, 0.8
    return None


def smells(header: str, cells: Sequence[str]) -> str:
    """Return what of a column sounds like a refusal: its header, or a cell; "" if nothing does."""
    words = words_of(header)
    if words == "do not mail":
        return header  # by post in one program, by e-mail in others
    if _OTHERS.search(words):
        return ""
    if _REFUSED.search(words) or _WANTED.search(words) or _PERHAPS.search(words):
        return header
    return next((cell.strip() for cell in cells if says(cell)), "")


def of_file(name: str) -> bool:
    """Return whether a file's name says that all of it are people who must not be written to."""
    return bool(_FILES.search(words_of(PurePath(name).stem.replace("_", " "))))


@lru_cache(maxsize=4_096)
def says(cell: str) -> bool:
    """Return whether a cell says in words that they must not be written to: désabonné, ne plus contacter."""
    folded = fold(cell[:_LONGEST])
    return folded in _NOT_STATES or bool(_WORDS.search(folded))


def refuses(target: str, cell: str) -> bool:
    """Return whether a cell of a column with this target, one of ``TARGETS``, is a refusal."""
    folded = fold(cell)
    if target == STATE:
        return says(cell)
    if target == WANTED:
        return folded not in _YES and not _is_day(cell)
    return bool(folded) and folded not in _NO and folded not in _SUBSCRIBED and set(folded) - {"0", " "} != set()


def _like_answers(filled: Sequence[str]) -> bool:
    """Return whether cells are yes, no, dates or reasons rather than addresses and texts."""
    return all(len(cell) < 60 and "@" not in cell for cell in filled)


def _is_day(cell: str) -> bool:
    try:
        parse_date(cell.strip()[:10])
    except Bad:
        return False
    return True


class RefusalReader:
    """Reads from the cells of a row whether the person refuses mailings.

    Columns that are mapped to something else are watched: a word of refusal in them is told, or obeyed if the user
    said that the column speaks of refusals.
    """

    def __init__(self, mapping: Sequence[str], constants: Mapping[str, str], answers: Mapping[int, str]) -> None:
        self.columns = [(i, target) for i, target in enumerate(mapping) if target in TARGETS]
        self.answers = answers
        self.all = refuses(REFUSED, constants.get(REFUSED, ""))
        self.watched = [
            i
            for i, target in enumerate(mapping)
            if answers.get(i) == "refused" or (target in _WATCHED and i not in answers)
        ]

    def read(
        self, cells: Sequence[str], values: Mapping[str, list[str]], card: dict[str, Any], problems: list[Problem]
    ) -> None:
        """Set ``mail_refused`` of the card if the row says something of it."""
        found = self.all or any(refuses(target, cells[i] if i < len(cells) else "") for i, target in self.columns)
        watched = [(i, cells[i]) for i in self.watched if i < len(cells) and cells[i]]
        text = " ".join([cell for _, cell in watched]).lower()
        if not any([part in text for part in _MAY_SAY]):
            watched = []
        for i, cell in watched:
            if not says(cell):
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


_WATCHED = frozenset({IGNORE, NOTE, "notes", "status", "tags", "active"})
_MAY_SAY = (
    "unsub", "sabon", "sinscri", "blackl", "noire", "bounce", "opt", "npai", "cleaned", "spam", "plain", "trop d",
    "ne p", "ne\xa0p", "refuse", "stop", "oppos", "do not", "confirm", "cancel", "invalid",
)  # fmt: skip
"""Parts of all words that ``says`` knows, for one quick look at a row."""
