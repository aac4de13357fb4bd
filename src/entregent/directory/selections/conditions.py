"""The condition that is a nested filter: others, joined by and, or and not."""

from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .asking import ask, check_leaf
from .condition import Asking, Condition, Offered, Part, Subject, together
from .inputs import Words
from .nested import Leaf, Node, leaves, parse
from .register import offer
from .sentences import nested_sentence


def _read(text: str) -> Node:
    node = parse(text)
    for leaf in leaves(node):
        check_leaf(None, leaf)
    return node


def _parts(node: Node, asking: Asking) -> list[Part]:
    """Return what must hold together: the conditions of an «and» with those beside it."""
    if isinstance(node, Leaf):
        return ask(node.name, node.value, asking)
    parts = [_parts(part, asking) for part in node.parts]
    if node.word == "and":
        return list(chain.from_iterable(parts))
    whole = reduce(or_, (together(part, asking) for part in parts))  # none of several: not (one or another)
    return [("", None, ~whole if node.word == "not" else whole)]


def _ask(node: Any, asking: Asking) -> Q:
    return together(_parts(node, asking), asking)


offer(Condition(
    "f", "po", Subject.NESTED, _("Advanced filter"), Words(limit=4000, reads=_read), _ask, nested_sentence,
    parts=_parts, offered=Offered.NOWHERE,
    description='Nested conditions: `and(status:prospect,or(city:Lyon,tag:"a, b"),not(active:non))`.',
))  # fmt: skip
