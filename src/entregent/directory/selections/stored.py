"""Stored searches as their readers may see them: a condition on a field that is hidden from them tells nothing."""

from collections.abc import Mapping

from entregent.accounts.actor import Actor
from entregent.directory.fields.custom import definitions, field_of
from entregent.directory.parties.cards import CUSTOM
from entregent.kernel.errors import Bad

from .nested import Leaf, leaves, mapped, parse, write

HIDDEN = Leaf(f"{CUSTOM}*", "*")
"""What stands for a hidden condition. No field can have this name, so that nobody can ask or store it."""


def shown_to(by: Actor, search: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a stored search, with ``HIDDEN`` for each condition on a field hidden from ``by``.

    It selects nobody, as the search itself does for them (std A57).
    """
    secret = {CUSTOM + code for code in definitions(by.account) if field_of(by, code) is None}
    if not secret:
        return dict(search)
    shown = {name: value for name, value in search.items() if name not in secret}
    if len(shown) < len(search):
        shown[HIDDEN.name] = HIDDEN.value
    if "f" in shown:
        shown["f"] = _nested(shown["f"], secret)
    return shown


def _nested(text: str, secret: set[str]) -> str:
    try:
        node = parse(text)
    except Bad:  # what can't be read might tell as well
        return write(HIDDEN) if CUSTOM in text else text
    if not any(leaf.name in secret for leaf in leaves(node)):
        return text
    return write(mapped(node, lambda leaf: HIDDEN if leaf.name in secret else leaf))
