"""Refuses passwords that others would try first: common ones in disguise, the words of program and account."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from entregent.kernel.text import fold

from .actor import places_of

PROGRAM = "entregent"
SHORTEST = 5
"""A word of fewer letters is in too many sentences to be refused in all of them."""
ARTICLES = frozenset("a au aux d de des du en et l la le les un une the of and".split())
"""Words that people leave out of a name, or put between its words."""


def letters(text: str) -> str:
    """Return a text folded, without what people put between and around words."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def words_of(*names: str) -> set[str]:
    """Return the words of names, and each name as people shorten it: without its first article, without any."""
    found = set[str]()
    for name in names:
        words = [word for part in re.split(r"[\W_]+", name) if (word := letters(part))]
        bare = [word for word in words if word not in ARTICLES]
        first = words.index(bare[0]) if bare else 0
        found |= {*bare, "".join(words), "".join(words[first:]), "".join(bare)}
    return found - {""}


def made_of(text: str, words: Iterable[str]) -> bool:
    """Return whether a text is nothing but these words, in any order and number."""
    ends = {0}
    for start in range(len(text)):
        if start in ends:
            ends |= {start + len(word) for word in words if text.startswith(word, start)}
    return len(text) in ends


def is_a_name(typed: str, words: set[str]) -> bool:
    """Return whether a password, but for digits, is nothing but words of names, with or without articles."""
    bare, short = _without_digits(typed), {_without_digits(word) for word in words} - {""}
    return made_of(bare, short | ARTICLES) and not made_of(bare, ARTICLES)


def _without_digits(text: str) -> str:
    return re.sub("[0-9]", "", text)


class GuessedFirst(CommonPasswordValidator):
    """Django's list of common passwords, English and French, also with digits, signs or itself added to them."""

    def validate(self, password: str, user: Any = None) -> None:
        core = letters(password)
        bare = core.strip("0123456789")
        half = core[: len(core) // 2]
        tried = {password.lower().strip(), core, bare, half if half * 2 == core else core}
        if not bare or not tried.isdisjoint(self.passwords):
            raise ValidationError(
                _("This password is too common: it is among the first that are tried."), code="password_too_common"
            )


class NoNames:
    """Refuses a password with the name of the program, or of an account that its user belongs to."""

    def validate(self, password: str, user: Any = None) -> None:
        places = [place.account for place in places_of(user.pk)] if user is not None and user.pk else []
        names = [
            name for account in [*places, *getattr(user, "joining", ())] for name in (account.name, account.slug)
        ]
        typed, words = letters(password), words_of(PROGRAM, *names)
        if is_a_name(typed, words) or any(word in typed for word in words if len(word) >= SHORTEST):
            raise ValidationError(
                _("Don't use the name of the program or of your account: it is tried first."), code="password_names"
            )

    def get_help_text(self) -> str:
        return _("Without the name of the program or of your account.")
