"""What a condition asks for: each input reads the value that an address holds, and says it to people.

Doors draw and describe an input by its type: the form field of ``web.selections.inputs``, the parameter of
``api.filters``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar, TypeVar

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.directory.parties.cleaning import item_key
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.kernel.text import name_key

NONE = "-"
"""What stands for «none» as a condition's value."""
ME = "moi"
"""What stands for the user who asks."""
Phrase = str | Promise
T = TypeVar("T")


def reader_language() -> str:
    """The language that names of countries and languages are shown in."""
    return (get_language() or "fr")[:2]


@dataclass(frozen=True)
class Input:
    """One value, any text. ``items``: the code of the reference list that the value names an item of, if of any.

    ``counted``: the condition finds what the page of that list counts as using the item.
    """

    items = ""
    counted = False

    def parse(self, text: str) -> Any:
        """The value that ``text`` stands for. Raises ``Bad`` when it stands for none."""
        return text

    def said(self, by: Actor, value: Any) -> Any:
        """A parsed value as people read it."""
        return value

    def typed(self, by: Actor, text: str) -> str:
        """What an address holds for what was typed into a form."""
        return text

    def renamed(self, text: str, old_key: str, name: str) -> str:
        """``text`` where the item known as ``old_key`` is called ``name`` from now on. Raises ``Bad``."""
        return text


@dataclass(frozen=True)
class Words(Input):
    """Text of at most ``limit`` characters. ``suggests``: what a form proposes while one types.

    ``reads``: what makes a value of the text; raises ``Bad``.
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
    """One of the ``choices`` that the reader has: (value in the address, label)."""

    choices: Callable[[Actor], Iterable[tuple[str, Phrase]]] = lambda by: ()


@dataclass(frozen=True)
class ItemName(Input):
    """An item of a reference list, by its name: typed, with suggestions."""

    items: str = ""
    limit: int = 150
    counted: bool = True

    def renamed(self, text: str, old_key: str, name: str) -> str:
        return name if item_key(text) == old_key else text


@dataclass(frozen=True)
class ItemChoice(ItemName):
    """An item chosen from a short list. ``none``: the label of ``NONE``."""

    none: Phrase = ""


@dataclass(frozen=True)
class Flag(Input):
    """Yes or no, with the label of each."""

    yes: Phrase
    no: Phrase

    def parse(self, text: str) -> bool:
        if text.casefold() not in ("true", "false", "1", "0", "oui", "non", "yes", "no"):
            raise Bad("boolean")
        return text.casefold() in ("true", "1", "oui", "yes")


class Id(Input):
    """The id of something. ``unknown``: the code of what is wrong with a text that is no id."""

    unknown: ClassVar[str]

    def parse(self, text: str) -> Any:
        if not text.isdecimal() or len(text) > 18:
            raise Bad(self.unknown)
        return int(text)


class UserId(Id):
    """A user, ``ME`` or ``NONE``."""

    unknown = "user_unknown"
    limit = 20

    def parse(self, text: str) -> int | str:
        return {NONE: NONE, ME: ME, "me": ME}.get(text) or super().parse(text)

    def said(self, by: Actor, value: Any) -> Any:
        return Membership.objects.filter(user_id=value).select_related("user").first() or _("unknown")


class OrganisationId(Id):
    """An organisation that the reader may know of."""

    unknown = "organisation_unknown"

    def said(self, by: Actor, value: int) -> str:
        found = Party.readable.known_to(by).filter(pk=value).values_list("name", flat=True)
        return found.first() or _("unknown")

    def typed(self, by: Actor, text: str) -> str:
        """The id of an organisation typed by its name."""
        if not text or text.isdecimal():
            return text
        found = Party.readable.visible_to(by).filter(kind="o", name_key=name_key(text, "")[:310])
        return str(found.values_list("pk", flat=True).first() or text)


class ListId(Id):
    """A list that the reader has."""

    unknown = "list_unknown"

    def said(self, by: Actor, value: int) -> str:
        return seen_lists(by).filter(pk=value).values_list("name", flat=True).first() or _("unknown")


class Day(Input):
    """A day, in ISO 8601 or as people write it."""

    def parse(self, text: str) -> date:
        return parse_date(text)

    def said(self, by: Actor, value: date) -> str:
        return date_format(value, "DATE_FORMAT")


class Moment(Day):
    """The beginning of a day, or a moment: «2026-11-21T08:00:00Z»; without a zone, where the account is."""

    def parse(self, text: str) -> datetime:
        try:
            moment = parse_datetime(text) if ":" in text else datetime.combine(parse_date(text), time.min)
        except ValueError:  # well written, and no time of any day
            moment = None
        if moment is None:
            raise Bad("date", value=text)
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


class Days(Input):
    """A number of days."""

    def parse(self, text: str) -> int:
        if not text.isdecimal() or len(text) > 5:
            raise Bad("shape")
        return int(text)


def of_type(asked: Input, known: Mapping[type, T]) -> T:
    """What ``known`` holds for the type of an input, or for the nearest that it is made from."""
    return next(known[each] for each in type(asked).__mro__ if each in known)
