"""Custom fields as columns of files (C6): recognised by their label, offered as targets, exported.

Sensitive fields are never exported (std A57), and imported only if a user who may see them maps them by hand.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.directory.fields.custom import definitions, exported, fields_for
from entregent.directory.fields.custom_values import typed
from entregent.directory.models import CustomField
from entregent.directory.parties.cards import CUSTOM

from . import fields
from .fields import BY_CODE, IGNORE, Field, letter, targets

Type = CustomField.Type
_EXAMPLES = {
    Type.LONG: "…",
    Type.NUMBER: "12",
    Type.AMOUNT: "25,00",
    Type.DATE: "21/11/2026",
    Type.LINK: "https://lac.example",
    Type.EMAIL: "elodie.tremblay@lac.example",
    Type.PHONE: "01 99 00 12 34",
}


def offered(by: Actor, kind: str) -> list[Field]:
    """Return the targets of a column: built-in fields, custom fields of ``by``, notes, «do not import»."""
    *usual, note, ignore = targets(kind)
    return [*usual, *(column_of(one) for one in fields_for(by, letter(kind))), note, ignore]


def column_of(one: CustomField) -> Field:
    """Return a custom field as a column, with an example for the template."""
    example = next((choice["label"] for choice in one.choices if not choice.get("retired")), "")
    example = example or _EXAMPLES.get(Type(one.type), "oui" if one.type == Type.BOOLEAN else "…")
    return Field(CUSTOM + one.code, one.label, one.kind, example)


def labels(account: Account, kind: str) -> dict[str, str]:
    """Return folded label → target, for the custom fields that headers are matched with (no sensitive ones)."""
    return {one.key: CUSTOM + one.code for one in exported(account, letter(kind))}


def is_target(account: Account, code: str) -> bool:
    """Whether a mapping may use ``code``: a built-in field, or a custom one in use."""
    found = _custom(account, code)
    return code in BY_CODE or (found is not None and found.retired_at is None)


def kept(account: Account, mapping: Iterable[str]) -> list[str]:
    """Return a saved mapping without sensitive fields, which must be mapped by hand each time."""
    return [IGNORE if (one := _custom(account, code)) and one.sensitive else code for code in mapping]


def label_of(account: Account, code: str) -> str:
    """Return the label of a target; ``""`` if unknown."""
    if code in BY_CODE:
        return str(BY_CODE[code].label)
    found = _custom(account, code)
    return found.label if found else ""


def types(account: Account, mapping: Iterable[str]) -> dict[str, str]:
    """Return target → type, for the custom fields in a mapping."""
    return {code: one.type for code in mapping if (one := _custom(account, code))}


def _custom(account: Account, code: str) -> CustomField | None:
    return definitions(account).get(code.removeprefix(CUSTOM)) if code.startswith(CUSTOM) else None


def template(by: Actor, kind: str) -> tuple[list[str], list[str]]:
    """Return (headers, example row) of the template to fill in, custom fields last."""
    labels, examples = fields.template(kind)
    own = [column_of(one) for one in exported(by.account, letter(kind))]
    return [*labels, *(str(field.label) for field in own)], [*examples, *(field.example for field in own)]


def cells(card: Mapping[str, Any], several: Iterable[CustomField]) -> list[str]:
    """Return the cells of a card for these custom fields."""
    return [typed(one, card["custom"].get(one.code)) for one in several]
