"""The condition that is a nested filter: others, joined by and, or and not."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .asking import ask, check_leaf
from .condition import Asking, Condition, Offered, Subject
from .inputs import Words
from .nested import Node, condition, leaves, parse
from .register import offer
from .sentences import nested_sentence


def _read(text: str) -> Node:
    node = parse(text)
    for leaf in leaves(node):
        check_leaf(None, leaf)
    return node


def _ask(node: Any, asking: Asking) -> Q:
    return condition(node, lambda name, value: ask(name, value, asking))


offer(Condition(
    "f", "po", Subject.NESTED, _("Advanced filter"), Words(limit=4000, reads=_read), _ask, nested_sentence,
    offered=Offered.NOWHERE,
    description='Nested conditions: `and(status:prospect,or(city:Lyon,tag:"a, b"),not(active:non))`.',
))  # fmt: skip
