"""The values that a tool asks for before it runs: one object each, independent of the interface.

Pages draw it as a form field, the API and the command line read it from JSON or text, a job stores it.
"""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.directory.messages import SENTENCES
from entregent.kernel.dates import parse_date, parse_moment
from entregent.kernel.errors import Bad

NONE = "-"
"""The value that means «none» in a choice; an empty value means that nothing was chosen yet."""
Choices = Sequence[tuple[str, Promise | str]]
Words = Promise | str
YES, NO = ("1", "true", "on", "oui", "yes"), ("0", "false", "off", "non", "no")

SENTENCES.update({"choice": _("This is not one of the choices: %(choices)s.")})


@dataclass(frozen=True)
class Ask:
    """One value that a tool asks for. ``help``: the hint beside its field; a function if it depends on the user."""

    type: ClassVar[str]
    """The name of the type in the API."""
    empty: ClassVar[Any] = None
    """The value if it is optional and omitted."""
    name: str
    label: Words = ""
    _: KW_ONLY
    required: bool = True
    none: Words = ""
    """The label of the choice of none, if it is offered: it is read as ``empty``."""
    help: Words | Callable[[Actor], str] = ""
    proposed: str = ""
    """The query parameter of a page that pre-fills it."""

    def read(self, by: Actor, given: Any) -> Any:
        """Return the value given in JSON types or as text. Raises ``Bad``."""
        given = given.strip() if isinstance(given, str) else given
        if self.none and given in (NONE, None):
            return self.empty
        if given in ("", None, []):
            if self.required:
                raise Bad("required")
            return self.empty
        return self.value(by, given)

    def value(self, by: Actor, given: Any) -> Any:
        """Parse a value that is not empty. Raises ``Bad``."""
        raise NotImplementedError

    def choices(self, by: Actor) -> Choices:
        """Return the possible values, if there are few."""
        return ()

    def said(self, by: Actor, value: Any) -> str:
        """Return a value in words: the labels of what was chosen."""
        if value in (None, "", [], ()):
            return str(self.none)
        labels = dict(self.choices(by))
        return ", ".join(str(labels.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))

    def stored(self, value: Any) -> Any:
        """Return a value as JSON, for a job."""
        return value.isoformat() if isinstance(value, date) else value

    def restored(self, kept: Any) -> Any:
        """Return the value that ``stored`` turned into JSON."""
        return kept

    def hint(self, by: Actor) -> str:
        """Return the hint beside its field."""
        return self.help(by) if callable(self.help) else str(self.help)


@dataclass(frozen=True)
class Text(Ask):
    """A line of text."""

    type = "text"
    empty = ""
    _: KW_ONLY
    limit: int = 150

    def value(self, by: Actor, given: Any) -> str:
        return line_of(given, self.limit)


def line_of(given: Any, limit: int) -> str:
    """Return a text or number as text. Raises ``Bad``."""
    if not isinstance(given, str | int | float) or isinstance(given, bool):
        raise Bad("shape")
    if len(str(given)) > limit:
        raise Bad("too_long", limit=limit)
    return str(given)


@dataclass(frozen=True)
class LongText(Text):
    """Text of several lines."""

    type = "long_text"
    _: KW_ONLY
    limit: int = 2000


@dataclass(frozen=True)
class Day(Ask):
    """A date: ISO, or as people write it."""

    type = "date"

    def value(self, by: Actor, given: Any) -> date:
        if not isinstance(given, str | date):
            raise Bad("date")
        return parse_date(given)

    def restored(self, kept: str | None) -> date | None:
        return parse_date(kept) if kept else None


@dataclass(frozen=True)
class Moment(Ask):
    """A date and time in ISO format; without an offset, in the account's time zone."""

    type = "datetime"

    def value(self, by: Actor, given: Any) -> datetime:
        if not isinstance(given, str | datetime):
            raise Bad("date")
        return parse_moment(given, timezone.get_current_timezone())

    def said(self, by: Actor, value: datetime | None) -> str:
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT") if value else ""

    def restored(self, kept: str | None) -> datetime | None:
        return datetime.fromisoformat(kept) if kept else None


@dataclass(frozen=True)
class Flag(Ask):
    """A checkbox. It confirms something, so it has no words of its own on a job's page."""

    type = "boolean"
    empty = False

    def value(self, by: Actor, given: Any) -> bool:
        word = str(given).lower()
        if word not in (*YES, *NO):
            raise Bad("boolean")
        return word in YES

    def said(self, by: Actor, value: bool) -> str:
        return ""


@dataclass(frozen=True)
class Choice(Ask):
    """One of a few."""

    type = "choice"
    empty = ""
    _: KW_ONLY
    among: Choices | Callable[[Actor], Choices] = ()

    def choices(self, by: Actor) -> Choices:
        return self.among(by) if callable(self.among) else self.among

    def value(self, by: Actor, given: Any) -> str:
        known = [code for code, _label in self.choices(by)]
        if given not in known:
            raise Bad("choice", choices=", ".join(known))
        return given


@dataclass(frozen=True)
class Tags(Ask):
    """Names of tags: a list, or a text that separates them by commas. ``limit``: of the text."""

    type = "tags"
    empty = ()
    _: KW_ONLY
    limit: int = 1000

    def value(self, by: Actor, given: Any) -> list[str]:
        words = given.split(",") if isinstance(given, str) else given
        if not isinstance(words, list) or not all(isinstance(word, str | int) for word in words):
            raise Bad("shape")
        names = [str(word).strip() for word in words if str(word).strip()]
        if not names:
            raise Bad("required")
        return names
