"""Members of static lists: add and remove one or a hundred thousand, with date and author."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.actions.bulk import jobs
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.standing.standing import active_members
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.directory.items.register import choices
from entregent.directory.lists.lists import members, named, search_of
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import ContactList, ListMember, Party
from entregent.journal.telling import Telling
from entregent.store.bulk import Rows

from . import lists
from .deeds import LIST_CHANGED, LISTED, UNLISTED


def list_asked(by: Actor, data: Mapping[str, Any], make: bool = False) -> ContactList:
    """Return the static list that ``data`` names by ``list`` (id) or ``list_name``. Raises ``Invalid``.

    ``make``: create a list if no list has this name, in the first category.
    """
    found = seen_lists(by).filter(pk=data["list"]).first() if data.get("list") else None
    name = data.get("list_name")
    if found is None and name:
        known = named(by, name)
        if len(known) > 1:
            raise Invalid([Problem("list", "list_name_several")])
        found = known[0] if known else None
        if found is None and make:
            return lists.create(by, {"name": name, "category": first_category(by)})
    if found is None:
        raise Invalid([Problem("list", "list_unknown")])
    _refuse_others(found)
    return found


def first_category(by: Actor) -> str:
    """Return the name of the category for lists created by an action: the first one, or one to create."""
    first = choices(by, "categories").first()
    return first.name if first else _("General")


def _refuse_others(found: ContactList) -> None:
    if found.is_dynamic:
        raise Invalid([Problem("list", "list_dynamic", {"name": found.name})])
    if found.archived_at:
        raise Invalid([Problem("list", "list_archived", {"name": found.name})])


@twice_in_a_race
def add(by: Actor, found: ContactList, parties: Sequence[Party]) -> Outcome:
    """Add records to a list; shared records get a layer (A3). A few queries in all."""
    with act(by, LISTED, Can.WRITE_LISTS) as telling:
        found = lists.held(by, found)
        _refuse_others(found)
        held = _there(_own(by, parties))
        if shared := [party for party in parties if party.account_id != by.account.pk]:
            held += fresh_or_layer(by, shared, telling.at)
        there = set(ListMember.objects.filter(list=found, party__in=held).values_list("party_id", flat=True))
        new = [party for party in held if party.pk not in there]
        lists.put(by, found, [party.pk for party in new], telling.at)
        _tell(telling, found, {party: [None, {"id": found.pk}] for party in new})
    return Outcome(new, same=len(held) - len(new), undo=from_journal(telling))


@twice_in_a_race
def remove(by: Actor, found: ContactList, parties: Sequence[Party]) -> Outcome:
    """Remove records from a list."""
    with act(by, UNLISTED, Can.WRITE_LISTS) as telling:
        found = lists.held(by, found)
        _refuse_others(found)
        held = _there(_own(by, parties))
        rows = ListMember.objects.filter(list=found, party__in=held)
        there = {row.party_id: row for row in rows}
        rows.delete()
        gone = [party for party in held if party.pk in there]
        _tell(telling, found, {party: [_kept(there[party.pk]), None] for party in gone})
    return Outcome(gone, same=len(parties) - len(gone), undo=from_journal(telling))


def _kept(row: ListMember) -> dict[str, Any]:
    """Return the values needed to restore a membership."""
    return {"id": row.list_id, "since": row.joined_at.isoformat(), "by": row.added_by_id}


def _there(parties: Sequence[Party]) -> list[Party]:
    """Lock parties as ``fresh`` does and leave out deleted ones, without rereading the others."""
    held = Party.objects.select_for_update(no_key=True).filter(pk__in=[party.pk for party in parties])
    there = set(held.order_by("pk").values_list("pk", flat=True))
    return sorted((party for party in parties if party.pk in there), key=lambda party: party.pk)


def _own(by: Actor, parties: Sequence[Party]) -> list[Party]:
    """Leave out shared records: only layers over them can be in a list."""
    return [party for party in parties if party.account_id == by.account.pk]


def _tell(telling: Telling, found: ContactList, memberships: Mapping[Party, list]) -> None:
    """Record the changes without raising the records' versions: list membership is not part of a card."""
    if memberships:
        lists.say(telling, found)
    for party, change in memberships.items():
        telling.tell(party, {"list": change})


@twice_in_a_race
def put_back(by: Actor, found: ContactList, memberships: Mapping[Party, Mapping[str, Any]]) -> Outcome:
    """Restore removed members, with their original date and author of joining."""
    with act(by, LISTED, Can.WRITE_LISTS) as telling:
        found = lists.held(by, found)
        _refuse_others(found)
        held = _there(_own(by, list(memberships)))
        there = set(ListMember.objects.filter(list=found, party__in=held).values_list("party_id", flat=True))
        kept = {party.pk: row for party, row in memberships.items()}
        known = active_members({row["by"] for row in kept.values() if row.get("by")})
        new = [party for party in held if party.pk not in there]
        rows = Rows(ListMember, lists.MEMBER_COLUMNS)
        for party in new:
            row = kept[party.pk]
            author = row.get("by") if row.get("by") in known else None
            since = datetime.fromisoformat(row["since"])
            rows.add(by.account.pk, found.pk, party.pk, since, author)
        rows.insert()
        _tell(telling, found, {party: [None, {"id": found.pk}] for party in new})
    return Outcome(new, same=len(memberships) - len(new))


def freeze(by: Actor, found: ContactList) -> Job | None:
    """Turn a dynamic list into a static one with the records it finds now, as far as ``by`` may see them.

    If there are many, the worker adds them and its job is returned.
    """
    search = search_of(found)
    few = list(members(by, found)[: jobs.AT_ONCE + 1])
    with act(by, LIST_CHANGED, Can.WRITE_LISTS) as telling:
        held = lists.held(by, found)
        if not held.is_dynamic:
            raise Invalid([Problem("", "list_static", {"name": held.name})])
        held.kind, held.search = ContactList.Kind.STATIC, {}
        held.version, held.updated_at = held.version + 1, telling.at
        held.save()
        lists.say(telling, held)
        if len(few) > jobs.AT_ONCE:
            return jobs.start(by, "list", search, {"list": held.pk})
        if few:
            add(by, held, few)
    return None
