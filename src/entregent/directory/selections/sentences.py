"""Conditions as sentences."""

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.messages import problem_of
from entregent.kernel.errors import Bad

from .nested import Leaf, Node
from .register import condition_of
from .stored import HIDDEN


def said(by: Actor, name: str, value: str) -> tuple[str, bool]:
    """Return a condition's sentence, and whether it can be read; if not, the sentence says what is wrong."""
    if name == HIDDEN.name:
        return _("A condition on a field that you may not see"), False
    try:
        return condition_of(by, name).said(by, value), True
    except Bad as bad:
        words = {"value": value, "problem": problem_of(name, bad).message}
        return _("“%(value)s”: %(problem)s") % words, False


def nested_sentence(by: Actor, node: Node, inside: bool = False) -> str:
    """Return a nested filter as a sentence: «Statut est «Prospect» et (Ville est «Lyon» ou Balise est «presse»)»."""
    if isinstance(node, Leaf):
        return said(by, node.name, node.value)[0]
    parts = [nested_sentence(by, part, True) for part in node.parts]
    if node.word == "not":
        return _("except (%(conditions)s)") % {"conditions": _(" or ").join(parts)}
    whole = (_(" and ") if node.word == "and" else _(" or ")).join(parts)
    return f"({whole})" if inside and len(parts) > 1 else whole
