"""What of a card's custom fields may be written, and what must be there (C6, std A57)."""

from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.fields.custom import definitions, fields_for
from entregent.directory.messages import Problem
from entregent.directory.models import CustomField
from entregent.directory.parties.cards import CUSTOM, Card
from entregent.directory.parties.cleaning import Clean


def check_custom(by: Actor, clean: Clean, before: Card | None = None, required: bool = True) -> list[Problem]:
    """What is wrong with the custom values that change. ``before``: the card as it is kept.

    A field that is retired, or sensitive to somebody who may not know of it, is as if it were not there.
    ``required``: also ask for what must be filled in; records from before stay as they are until someone edits them.
    """
    held: dict[str, Any] = before.get("custom", {}) if before else {}
    known = definitions(by.account)
    if not known.fields:
        return []
    problems: list[Problem] = []
    for code in [*clean.custom, *(code for code in held if code not in clean.custom)]:
        value = clean.custom.get(code)
        if value != held.get(code):
            problems += _check(by, known.by_code[code], value, held.get(code))
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
