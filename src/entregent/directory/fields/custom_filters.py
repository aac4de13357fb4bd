"""Conditions on custom fields (C6): one for each field.

In an address: ``custom.code=value``. Text fields contain the value, other fields equal it; ``>=``, ``<=``, ``>`` and
``<`` may precede a number, an amount or a date; ``-`` means no value, ``*`` any value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.directory.models import CustomField, CustomValue
from entregent.directory.selections.condition import Condition, Subject
from entregent.directory.selections.inputs import NONE, Choice, Input, Words
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold, phone_digits

from .custom import field_of, fields_for
from .custom_values import MOST_SOUGHT, TEXTS, keys, show, understood
from .register import CUSTOM

Type = CustomField.Type
CHOSEN = frozenset({Type.CHOICE, Type.CHOICES})
MEASURED = frozenset({Type.NUMBER, Type.AMOUNT, Type.DATE})
WORDS = TEXTS | {Type.PHONE}


class Op(StrEnum):
    """The comparison that a condition makes."""

    IS = "is"
    CONTAINS = "contains"
    AT_LEAST = "gte"
    AT_MOST = "lte"
    MORE = "gt"
    LESS = "lt"
    NONE = "none"
    ANY = "any"


_FOLDED: dict[str, Callable[[str], str]] = {Type.EMAIL: str.casefold, Type.PHONE: phone_digits}
"""Type → how part of a value is normalised to be found in ``custom_values.keys``; ``fold`` for other types."""
_SIGNS = {">=": Op.AT_LEAST, "<=": Op.AT_MOST, ">": Op.MORE, "<": Op.LESS}


@dataclass(frozen=True, slots=True)
class Asked:
    """A parsed value: ``text`` to show, ``lookups`` that values meet, each by one of them."""

    op: Op
    text: str = ""
    lookups: tuple[tuple[str, str], ...] = ()


def read(asked_of: CustomField, country: str, text: str) -> Asked:
    """Parse the value of ``custom.code=text``. Raises ``Bad``."""
    if text in (NONE, "*"):
        return Asked(Op.NONE if text == NONE else Op.ANY)
    sign = next((sign for sign in _SIGNS if asked_of.type in MEASURED and text.startswith(sign)), "")
    usual = Op.CONTAINS if asked_of.type in WORDS else Op.IS
    op, value = _SIGNS[sign] if sign else usual, text[len(sign) :].strip()
    if op == Op.CONTAINS:
        key = _FOLDED.get(asked_of.type, fold)(value)
        if not any(map(str.isalnum, key)):
            raise Bad("filter_word")
        if len(key) > MOST_SOUGHT:
            raise Bad("too_long", limit=MOST_SOUGHT)
        return Asked(op, value, (("key__contains", key),))
    kept = understood(asked_of, value, country)
    if kept is None:
        raise Bad("required")
    if asked_of.type in CHOSEN:
        _refuse_removed(asked_of, kept)
    name = "key" if op == Op.IS else f"key__{op}"
    lookups = tuple((name, key) for key in keys(asked_of, kept, country))
    return Asked(op, show(asked_of, kept, country), lookups)


def _refuse_removed(asked_of: CustomField, kept: str | list[str]) -> None:
    """Raise ``Bad`` for a choice that was removed: no record has it, and all would be found below a «not»."""
    there = {choice["code"]: choice["label"] for choice in asked_of.choices if not choice.get("removed")}
    if not there.keys() >= set(kept if isinstance(kept, list) else [kept]):
        raise Bad("custom_choice", choices=", ".join(there.values()))


def _ask(asked_of: CustomField, asked: Asked) -> Q:
    """Return the condition of having a value, and each of the choices that are asked."""
    held = CustomValue.objects.filter(field=asked_of)
    rows = [held.filter((name, key)) for name, key in asked.lookups] or [held]
    found = Q(*(Q(pk__in=each.values_list("party", flat=True)) for each in rows))
    return ~found if asked.op == Op.NONE else found


def _sentence(asked_of: CustomField, asked: Asked) -> str:
    sentence = _OF_DATES.get(asked.op) if asked_of.type == Type.DATE else None
    return str((sentence or _SENTENCES[asked.op]) % {"field": asked_of.label, "value": asked.text})


_SENTENCES = {
    Op.IS: _("%(field)s is “%(value)s”"),
    Op.CONTAINS: _("%(field)s contains “%(value)s”"),
    Op.AT_LEAST: _("%(field)s is at least %(value)s"),
    Op.AT_MOST: _("%(field)s is at most %(value)s"),
    Op.MORE: _("%(field)s is more than %(value)s"),
    Op.LESS: _("%(field)s is less than %(value)s"),
    Op.NONE: _("Without %(field)s"),
    Op.ANY: _("%(field)s is filled in"),
}
_OF_DATES = {
    Op.AT_LEAST: _("%(field)s: from %(value)s on"),
    Op.AT_MOST: _("%(field)s: until %(value)s"),
    Op.MORE: _("%(field)s: after %(value)s"),
    Op.LESS: _("%(field)s: before %(value)s"),
}


def _input(asked_of: CustomField, reads: Callable[[str], Asked]) -> Input:
    none = (NONE, _("None"))
    if asked_of.type == Type.BOOLEAN:
        return Choice(reads=reads, choices=lambda by: [("oui", _("Yes")), ("non", _("No")), none])
    if asked_of.type in CHOSEN:
        offered = [(each["code"], each["label"]) for each in asked_of.choices if not each.get("removed")]
        return Choice(reads=reads, choices=lambda by: [*offered, none])
    return Words(reads=reads, hint=_("Also: >=10, <=10") if asked_of.type in MEASURED else "")


def _made(by: Actor, asked_of: CustomField) -> Condition:
    """Return the condition of one custom field."""
    return Condition(
        CUSTOM + asked_of.code,
        asked_of.kind,
        Subject.CUSTOM,
        asked_of.label,
        _input(asked_of, partial(read, asked_of, by.account.country)),
        lambda asked, asking: _ask(asked_of, asked),
        lambda by, asked: _sentence(asked_of, asked),
    )


_UNREAD = Condition(CUSTOM, "po", Subject.CUSTOM, "", Input(), lambda text, asking: Q(pk__in=[]))
"""The condition on any custom field before anybody asks: the account and its fields are not known yet."""


def condition_of(by: Actor | None, name: str) -> Condition:
    """Return the condition ``custom.code``. Raises the same ``Bad`` for a field hidden from ``by`` as for none."""
    if by is None:
        return _UNREAD
    found = field_of(by, name)
    if found is None or found.retired_at is not None:
        raise Bad("custom_unknown")
    return _made(by, found)


def conditions_for(by: Actor, kind: str) -> list[Condition]:
    """Return the conditions on the custom fields that ``by`` may see."""
    return [_made(by, each) for each in fields_for(by, kind)]
