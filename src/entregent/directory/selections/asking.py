"""Asking the conditions of an address, a nested filter or a stored search."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem, problem_of
from entregent.directory.models import Party
from entregent.kernel.errors import Bad

from .addresses import others, text_of
from .condition import Asking, Condition, Part, together
from .known import ALL_LISTS, Known, Name
from .nested import Leaf, leaves, parse
from .register import CONDITIONS, condition_of

MOST_ASKED = 300
"""How many conditions a search may have, including those of the lists it names: each runs queries."""


def ask(name: str, value: str, asking: Asking) -> list[Part]:
    """Return what one condition asks, in parts for ``together``. Raises ``Bad`` when it can't be asked."""
    asking.asked.append(name)
    if len(asking.asked) > MOST_ASKED:
        raise Bad("filter_asks_much", limit=MOST_ASKED)
    condition = condition_of(asking.by, name)
    parsed = condition.parse(value)
    _refuse_unknown(condition, parsed, asking)
    if condition.parts:
        return condition.parts(parsed, asking)
    return [(name, condition.rows, condition.ask(parsed, asking))]


def ask_all(conditions: Mapping[str, str], asking: Asking) -> Q:
    """Return what all conditions together ask of a party. Raises ``Bad`` when one can't be asked."""
    parts = [part for name, value in conditions.items() for part in ask(name, value, asking)]
    return together(parts, asking)


def _refuse_unknown(condition: Condition, parsed: Any, asking: Asking) -> None:
    """Raise ``Bad`` for a name that nothing has which the reader knows: below a «not», everybody would be found."""
    names = condition.input.names(parsed)
    if names and not any(asking.known.find(name) for name in names):
        raise condition.input.unknown_name(parsed)


def note_all(known: Known, searches: Iterable[Mapping[str, Any]]) -> None:
    """Note what searches name, and what those of the lists name that they lead to, one query for each step down."""
    following = list(searches)
    met: set[Name] = set()
    while following:
        named = {name for search in following for name in names_in(search)} - met
        met |= named
        for name in named:
            known.note(name)
        lists = [known.find(name) for name in named if name[0] == ALL_LISTS]
        following = [each.search for each in lists if each and each.is_dynamic]


def names_in(search: Mapping[str, Any]) -> Iterator[Name]:
    """Yield what the conditions of a search name, as far as they can be read."""
    for leaf in leaves_of(search):
        try:
            condition = condition_of(None, leaf.name)
            yield from condition.input.names(condition.parse(leaf.value))
        except Bad:
            continue


def check_leaf(by: Actor | None, leaf: Leaf) -> None:
    """Raise ``Bad`` when a condition of a nested filter can't be read. ``by``: as for ``condition_of``."""
    if leaf.name == "f":
        raise Bad("filter_unknown", name=leaf.name)
    condition_of(by, leaf.name).parse(leaf.value)


def problems_of(conditions: Mapping[str, str], by: Actor | None = None) -> tuple[Problem, ...]:
    """Return the problems of conditions that can't be read. ``by``: None to check only what holds for everybody."""
    problems = []
    for name, value in conditions.items():
        try:
            condition_of(by, name).parse(value)
        except Bad as bad:
            problems.append(problem_of(name, bad))
    return tuple(problems)


def conditions_in(params: Mapping[str, Any]) -> dict[str, str]:
    """Return the conditions among an address's parameters: name → value, both as there.

    Unknown names are included, and select nobody; empty values, as forms send them, are left out.
    """
    given = {name: text_of(params.get(name)) for name in (*CONDITIONS, *others(params, CONDITIONS))}
    return {name: value for name, value in given.items() if value}


def leaves_of(params: Mapping[str, Any]) -> Iterator[Leaf]:
    """Yield each condition of an address or a stored search, nested ones too, unless their filter can't be read."""
    for name, value in conditions_in(params).items():
        if name != "f":
            yield Leaf(name, value)
            continue
        try:
            yield from leaves(parse(value))
        except Bad:
            continue


def unmet(by: Actor, name: str, value: str) -> str:
    """Return what to say of values, of a condition or below it, that no record has which ``by`` may see; else "".

    Such a search is asked all the same: below a «not», it finds everybody.
    """
    said = []
    for leaf in leaves_of({name: value}):
        condition, asking = condition_of(by, leaf.name), Asking(Known(by))
        if condition.unmet:
            having = Party.readable.visible_to(by).filter(ask_all({leaf.name: leaf.value}, asking))
            said += [] if having.exists() else [str(condition.unmet % {"value": leaf.value})]
    return " ".join(said)


def words_in(params: Mapping[str, Any]) -> str:
    """Return the words that an address's parameters search for."""
    return text_of(params.get("q"))
