"""A condition of a search of contacts or organisations, with all that the interfaces need to know of it (X2)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import IntEnum
from typing import Any

from django.db.models import Q

from entregent.accounts.actor import Actor
from entregent.kernel.errors import Bad

from .inputs import Input, Phrase
from .known import Known


class Subject(IntEnum):
    """What a condition is about. Forms, sentences and the API show conditions in this order."""

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
    """Which forms offer a condition. An address may hold any."""

    NOWHERE = 0
    BUILDER = 1
    """In «Filtre avancé»."""
    PANEL = 2
    """In «Filtre avancé» and in «Filtrer»."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The reader of a search: no condition may reveal who is in an organisation hidden from them (B3).

    ``within``: the dynamic lists being followed; one that leads back to itself selects nobody.
    ``asked``: the names of the conditions asked so far, those of followed lists included.
    """

    known: Known
    within: frozenset[int] = frozenset()
    asked: list[str] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        """Who reads."""
        return self.known.by


@dataclass(frozen=True)
class Rows:
    """Rows that parties have, such as addresses: one of them must meet all conditions on them asked together.

    ``having``: returns what parties meet that have a row which meets ``asked``.
    """

    having: Callable[[Q, Asking], Q]


Part = tuple[str, Rows | None, Q]
"""A part of what is asked together: the name of its condition, the rows that it is on, and what it asks of one of
them; of the party if there are none."""


def together(parts: Iterable[Part], asking: Asking) -> Q:
    """Return what all parts ask of a party: one position, or one address, meets all conditions on it.

    A condition asked twice, such as two cities, is met by two of them.
    """
    asked, of_rows, times = Q(), dict[tuple[Rows, int], Q](), Counter[str]()
    for name, rows, part in parts:
        if rows is None:
            asked &= part
            continue
        key = rows, times[name]
        times[name] += 1
        of_rows[key] = of_rows.get(key, Q()) & part
    for (rows, _time), part in of_rows.items():
        asked &= rows.having(part, asking)
    return asked


@dataclass(frozen=True)
class Condition:
    """A condition of a search.

    ``name``: in addresses, stored searches and the API. ``kinds``: "p", "o" or both.
    ``ask``: returns what a parsed value asks of a party, or of one of ``rows``; raises ``Bad``.
    ``parts``: returns instead what a nested filter asks, in parts that must all hold.
    ``sentence``: a pattern with ``%(value)s`` and ``%(label)s``, or a function of the parsed value.
    ``unmet``: of one that takes any text, a pattern that says of ``%(value)s`` that no record has it.
    ``exactly``: the sentences of particular values. ``applies``: whether it makes sense in the reader's account.
    ``description``: of the API's parameter.
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
    unmet: Phrase = ""
    rows: Rows | None = None
    parts: Callable[[Any, Asking], list[Part]] | None = None
    offered: Offered = Offered.PANEL
    applies: Callable[[Actor], bool] = lambda by: True
    description: str = ""

    def parse(self, text: str) -> Any:
        """Return the value that ``text``, as an address holds it, stands for. Raises ``Bad``."""
        if "\0" in text:  # PostgreSQL refuses to look for it; without it more might be found
            raise Bad("shape")
        return self.input.parse(text)

    def said(self, by: Actor, text: str) -> str:
        """Return what the condition asks with ``text`` as its value, as a sentence. Raises ``Bad``."""
        value = self.parse(text)
        if value in self.exactly:
            return str(self.exactly[value])
        if callable(self.sentence):
            return self.sentence(by, value)
        return str(self.sentence % {"value": self.input.said(by, value), "label": self.label_for(by)})

    def label_for(self, by: Actor) -> str:
        """Return its label in forms."""
        return self.label(by) if callable(self.label) else str(self.label)
