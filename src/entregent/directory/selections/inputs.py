"""The kinds of values that conditions take: how an address holds one, what it stands for, how it is shown.

``web.selections.inputs`` has a form field and ``api.filters`` a parameter for each type of input.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.directory.items.register import LISTS
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.directory.parties.cleaning import item_key
from entregent.kernel.dates import parse_date, parse_moment
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id
from entregent.kernel.text import name_key
from entregent.shell.dates import written

from .known import ALL_LISTS, ORGANISATIONS, USERS, Name

NONE = "-"
"""The value that means «none»."""
ME = "moi"
"""The value that means the user who asks."""
Phrase = str | Promise
T = TypeVar("T")


def reader_language() -> str:
    """Return the language to show names of countries and languages in."""
    return (get_language() or "fr")[:2]


@dataclass(frozen=True)
class Input:
    """A value that may be any text.

    ``items``: the code of the reference list whose items values name; ``""``: they name none.
    ``counted``: whether the condition finds the same records as the page of that list counts.
    """

    items = ""
    counted = False

    def parse(self, text: str) -> Any:
        """Return the value that ``text`` stands for. Raises ``Bad`` when it stands for none."""
        return text

    def names(self, value: Any) -> list[Name]:
        """Return the names in a parsed value; the condition can be asked if the reader knows one of them."""
        return []

    def unknown_name(self, value: Any) -> Bad:
        """Return what to raise if they know none."""
        return Bad("shape")

    def said(self, by: Actor, value: Any) -> Any:
        """Return a parsed value as people read it."""
        return value

    def typed(self, by: Actor, text: str) -> str:
        """Return what an address holds for ``text`` typed into a form."""
        return text

    def renamed(self, text: str, old_key: str, name: str) -> str:
        """Return ``text`` with the item of key ``old_key`` replaced by ``name``. Raises ``Bad``."""
        return text


@dataclass(frozen=True)
class Words(Input):
    """Text of at most ``limit`` characters.

    ``suggests``: the suggestions shown while typing, a URL name of ``suggest:``. ``hint``: help below the field.
    ``reads``: parses the text, may raise ``Bad``. ``shows``: formats a parsed value.
    """

    limit: int = 150
    suggests: str = ""
    hint: Phrase = ""
    reads: Callable[[str], Any] = str
    shows: Callable[[Any], str] = str

    def parse(self, text: str) -> Any:
        return self.reads(text)

    def said(self, by: Actor, value: Any) -> str:
        return self.shows(value)


@dataclass(frozen=True)
class Choice(Words):
    """One of ``choices``: the reader's pairs of value and label."""

    choices: Callable[[Actor], Iterable[tuple[str, Phrase]]] = lambda by: ()


_UNKNOWN = {
    "functions": "function_unknown", "skills": "skill_not_there", "families": "family_unknown",
    "statuses": "status_unknown", "tags": "tag_unknown",
}  # fmt: skip
"""Reference list → the problem of a name that none of its items has."""


@dataclass(frozen=True)
class ItemName(Input):
    """The name of an item of a reference list, typed with suggestions."""

    items: str = ""
    limit: int = 150
    counted: bool = True

    def texts(self, value: Any) -> tuple[str, ...]:
        """Return the names of items in a parsed value, as typed."""
        return (value,)

    def names(self, value: Any) -> list[Name]:
        return [(self.items, LISTS[self.items].key(text)) for text in self.texts(value)]

    def unknown_name(self, value: Any) -> Bad:
        return Bad(_UNKNOWN[self.items], name=" / ".join(self.texts(value)))

    def renamed(self, text: str, old_key: str, name: str) -> str:
        return name if item_key(text) == old_key else text


@dataclass(frozen=True)
class ItemChoice(ItemName):
    """The name of an item, chosen from a menu. ``none``: the label of ``NONE``."""

    none: Phrase = ""

    def texts(self, value: str) -> tuple[str, ...]:
        return () if value == NONE else (value,)


@dataclass(frozen=True)
class Flag(Input):
    """Yes or no, with their labels."""

    yes: Phrase
    no: Phrase

    def parse(self, text: str) -> bool:
        if text.casefold() not in ("true", "false", "1", "0", "oui", "non", "yes", "no"):
            raise Bad("boolean")
        return text.casefold() in ("true", "1", "oui", "yes")


class Id(Input):
    """An id of one of ``kind``. ``unknown``: the code of the problem when the text is none, or nothing has it."""

    unknown: ClassVar[str]
    kind: ClassVar[str]

    def parse(self, text: str) -> Any:
        found = read_id(text)
        if found is None:
            raise Bad(self.unknown)
        return found

    def names(self, value: Any) -> list[Name]:
        return [(self.kind, value)]

    def unknown_name(self, value: Any) -> Bad:
        return Bad(self.unknown)


class UserId(Id):
    """The id of a user, ``ME`` or ``NONE``."""

    unknown, kind = "user_not_there", USERS
    limit = 20

    def names(self, value: Any) -> list[Name]:
        return [] if value in (ME, NONE) else super().names(value)

    def parse(self, text: str) -> int | str:
        return {NONE: NONE, ME: ME, "me": ME}.get(text) or super().parse(text)

    def said(self, by: Actor, value: Any) -> Any:
        found = Membership.objects.filter(user_id=value).select_related("user").first()
        return found.marked if found else _("unknown")


class OrganisationId(Id):
    """The id of an organisation."""

    unknown, kind = "organisation_unknown", ORGANISATIONS

    def said(self, by: Actor, value: int) -> str:
        found = Party.readable.known_to(by).filter(pk=value).values_list("name", flat=True)
        return found.first() or _("unknown")

    def typed(self, by: Actor, text: str) -> str:
        """Return the id of an organisation typed by its name; ``text`` when none is found."""
        if not text or text.isdecimal():
            return text
        found = Party.readable.visible_to(by).filter(kind="o", name_key=name_key(text, "")[:310])
        return str(found.values_list("pk", flat=True).first() or text)


class ListId(Id):
    """The id of a list."""

    unknown, kind = "list_unknown", ALL_LISTS

    def said(self, by: Actor, value: int) -> str:
        return seen_lists(by).filter(pk=value).values_list("name", flat=True).first() or _("unknown")


class Day(Input):
    """A day, in ISO 8601 or as people write it."""

    def parse(self, text: str) -> date:
        return parse_date(text)

    def said(self, by: Actor, value: date) -> str:
        return written(value)


class Moment(Day):
    """The start of a day, or a moment such as «2026-11-21T08:00:00Z»; without a zone, in the account's time zone."""

    def parse(self, text: str) -> datetime:
        return parse_moment(text, timezone.get_current_timezone())

    def said(self, by: Actor, value: Any) -> str:
        return super().said(by, timezone.localtime(value))


class Days(Input):
    """A number of days."""

    def parse(self, text: str) -> int:
        if not text.isdecimal() or len(text) > 5:
            raise Bad("shape")
        return int(text)


def of_type(asked: Input, known: Mapping[type, T]) -> T:
    """Return what ``known`` holds for the type of an input, or for its nearest base class."""
    return next(known[each] for each in type(asked).__mro__ if each in known)
