"""Conditions nested by and, or and not, as an address carries them (X2).

    and(status:prospect,or(city:Lyon,tag:"presse, radio"),not(active:non))

A leaf is a condition of ``register`` with its value, in quotation marks where it holds one of
``( ) , "`` or a backslash, which escapes. The same text is a filter's address, a saved view's and a dynamic list's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from entregent.kernel.errors import Bad

MOST_CONDITIONS = 50
MOST_GROUPS_DEEP = 5
WORDS = ("and", "or", "not")
_SIGNS = '(),"\\'


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition: its name and value, as an address holds them."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by ``word``: ``and``, ``or``, or ``not``, which means none of them."""

    word: str
    parts: tuple["Leaf | Group", ...]


Node = Leaf | Group


def parse(text: str) -> Node:
    """Return the tree that ``text`` stands for. Raises ``Bad("filter_syntax")``, ``Bad("filter_large")``."""
    reader = _Reader(text)
    node = reader.node(1)
    if reader.rest():
        raise Bad("filter_syntax")
    return node


def write(node: Node) -> str:
    """Return the text that stands for a tree: ``parse(write(node)) == node``."""
    if isinstance(node, Group):
        return f"{node.word}({','.join(write(part) for part in node.parts)})"
    value = node.value
    if not value or value != value.strip() or any(sign in value for sign in _SIGNS):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        value = f'"{escaped}"'
    return f"{node.name}:{value}"


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield each condition of a tree, from left to right."""
    if isinstance(node, Leaf):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def mapped(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    """Return a copy of the tree with each condition changed by ``change``."""
    if isinstance(node, Leaf):
        return change(node)
    return Group(node.word, tuple(mapped(part, change) for part in node.parts))


_HEAD = re.compile(r" *([^(),:\"\\]*)([(:])")
"""A group's word and its bracket, or a condition's name and its colon."""
_VALUE = re.compile(r' *"((?:[^"\\]|\\.)*)"|([^(),"\\]*)', re.DOTALL)
_AFTER = re.compile(r" *([,)])")


class _Reader:
    """A parser that reads the text from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.count = text, 0, 0

    def node(self, depth: int) -> Node:
        if depth > MOST_GROUPS_DEEP + 1:
            raise Bad("filter_large")
        word, sign = self._take(_HEAD)
        word = word.strip()
        if sign == "(":
            if word not in WORDS:
                raise Bad("filter_syntax")
            return Group(word, tuple(self._parts(depth)))
        self.count += 1
        if self.count > MOST_CONDITIONS:
            raise Bad("filter_large")
        quoted, plain = self._take(_VALUE)
        value = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted else (plain or "").strip()
        if not word or not value:
            raise Bad("filter_syntax")
        return Leaf(word, value)

    def rest(self) -> str:
        return self.text[self.at :].strip()

    def _parts(self, depth: int) -> Iterator[Node]:
        sign = ","
        while sign == ",":
            yield self.node(depth + 1)
            (sign,) = self._take(_AFTER)

    def _take(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """Return the groups of ``pattern``, which must match here, and go on after it."""
        found = pattern.match(self.text, self.at)
        if found is None:
            raise Bad("filter_syntax")
        self.at = found.end()
        return found.groups()
