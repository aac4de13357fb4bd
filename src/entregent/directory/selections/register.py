"""The register of conditions (X2): rooms offer theirs in a module ``conditions.py``, every door reads them here."""

from entregent.accounts.actor import Actor
from entregent.directory.fields import custom_filters
from entregent.directory.parties.cards import CUSTOM
from entregent.kernel.errors import Bad

from .addresses import BESIDE, TRACKING
from .condition import Condition

CONDITIONS: dict[str, Condition] = {}
"""Those that rooms have offered, by name, in the order of their subjects. Accounts have others: custom fields."""


def offer(condition: Condition) -> Condition:
    """Let every door ask this condition. Raises ``ValueError`` for a name that is taken or can't be a condition's."""
    name = condition.name
    if name in CONDITIONS or name in BESIDE or name.startswith((TRACKING, CUSTOM)) or not name.isidentifier():
        raise ValueError(f"A condition can't have this name: {name}")
    ordered = sorted([*CONDITIONS.values(), condition], key=lambda each: each.subject)
    CONDITIONS.clear()
    CONDITIONS.update({each.name: each for each in ordered})
    return condition


def condition_of(by: Actor | None, name: str) -> Condition:
    """The condition of this name. Raises ``Bad``: ``by`` may know of none. ``by``: None while nobody asks yet."""
    if name in CONDITIONS:
        return CONDITIONS[name]
    if name.startswith(CUSTOM):
        return custom_filters.condition_of(by, name)
    raise Bad("filter_unknown", name=name)


def conditions_for(by: Actor, kind: str) -> list[Condition]:
    """What ``by`` may ask of people (``"p"``) or organisations (``"o"``), in order."""
    offered = [each for each in CONDITIONS.values() if kind in each.kinds and each.applies(by)]
    return offered + custom_filters.conditions_for(by, kind)


def finding_items(code: str) -> Condition:
    """The condition that finds what the page of a reference list counts as using an item, by the item's name."""
    return next(each for each in CONDITIONS.values() if each.input.items == code and each.input.counted)
