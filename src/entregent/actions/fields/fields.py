"""Custom fields of an account (C6): create, change, order, retire and restore them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, lock, twice_in_a_race
from entregent.actions.parties.refreshing import refresh_soon
from entregent.directory.fields.custom import forget
from entregent.directory.items.renaming import rename_choices_in_searches
from entregent.directory.messages import Invalid, Problem, refuse
from entregent.directory.models import CustomField, CustomValue
from entregent.journal.deeds import Deed
from entregent.journal.labels import LABELS
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line, fold

from .choices import WITH_CHOICES, clean_choices, numbered, replace_choices, word_of
from .deeds import FIELD_CHANGED, FIELD_CREATED, FIELD_RETIRED

Type, Towards = CustomField.Type, CustomField.Towards
MOST = 200
"""How many fields in use an account may have."""
TEXTS = {"label": 80, "help": 300, "section": 80, "approved_by": 120}
FLAGS = ("required", "searchable", "sensitive")
SEARCHABLE = frozenset(Type.values) - {Type.BOOLEAN}
DEFAULTS: dict[str, Any] = {
    "label": "", "type": Type.TEXT, "help": "", "section": "", "required": False, "searchable": False,
    "sensitive": False, "approved_by": "", "towards": Towards.INVISIBLE, "choices": [],
}  # fmt: skip


@twice_in_a_race
def create(by: Actor, kind: str, **given: Any) -> CustomField:
    """Create a field of contacts (``"p"``) or organisations (``"o"``), placed last.

    ``given``: label, type, help, section, required, searchable, sensitive, approved_by, towards, choices (labels,
    or ``{"label", "retired"}``). Raises ``Invalid``, ``PermissionDenied``.
    """
    with act(by, FIELD_CREATED, Can.WRITE_FIELDS) as telling:
        if kind not in ("p", "o"):
            refuse("kind", "shape")
        used = CustomField.objects.filter(retired_at=None)
        if used.count() >= MOST:
            refuse("label", "fields_many")
        field = CustomField(account=by.account, kind=kind)
        _fill(by, field, DEFAULTS | given)
        field.code = _code(field.label)
        last = CustomField.objects.filter(kind=kind).aggregate(last=Max("rank"))["last"]
        field.rank = 0 if last is None else last + 1
        field.save()
        telling.say(field=field.label, code=field.code, kind=kind, **_told(field))
    forget(by.account)
    return field


@twice_in_a_race
def change(by: Actor, field: CustomField, replace: dict[str, str] | None = None, **given: Any) -> CustomField:
    """Change the settings of a field that are in ``given`` (see ``create``). Raises ``Invalid``.

    A choice given with its code keeps it when its label changes; one left out is removed. If records still use
    it, ``replace`` (code → code) must name its replacement.
    """
    with act(by, FIELD_CHANGED, Can.WRITE_FIELDS) as telling:
        field = _held(by, field)
        if field.retired_at is not None:
            refuse("", "field_retired")
        before = {name: getattr(field, name) for name in DEFAULTS}
        _fill(by, field, before | given, before, replace)
        after = {name: getattr(field, name) for name in DEFAULTS}
        if after == before:
            return field
        field.save()
        if after["choices"] != before["choices"]:
            replace_choices(by, field, replace or {}, telling)
            rename_choices_in_searches(CustomField(code=field.code, choices=before["choices"]), replace or {})
        forget(by.account)
        _renew_search(by, field, before)
        old, new = _told_all(before), _told_all(after)
        changed = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
        telling.say(field=field.label, code=field.code, **changed)
    return field


def order(by: Actor, kind: str, ids: Sequence[int]) -> None:
    """Put the fields of a kind in this order; fields not named follow in their present order."""
    with act(by, FIELD_CHANGED, Can.WRITE_FIELDS) as telling:
        fields = list(CustomField.objects.select_for_update().filter(kind=kind))
        ranks = {pk: rank for rank, pk in enumerate(dict.fromkeys(ids))}
        fields.sort(key=lambda field: (ranks.get(field.pk, len(ranks)), field.rank, field.pk))
        moved = [field for rank, field in enumerate(fields) if field.rank != rank]
        if not moved:
            return
        for rank, field in enumerate(fields):
            field.rank = rank
        CustomField.objects.bulk_update(moved, ["rank"])
        telling.say(field=", ".join(field.label for field in moved[:5]), order=[field.code for field in fields])
    forget(by.account)


def move(by: Actor, field: CustomField, up: bool) -> None:
    """Move a field one place up or down among the fields in use of its kind and section."""
    by.require(Can.WRITE_FIELDS)
    beside = list(CustomField.objects.filter(kind=field.kind, retired_at=None))
    same = [one.pk for one in beside if one.section == field.section]
    if field.pk not in same:
        refuse("", "field_retired")
    there = same.index(field.pk) + (-1 if up else 1)
    if 0 <= there < len(same):
        swapped = {field.pk: same[there], same[there]: field.pk}
        order(by, field.kind, [swapped.get(one.pk, one.pk) for one in beside])


def retire(by: Actor, field: CustomField) -> CustomField:
    """Take a field out of use. Its values are kept, and shown again if it is restored."""
    return _put(by, field, FIELD_RETIRED, retired=True)


@twice_in_a_race
def restore(by: Actor, field: CustomField) -> CustomField:
    """Restore a retired field with its values. Raises ``Invalid`` if another field has taken its name."""
    return _put(by, field, FIELD_CHANGED, retired=False)


def _put(by: Actor, field: CustomField, deed: Deed, retired: bool) -> CustomField:
    with act(by, deed, Can.WRITE_FIELDS) as telling:
        field = _held(by, field)
        if (field.retired_at is not None) == retired:
            return field
        if not retired:
            _refuse_taken(field)
        field.retired_at = timezone.now() if retired else None
        field.save(update_fields=["retired_at"])
        forget(by.account)
        if field.searchable:
            refresh_soon(by, _holders(field))
        telling.say(field=field.label, code=field.code, retired=[not retired, retired])
    return field


def values_count(field: CustomField) -> int:
    """Count the records that have a value in ``field``, including those that the user can't see."""
    return CustomValue.objects.filter(field=field).values("party").distinct().count()


