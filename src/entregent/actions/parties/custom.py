"""Checks of custom fields: which may be written, and which are required (C6, std A57)."""

from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.fields.custom import definitions, fields_for
from entregent.directory.messages import Problem
from entregent.directory.models import CustomField
from entregent.directory.parties.cards import CUSTOM, Card
from entregent.directory.parties.cleaning import Clean


def check_custom(by: Actor, clean: Clean, before: Card | None = None, required: bool = True) -> list[Problem]:
    """Return the problems of the custom values that change. ``before``: the stored card.

    Retired fields, and sensitive ones that ``by`` may not see, are treated as unknown. ``required``: also check that
    required fields are filled in.
    """
    held: dict[str, Any] = before.get("custom", {}) if before else {}
    known = definitions(by.account)
    if not known:
        return []
    problems: list[Problem] = []
    for code in [*clean.custom, *(code for code in held if code not in clean.custom)]:
        value = clean.custom.get(code)
        if value != held.get(code):
            problems += _check(by, known[code], value, held.get(code))
    if required:
        for field in fields_for(by, clean.kind):
            if field.required and field.code not in clean.custom:
                problems.append(Problem(CUSTOM + field.code, "custom_required", {"field": field.label}))
    return problems


def _check(by: Actor, field: CustomField, value: Any, before: Any) -> list[Problem]:
    name = CUSTOM + field.code
    if field.retired_at is not None or (field.sensitive and not by.may(Can.READ_SENSITIVE)):
        return [Problem(name, "custom_unknown")]
    if not field.choices:
        return []
    fresh = _codes(value) - _codes(before)
    return [
        Problem(name, "custom_choice_retired", {"choice": choice["label"]})
        for choice in field.choices
        if choice["code"] in fresh and (choice.get("retired") or choice.get("removed"))
    ]


def _codes(value: Any) -> set[str]:
    return set(value if isinstance(value, list) else [value])
