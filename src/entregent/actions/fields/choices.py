"""The choices of a custom field: name, rename, retire and remove them, and replace them in records."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import count
from typing import Any

from django.db.models import Count

from entregent.accounts.actor import Actor
from entregent.directory.fields.custom_values import keys
from entregent.directory.items.renaming import choices_asked
from entregent.directory.messages import Problem
from entregent.directory.models import CustomField, CustomValue, Party
from entregent.directory.parties.cards import CUSTOM
from entregent.journal.deeds import CHANGED
from entregent.journal.telling import Telling
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line, fold
from entregent.store.bulk import Rows

Choice = dict[str, Any]
WITH_CHOICES = frozenset({CustomField.Type.CHOICE, CustomField.Type.CHOICES})
MOST = 200
STEP = 500


def clean_choices(
    field: CustomField, given: Sequence[Any], before: list[Choice], replace: dict[str, str]
) -> list[Problem]:
    """Set ``field.choices`` from ``given``; return its problems.

    ``before``: the choices until now. ``replace``: removed code → the code that replaces it in records.
    """
    if field.type not in WITH_CHOICES:
        field.choices = []
        return []
    if not isinstance(given, list | tuple):
        return [Problem("choices", "shape")]
    known = {choice["code"]: choice for choice in before}
    choices: list[Choice] = []
    problems: list[Problem] = []
    taken = set(known)
    for item in given:
        if isinstance(item, dict) and item.get("removed"):
            continue
        label, code, retired = _parts(item)
        if label is None:
            problems.append(Problem("choices", "field_choice_sign"))
            continue
        if any(fold(label) == fold(choice["label"]) for choice in choices):
            problems.append(Problem("choices", "field_choice_twice", {"choice": label}))
            continue
        if code in known:
            retired = known[code].get("retired") is True if retired is None else retired
        else:
            code = numbered(word_of(label) or "x", taken)
        taken.add(code)
        choices.append({"code": code, "label": label, "retired": retired is True})
    if not any(not choice["retired"] for choice in choices):
        problems.append(Problem("choices", "field_choices"))
    if len(choices) > MOST:
        problems.append(Problem("choices", "field_choices_many"))
    gone = [choice for code, choice in known.items() if code not in {one["code"] for one in choices}]
    problems += _check_gone(field, gone, {choice["code"] for choice in choices}, replace)
    field.choices = [*choices, *({**choice, "removed": True} for choice in gone)]
    return problems


def _parts(item: Any) -> tuple[str | None, str, Any]:
    """Return label (None if invalid), code, and whether it is retired (None: not said), of a label or a dict."""
    parts = item if isinstance(item, dict) else {"label": item}
    try:
        label = clean_line(str(parts.get("label") or ""), 80)
    except Bad:
        return None, "", None
    if not label or ";" in label or not fold(label):
        return None, "", None
    return label, str(parts.get("code") or ""), parts.get("retired")


def word_of(label: str) -> str:
    """Return a label in the letters of codes."""
    return re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:36]


def numbered(word: str, taken: Container[str]) -> str:
    """Return ``word``, with a number if it is taken."""
    codes = (f"{word}_{number}" if number > 1 else word for number in count(1))
    return next(code for code in codes if code not in taken)


def _check_gone(field: CustomField, gone: list[Choice], left: set[str], replace: dict[str, str]) -> list[Problem]:
    problems = []
    gone = [choice for choice in gone if not choice.get("removed")]
    counts = use_counts(field) if gone else {}
    asked = choices_asked(field) if gone and field.pk else set()
    for choice in gone:
        other = replace.get(choice["code"])
        if other is not None and other not in left:
            problems.append(Problem("choices", "field_choice_replacement"))
        elif other is None and (count := counts.get(choice["code"], 0)):
            problems.append(Problem("choices", "field_choice_used", {"choice": choice["label"], "count": count}))
        elif other is None and choice["code"] in asked:
            problems.append(Problem("choices", "field_choice_asked", {"choice": choice["label"]}))
    return problems


def use_counts(field: CustomField) -> dict[str, int]:
    """Count the records of the account per choice (code → number), including those that the user can't see."""
    if not field.pk:
        return {}
    return dict(CustomValue.objects.filter(field=field).values_list("key").annotate(count=Count("pk")))


def replace_choices(by: Actor, field: CustomField, replace: dict[str, str], telling: Telling) -> None:
    """Replace removed choices in the records (old code → new code), with an entry in each record's history."""
    removed = {choice["code"] for choice in field.choices if choice.get("removed")}
    wanted = {old: new for old, new in replace.items() if old != new and old in removed}
    if not wanted:
        return
    for parties in _using(field, list(wanted)):
        told = []
        rows = Rows(CustomValue, "account_id field_id party_id key")
        CustomValue.objects.filter(field=field, party__in=[party.pk for party in parties]).delete()
        for party in parties:
            old = party.custom.get(field.code)
            new = _replaced(field, old, wanted)
            party.custom = {**party.custom, field.code: new}
            party.version += 1
            party.updated_at = party.last_action_at = telling.at
            for key in keys(field, new, by.account.country):
                rows.add(party.account_id, field.pk, party.pk, key)
            told.append((party.pk, party.name, party.version, {CUSTOM + field.code: [old, new]}))
        Party.objects.bulk_update(parties, ["custom", "version", "updated_at", "last_action_at"])
        rows.insert()
        telling.tell_many(told, CHANGED)


def _using(field: CustomField, codes: list[str]) -> Iterator[list[Party]]:
    """Yield the records that have one of these choices, in locked batches of some hundred."""
    found = CustomValue.objects.filter(field=field, key__in=codes).order_by("party_id")
    ids = list(found.values_list("party_id", flat=True).distinct())
    for start in range(0, len(ids), STEP):
        held = Party.objects.select_for_update(no_key=True).filter(pk__in=ids[start : start + STEP])
        yield list(held.order_by("pk"))


def _replaced(field: CustomField, value: Any, wanted: dict[str, str]) -> Any:
    if not isinstance(value, list):
        return wanted.get(value, value)
    codes = {wanted.get(code, code) for code in value}
    return [choice["code"] for choice in field.choices if choice["code"] in codes]