def _held(by: Actor, field: CustomField) -> CustomField:
    held = lock(field, "custom_unknown")
    if held.sensitive and not by.may(Can.READ_SENSITIVE):
        refuse("", "custom_unknown")
    return held


def _fill(
    by: Actor, field: CustomField, values: dict[str, Any], before: dict[str, Any] | None = None,
    replace: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Check and set ``values`` of a field. Raises ``Invalid`` with every problem. ``before``: None if it is new."""
    unknown = set(values) - set(DEFAULTS)
    problems = [Problem(name, "shape") for name in sorted(unknown)]
    for name, limit in TEXTS.items():
        try:
            setattr(field, name, clean_line(str(values[name] or ""), limit))
        except Bad as bad:
            problems.append(Problem(name, bad.code, bad.params))
    for name in FLAGS:
        if not isinstance(values[name], bool):
            problems.append(Problem(name, "boolean"))
        setattr(field, name, bool(values[name]))
    problems += _check_words(field, values, before)
    problems += _check_sensitive(by, field, before)
    if field.searchable and by.account.is_reference:  # every account searches the shared records
        problems.append(Problem("searchable", "field_service_searchable"))
    if not problems:
        problems += clean_choices(field, values["choices"], before["choices"] if before else [], replace or {})
    if problems:
        raise Invalid(problems)
    _refuse_taken(field)


def _check_words(field: CustomField, values: dict[str, Any], before: dict[str, Any] | None) -> list[Problem]:
    problems = []
    field.key = fold(field.label)[:80]
    if not field.key:
        problems.append(Problem("label", "required"))
    elif (before is None or fold(before["label"]) != field.key) and field.key in _reserved():
        problems.append(Problem("label", "field_label_reserved"))
    if values["type"] not in Type.values:
        problems.append(Problem("type", "field_type"))
    elif before and values["type"] != before["type"] and (count := values_count(field)):
        problems.append(Problem("type", "field_type_fixed", {"count": count}))
    field.type = values["type"]
    if values["towards"] not in Towards.values:
        problems.append(Problem("towards", "towards"))
    field.towards = values["towards"]
    field.searchable = field.searchable and field.type in SEARCHABLE
    return problems


def _check_sensitive(by: Actor, field: CustomField, before: dict[str, Any] | None) -> list[Problem]:
    """Sensitive fields need an approval, can't be searched, and stay sensitive while they have values (std A57)."""
    if before and before["sensitive"] and not field.sensitive and values_count(field):
        return [Problem("sensitive", "field_sensitive_fixed")]
    if not field.sensitive:
        field.approved_by = ""
        return []
    problems = []
    if not by.may(Can.READ_SENSITIVE):
        problems.append(Problem("sensitive", "field_sensitive_denied"))
    if not field.approved_by:
        problems.append(Problem("approved_by", "field_approval"))
    if field.searchable:
        problems.append(Problem("searchable", "field_sensitive_searchable"))
    return problems


def _reserved() -> set[str]:
    """Return the folded names of the built-in fields, which columns of imported files map to."""
    found: set[str] = set()
    for language in ("fr", "en"):
        with override(language):
            found |= {fold(str(label)) for label in LABELS.values()}
    return found


def _refuse_taken(field: CustomField) -> None:
    others = CustomField.objects.filter(kind=field.kind, key=field.key, retired_at=None).exclude(pk=field.pk)
    if others.exists():
        refuse("label", "field_label_taken")


def _code(label: str) -> str:
    """Make a code from a label, unique in the account among the fields of both kinds."""
    word = word_of(label).rstrip("_")
    word = word if word[:1].isalpha() else f"f_{word}".rstrip("_")
    return numbered(word, set(CustomField.objects.filter(code__startswith=word).values_list("code", flat=True)))


def _holders(field: CustomField) -> list[int]:
    found = CustomValue.objects.filter(field=field).order_by("party_id")
    return list(found.values_list("party_id", flat=True).distinct())


def _renew_search(by: Actor, field: CustomField, before: dict[str, Any]) -> None:
    """Recompute the search words of records if ``searchable`` or a choice's label has changed."""
    renamed = field.type in WITH_CHOICES and field.choices != before["choices"]
    if field.searchable != before["searchable"] or (field.searchable and renamed):
        refresh_soon(by, _holders(field))


def _told(field: CustomField) -> dict[str, Any]:
    told = {"type": field.type, "towards": field.towards}
    return told | ({"sensitive": True, "approved_by": field.approved_by} if field.sensitive else {})


def _told_all(values: dict[str, Any]) -> dict[str, Any]:
    labels = [choice["label"] for choice in values["choices"] if not choice.get("removed")]
    return {**values, "choices": labels}
