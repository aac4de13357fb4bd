"""Conditions as sentences: alone, nested, and those that can't be read."""

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.messages import problem_of
from entregent.kernel.errors import Bad

from .nested import Leaf, Node
from .register import condition_of


def said(by: Actor, name: str, value: str) -> tuple[str, bool]:
    """What a condition asks, and whether it can be read; of one that can't, the value and what is wrong with it."""
    try:
        return condition_of(by, name).said(by, value), True
    except Bad as bad:
        words = {"value": value, "problem": problem_of(name, bad).message}
        return _("“%(value)s”: %(problem)s") % words, False


def nested_sentence(by: Actor, node: Node, inside: bool = False) -> str:
    """A nested filter as one sentence: «Statut est «Prospect» et (Ville est «Lyon» ou Balise est «presse»)»."""
    if isinstance(node, Leaf):
        return said(by, node.name, node.value)[0]
    parts = [nested_sentence(by, part, True) for part in node.parts]
    if node.word == "not":
        return _("except (%(conditions)s)") % {"conditions": _(" or ").join(parts)}
    whole = (_(" and ") if node.word == "and" else _(" or ")).join(parts)
    return f"({whole})" if inside and len(parts) > 1 else whole
