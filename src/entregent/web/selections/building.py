"""A nested filter while it is being built: from a sent form to a tree and back, one step at a time (X2).

Each group and each condition stands in the form under its place in the tree: ``g0`` is the word of the whole,
``n0.1`` and ``v0.1`` the name and the value of its second part, ``a0`` the condition chosen to be added to it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from entregent.directory.selections.nested import (
    MOST_CONDITIONS,
    MOST_GROUPS_DEEP,
    WORDS,
    Group,
    Leaf,
    Node,
    leaves,
    parse,
)
from entregent.directory.selections.selections import Selection
from entregent.kernel.errors import Bad

ROOT = "0"
_PLACE = re.compile(r"[gn](\d{1,3}(?:\.\d{1,3})*)")


def sent(params: Mapping[str, str]) -> bool:
    """Return whether the form was sent; otherwise the parameters are those of a list."""
    return f"g{ROOT}" in params


def tree_of(selection: Selection) -> Group:
    """Return all conditions of a list's address as one tree, with those of its nested filter."""
    parts: list[Node] = [Leaf(name, value) for name, value in selection.conditions.items() if name != "f"]
    try:
        nested = parse(selection.conditions["f"]) if "f" in selection.conditions else None
    except Bad:
        nested = None
    if nested is None:
        return Group("and", tuple(parts))
    if isinstance(nested, Group) and (not parts or nested.word == "and"):
        return replace(nested, parts=(*nested.parts, *parts))
    return Group("and", (nested, *parts))


def read(params: Mapping[str, str]) -> Group:
    """Return the tree of a sent form; values may still be empty, groups too."""
    places = sorted({found[1] for name in params if (found := _PLACE.fullmatch(name))}, key=_numbers)
    places = [place for place in places if len(_numbers(place)) <= MOST_GROUPS_DEEP + 1][: 4 * MOST_CONDITIONS]

    def node(place: str) -> Node:
        if f"g{place}" not in params:
            return Leaf(params[f"n{place}"], params.get(f"v{place}", "").replace("\0", "").strip())
        word = params[f"g{place}"]
        inside = [each for each in places if each.rpartition(".")[0] == place]
        return Group(word if word in WORDS else "and", tuple(node(each) for each in inside))

    root = node(ROOT)
    return root if isinstance(root, Group) else Group("and", (root,))


def written(root: Group) -> dict[str, str]:
    """Return the fields of a form for a tree: ``read(written(root)) == root``."""
    fields = {}
    for place, node in places(root):
        if isinstance(node, Group):
            fields[f"g{place}"] = node.word
        else:
            fields |= {f"n{place}": node.name, f"v{place}": node.value}
    return fields


def places(node: Node, place: str = ROOT) -> Iterator[tuple[str, Node]]:
    """Yield each part of the tree with its place."""
    yield place, node
    if isinstance(node, Group):
        for number, part in enumerate(node.parts):
            yield from places(part, f"{place}.{number}")


def step(root: Group, asked: str, params: Mapping[str, str]) -> tuple[Group, str]:
    """Take one step: ``add:0``, ``group:0`` or ``remove:0.1``. Return the tree after it and the place to go on at."""
    what, _sign, place = asked.partition(":")
    there = dict(places(root))
    if what == "remove" and place in there and place != ROOT:
        return _with(root, place, lambda node: None), place.rpartition(".")[0]
    group = there.get(place)
    if not isinstance(group, Group):
        return root, ""
    name = params.get(f"a{place}", "")
    if what == "add" and name and may_add(root):
        new: Node = Leaf(name, "")
    elif what == "group" and may_nest(place):
        new = Group("or" if group.word == "and" else "and", ())
    else:
        return root, place
    return _with(root, place, lambda node: replace(node, parts=(*node.parts, new))), f"{place}.{len(group.parts)}"


def may_add(root: Group) -> bool:
    """Return whether another condition fits."""
    return sum(1 for _leaf in leaves(root)) < MOST_CONDITIONS


def may_nest(place: str) -> bool:
    """Return whether the group at a place may hold another group with a condition in it."""
    return len(_numbers(place)) < MOST_GROUPS_DEEP


def pruned(root: Group) -> Group:
    """Return the tree without empty groups."""
    inside = (pruned(part) if isinstance(part, Group) else part for part in root.parts)
    return replace(root, parts=tuple(part for part in inside if isinstance(part, Leaf) or part.parts))


def _with(node: Group, place: str, change: Callable, here: str = ROOT) -> Group:
    """Return the tree with the part at ``place`` changed, or removed when ``change`` returns None."""
    if here == place:
        return change(node)
    parts = []
    for number, part in enumerate(node.parts):
        there = f"{here}.{number}"
        if there == place:
            part = change(part)
        elif isinstance(part, Group) and place.startswith(f"{there}."):
            part = _with(part, place, change, there)
        if part is not None:
            parts.append(part)
    return replace(node, parts=tuple(parts))


def _numbers(place: str) -> list[int]:
    return [int(number) for number in place.split(".")]
