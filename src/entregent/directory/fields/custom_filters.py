"""Custom fields as conditions of a search (C6): which questions a field may be asked, and what they come to.

In an address: ``custom.code=value``. Text is found anywhere in it, the rest as it is; ``>=``, ``<=``, ``>`` and
``<`` lead a number, an amount or a date; ``-`` means none, ``*`` any.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from entregent.accounts.actor import Actor
from entregent.directory.models import CustomField, CustomValue
from entregent.directory.parties.cards import CUSTOM
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold, phone_digits

from .custom import field_of, fields_for
from .custom_values import KEY_LENGTH, clean, keys, show

Type = CustomField.Type
MEASURED = frozenset({Type.NUMBER, Type.AMOUNT, Type.DATE})
WORDS = frozenset({Type.TEXT, Type.LONG, Type.LINK, Type.EMAIL, Type.PHONE})


class Op(StrEnum):
    """One question; values are stable: saved searches hold them."""

    IS = "is"
    CONTAINS = "contains"
    AT_LEAST = "gte"
    AT_MOST = "lte"
    MORE = "gt"
    LESS = "lt"
    NONE = "none"
    ANY = "any"


_FOLDED: dict[str, Callable[[str], str]] = {Type.EMAIL: str.casefold, Type.PHONE: phone_digits}
"""How a part of a value is written to be found in ``custom_values.keys``; by ``fold`` elsewhere."""
_SIGNS = {">=": Op.AT_LEAST, "<=": Op.AT_MOST, ">": Op.MORE, "<": Op.LESS}


def operators(field: CustomField) -> tuple[Op, ...]:
    """What may be asked of a field, the usual question first."""
    if field.type in WORDS:
        return Op.CONTAINS, Op.IS, Op.NONE, Op.ANY
    if field.type in MEASURED:
        return Op.IS, Op.AT_LEAST, Op.AT_MOST, Op.MORE, Op.LESS, Op.NONE, Op.ANY
    return Op.IS, Op.NONE, Op.ANY


def condition(field: CustomField, op: Op, value: Any, country: str) -> Q:
    """The parties of which the answer is yes. ``value``: as typed. Raises ``Bad``."""
    held = CustomValue.objects.filter(field=field)
    if op == Op.NONE:
        return ~Q(pk__in=held.values_list("party", flat=True))
    if op == Op.ANY:
        return Q(pk__in=held.values_list("party", flat=True))
    if op not in operators(field):
        raise Bad("shape")
    return Q(pk__in=held.filter(**_asked(field, op, value, country)).values_list("party", flat=True))


def _asked(field: CustomField, op: Op, value: Any, country: str) -> dict[str, str]:
    if op == Op.CONTAINS:
        key = _FOLDED.get(field.type, fold)(str(value))
        if not key:
            raise Bad("required")
        return {"key__contains": key[:KEY_LENGTH]}
    kept = clean(field, value, country)
    if kept is None:
        raise Bad("required")
    name = "key" if op == Op.IS else f"key__{op}"
    return {name: keys(field, kept, country)[0]}


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition of an address, read."""

    field: CustomField
    op: Op
    value: str


def read(by: Actor, name: str, text: str) -> Asked:
    """What ``custom.code=text`` asks. Raises ``Bad``: for a field that ``by`` may not know of, as for none."""
    field = field_of(by, name)
    if field is None or field.retired_at is not None:
        raise Bad("custom_unknown")
    if text in ("-", "*"):
        asked = Asked(field, Op.NONE if text == "-" else Op.ANY, "")
    else:
        sign = next((sign for sign in _SIGNS if field.type in MEASURED and text.startswith(sign)), "")
        asked = Asked(field, _SIGNS[sign] if sign else operators(field)[0], text[len(sign) :].strip())
    condition(asked.field, asked.op, asked.value, by.account.country)
    return asked


def readable(by: Actor, name: str, text: str) -> bool:
    """Whether ``by`` may ask this."""
    try:
        read(by, name, text)
    except Bad:
        return False
    return True


def asked_of(by: Actor | None, name: str, text: str) -> Q:
    """The condition of an address. ``by``: None while its form is checked. Raises ``Bad`` where it has no sense."""
    if by is None:
        return Q()
    asked = read(by, name, text)
    return condition(asked.field, asked.op, asked.value, by.account.country)


def shown_value(by: Actor, asked: Asked) -> str:
    """The value of a condition as people read it."""
    if asked.op in (Op.CONTAINS, Op.NONE, Op.ANY):
        return asked.value
    kept = clean(asked.field, asked.value, by.account.country)
    return show(asked.field, kept, by.account.country)


def names(params: Iterable[str]) -> list[str]:
    """The conditions on custom fields among an address's parameters."""
    return [name for name in params if name.startswith(CUSTOM) and len(name) <= len(CUSTOM) + 40][:50]


def criteria(by: Actor, kind: str) -> list[tuple[CustomField, tuple[Op, ...]]]:
    """The fields that ``by`` may ask for, each with its operators."""
    return [(field, operators(field)) for field in fields_for(by, kind)]
