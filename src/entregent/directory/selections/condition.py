"""One thing that may be asked of contacts and organisations, with all that any door needs to know of it (X2)."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import IntEnum
from typing import Any

from django.db.models import Q

from entregent.accounts.actor import Actor
from entregent.kernel.errors import Bad

from .inputs import Input, Phrase


class Subject(IntEnum):
    """What a condition is about; forms, sentences and the API order conditions by it."""

    TAGS = 1
    POSITIONS = 2
    STANDING = 3
    ADDRESSES = 4
    LANGUAGE = 5
    LISTS = 6
    DATES = 7
    SOURCE = 8
    NESTED = 9
    CUSTOM = 10


class Offered(IntEnum):
    """Where pages offer a condition. Whatever is not offered there may still stand in an address."""

    NOWHERE = 0
    BUILDER = 1
    """In «Filtre avancé»."""
    PANEL = 2
    """There and in «Filtrer»."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: a condition must not tell who is in an organisation hidden from them (B3).

    ``within``: the lists whose searches are being followed; one that comes back to itself selects nobody.
    ``asked``: the names of the conditions asked so far, those of the lists counted in.
    """

    by: Actor
    within: frozenset[int] = frozenset()
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Condition:
    """A condition of a search.

    ``name``: in addresses, stored searches and the API. ``kinds``: whom it is asked of, "p", "o" or both.
    ``ask``: what a parsed value asks of a party; raises ``Bad`` where that has no sense.
    ``sentence``: what it says, a pattern of ``%(value)s`` and ``%(label)s`` or a function of the parsed value.
    ``exactly``: the sentences of single values. ``applies``: whether an account has any use for it.
    ``description``: what the API's documentation says of it.
    """

    name: str
    kinds: str
    subject: Subject
    label: Phrase | Callable[[Actor], str]
    input: Input
    ask: Callable[[Any, Asking], Q]
    sentence: Phrase | Callable[[Actor, Any], str] = ""
    _: KW_ONLY
    exactly: Mapping[Any, Phrase] = field(default_factory=dict)
    offered: Offered = Offered.PANEL
    applies: Callable[[Actor], bool] = lambda by: True
    description: str = ""

    def parse(self, text: str) -> Any:
        """The value that an address holds. Raises ``Bad``."""
        if "\0" in text:  # PostgreSQL refuses to look for it; without it more might be found
            raise Bad("shape")
        return self.input.parse(text)

    def said(self, by: Actor, text: str) -> str:
        """What an address asks, as a sentence. Raises ``Bad``."""
        value = self.parse(text)
        if value in self.exactly:
            return str(self.exactly[value])
        if callable(self.sentence):
            return self.sentence(by, value)
        return str(self.sentence % {"value": self.input.said(by, value), "label": self.label_for(by)})

    def label_for(self, by: Actor) -> str:
        """Its name in forms."""
        return self.label(by) if callable(self.label) else str(self.label)
