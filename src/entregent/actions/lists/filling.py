"""Set the fields of a list from data given by the user, with all problems reported at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.accounts.permissions import Can
from entregent.actions.frame import wait_turn
from entregent.actions.items import items as item_actions
from entregent.directory.items.register import LISTS, choices, items
from entregent.directory.kinds import KINDS
from entregent.directory.lists.lists import list_key, lists_in
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid, Problem, clean_name, refuse
from entregent.directory.models import ContactList, ListCategory, ListTeam, Reach
from entregent.directory.selections.addresses import text_of
from entregent.directory.selections.selections import Selection, problems_beside
from entregent.directory.selections.stored import shown_to

LIST_NAME_LENGTH = 150


def fill(by: Actor, found: ContactList, data: Mapping[str, Any], at: datetime) -> None:
    """Set the fields in ``data`` and save. Raises ``Invalid`` with all problems at once."""
    problems: list[Problem] = []
    data = _with_omitted(found, data)
    for name, take in _FIELDS.items():
        if name in data:
            try:
                take(by, found, data)
            except Invalid as invalid:
                problems += invalid.problems
    wait_turn(by)  # no database constraint covers the names of teams' lists
    if not problems and _is_taken(by, found):
        problems.append(Problem("name", "list_taken"))
    if problems:
        raise Invalid(problems)
    found.updated_at = at
    found.save()
    if "reach" in data:
        found.teams.all().delete()
        wanted = data.get("teams") or [] if found.reach == Reach.TEAMS else []
        ListTeam.objects.bulk_create(ListTeam(account=by.account, list=found, team_id=pk) for pk in set(wanted))


def _with_omitted(found: ContactList, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``data`` with who sees the list in full: what is said of it by half stays as it is for the rest."""
    if ("reach" in data) == ("teams" in data) or not found.pk:
        return data
    return {"reach": found.reach, "teams": [each.team_id for each in found.teams.all()], **data}


def _is_taken(by: Actor, found: ContactList) -> bool:
    """Whether a list that ``by`` may see has this name; lists hidden from them must not be revealed (B3).

    A list that keeps its name, category and reach may keep them, even if a namesake became visible since.
    """
    place = {"category": found.category_id, "key": found.key}
    if found.pk and ContactList.objects.filter(**place, pk=found.pk, reach=found.reach).exists():
        return False
    same = seen_lists(by).filter(**place)
    return same.exclude(pk=found.pk).exists()


def _take_name(by: Actor, found: ContactList, data: Mapping[str, Any]) -> None:
    found.name = clean_name(data["name"], LIST_NAME_LENGTH)
    found.key = list_key(found.name)


def _take_category(by: Actor, found: ContactList, data: Mapping[str, Any]) -> None:
    if found.category_id is None or data["category"] != found.category_id:
        found.category = category_of(by, data["category"])


def _take_description(by: Actor, found: ContactList, data: Mapping[str, Any]) -> None:
    found.description = str(data["description"] or "").replace("\0", "").strip()[:5000]


def _take_search(by: Actor, found: ContactList, data: Mapping[str, Any]) -> None:
    """Set the search as ``Selection`` reads it. Raises ``Invalid`` for one that it can't read."""
    if not found.is_dynamic:
        if data["search"]:
            refuse("search", "list_static", name=found.name)
        return
    given = dict(data["search"] or {})
    kind = str(given.get("kind") or "p")
    if kind not in KINDS:
        refuse("search", "shape")
    selection = Selection.read(kind, given)
    search = {"kind": kind, **selection.params()}
    if search in (found.search, shown_to(by, found.search)):  # who renames a list leaves it as it is
        return
    if problems := [*problems_beside(given), *selection.problems_for(by)]:
        told = [{"value": text_of(given.get(each.field)), "problem": each.message} for each in problems]
        raise Invalid([Problem("search", "search_unread", params) for params in told])
    found.search = search
    if found.pk and found.pk in _lists_behind(found.search):
        refuse("search", "list_cycle")


def _lists_behind(search: Mapping[str, Any]) -> set[int]:
    """Return the ids of the lists that a search uses, directly or through other dynamic lists."""
    behind: set[int] = set()
    found = lists_in(search)
    while found:
        behind |= found
        dynamic = ContactList.objects.filter(pk__in=found, kind=ContactList.Kind.DYNAMIC)
        found = {pk for inner in dynamic for pk in lists_in(inner.search)} - behind
    return behind


def _take_reach(by: Actor, found: ContactList, data: Mapping[str, Any]) -> None:
    reach = data.get("reach", found.reach)
    if reach not in Reach.values:
        refuse("reach", "reach")
    if reach == Reach.ME and found.pk and found.created_by_id != by.user_id:
        maker = str(found.created_by or "")
        refuse("reach", "list_only_maker", name=maker)
    if reach == Reach.TEAMS:
        wanted = set(data.get("teams") or [])
        if not wanted:
            refuse("teams", "reach_nobody")
        if Team.objects.filter(pk__in=wanted).count() < len(wanted):
            refuse("teams", "team_not_there")
    found.reach = reach


_FIELDS = {
    "name": _take_name,
    "category": _take_category,
    "description": _take_description,
    "search": _take_search,
    "reach": _take_reach,
}


def category_of(by: Actor, given: int | str | None) -> ListCategory:
    """Return the category with this id (int) or name (str). Raises ``Invalid``.

    A new name creates a category if ``by`` may write reference lists.
    """
    text = " ".join(str(given or "").replace("\0", "").split())
    if not text:
        refuse("category", "required")
    if isinstance(given, int):
        found = choices(by, "categories").filter(pk=given).first()
    else:
        found = items(by, "categories").filter(key=LISTS["categories"].key(text)).first()
        if found is None and by.may(Can.WRITE_ITEMS):
            return _new_category(by, text)
    if found is None:
        refuse("category", "category_unknown")
    return found


def _new_category(by: Actor, name: str) -> ListCategory:
    try:
        return item_actions.create(by, "categories", {"name": name})  # type: ignore[return-value]
    except Invalid as invalid:
        raise Invalid([replace(problem, field="category") for problem in invalid.problems]) from invalid
