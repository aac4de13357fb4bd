"""Refuses passwords that others would try first: common ones in disguise, the words of program and account."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from entregent.kernel.text import fold

from .actor import places_of

PROGRAM = "entregent"
SHORTEST = 5
"""A word of fewer letters is in too many sentences to be refused in all of them."""


def letters(text: str) -> str:
    """Return a text folded, without what people put between and around words."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def words_of(*names: str) -> set[str]:
    """Return what must not be in a password: each name, and its longer words."""
    found = {letters(name) for name in names} | {letters(word) for name in names for word in re.split(r"\W+", name)}
    return {word for word in found if len(word) >= SHORTEST}


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
        typed = letters(password)
        if any(word in typed for word in words_of(PROGRAM, *names)):
            raise ValidationError(
                _("Don't use the name of the program or of your account: it is tried first."), code="password_names"
            )

    def get_help_text(self) -> str:
        return _("Without the name of the program or of your account.")
