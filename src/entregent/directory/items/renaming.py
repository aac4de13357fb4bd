"""Saved searches name tags, statuses, functions… by their words: a word that changes is changed in them, too."""

from collections.abc import Mapping
from typing import Any

from entregent.directory.models import ContactList, SavedView
from entregent.directory.parties.cleaning import item_key
from entregent.directory.positions.whereabouts import split_holder
from entregent.directory.selections.nested import Group, Leaf, Node, parse, write
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold

FILTERS = {
    "tags": ("tag",),
    "statuses": ("status",),
    "skills": ("skill",),
    "families": ("family",),
    "functions": ("function", "had_function", "holder"),
}
"""A reference list → the conditions that name its items."""


def rename_in_searches(code: str, old_key: str, name: str) -> None:
    """Let the account's dynamic lists and views go on asking for an item that is now called ``name``."""
    if code not in FILTERS:
        return
    for model in (ContactList, SavedView):
        for kept in model.objects.exclude(search={}):  # type: ignore[attr-defined]
            search = renamed(kept.search, FILTERS[code], old_key, name)
            if search != kept.search:
                model.objects.filter(pk=kept.pk).update(search=search)  # type: ignore[attr-defined]


def renamed(search: Mapping[str, Any], filters: tuple[str, ...], old_key: str, name: str) -> dict[str, Any]:
    """The same search, where those of its conditions that name the item under ``old_key`` name it ``name``."""

    def word(condition: str, value: str) -> str:
        if condition not in filters:
            return value
        if condition == "holder":
            department, functions = split_holder(value)
            return f"{department}:{'|'.join(name if fold(one) == old_key else one for one in functions)}"
        return name if item_key(value) == old_key else value

    found = {key: word(key, value) if isinstance(value, str) else value for key, value in search.items()}
    if nested := found.get("f"):
        try:
            found["f"] = write(_mapped(parse(nested), word))
        except Bad:
            return found  # one that can't be read asks for nobody, whatever the item is called
    return found


def _mapped(node: Node, word: Any) -> Node:
    if isinstance(node, Leaf):
        return Leaf(node.name, word(node.name, node.value))
    return Group(node.word, tuple(_mapped(part, word) for part in node.parts))
