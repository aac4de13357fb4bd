"""The register of conditions (X2): rooms offer theirs in a module ``conditions.py``, every door reads them here."""

from entregent.accounts.actor import Actor
from entregent.directory.fields import custom_filters
from entregent.directory.parties.cards import CUSTOM
from entregent.kernel.errors import Bad

from .addresses import BESIDE, TRACKING
from .condition import Condition

CONDITIONS: dict[str, Condition] = {}
"""The conditions that rooms offered, by name, in the order of their subjects. Custom fields add an account's own."""


def offer(condition: Condition) -> Condition:
    """Add a condition to the register. Raises ``ValueError`` when its name is taken, reserved or malformed."""
    name = condition.name
    if name in CONDITIONS or name in BESIDE or name.startswith((TRACKING, CUSTOM)) or not name.isidentifier():
        raise ValueError(f"A condition can't have this name: {name}")
    ordered = sorted([*CONDITIONS.values(), condition], key=lambda each: each.subject)
    CONDITIONS.clear()
    CONDITIONS.update({each.name: each for each in ordered})
    return condition


def condition_of(by: Actor | None, name: str) -> Condition:
    """Return the condition of this name. Raises ``Bad`` when ``by`` may ask none.

    ``by``: None before anybody asks; then any value of a custom field's condition passes."""
    if name in CONDITIONS:
        return CONDITIONS[name]
    if name.startswith(CUSTOM):
        return custom_filters.condition_of(by, name)
    raise Bad("filter_unknown", name=name)


def conditions_for(by: Actor, kind: str) -> list[Condition]:
    """Return the conditions that ``by`` may ask of people (``"p"``) or organisations (``"o"``), in order."""
    offered = [each for each in CONDITIONS.values() if kind in each.kinds and each.applies(by)]
    return offered + custom_filters.conditions_for(by, kind)


def finding_items(code: str) -> Condition:
    """Return the condition that finds, by an item's name, what the page of a reference list counts as using it."""
    return next(each for each in CONDITIONS.values() if each.input.items == code and each.input.counted)
