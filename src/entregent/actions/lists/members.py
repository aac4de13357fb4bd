"""Members of static lists: add and remove one or a hundred thousand, with date and author."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.actions.bulk import chosen_sets, jobs
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.models import ChosenSet
from entregent.actions.standing.standing import active_members
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.actions.toolbox.undoing import Undone, undoes
from entregent.directory.items.register import choices
from entregent.directory.lists.lists import named, search_of
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import SENTENCES, Invalid, refuse
from entregent.directory.models import ContactList, ListMember, Party
from entregent.journal.telling import Telling
from entregent.kernel.ids import read_id

from . import lists
from .deeds import LIST_CHANGED, LISTED, UNLISTED

Kept = dict[str, Any]
"""What restores a membership: the list's ``id``, ``since``, and ``by``."""


def list_asked(by: Actor, wanted: int | str, make: bool = False) -> ContactList:
    """Return a static list by id or name; a text of digits is tried as an id first. Raises ``Invalid``.

    ``make``: create a list if no list has this name.
    """
    pk = read_id(wanted)
    found = seen_lists(by).filter(pk=pk).first() if pk else None
    if found is None and isinstance(wanted, str):
        return list_named(by, wanted, make)
    if found is None:
        refuse("list", "list_unknown")
    _refuse_others(found)
    return found


def list_named(by: Actor, name: str, make: bool) -> ContactList:
    """Return the static list of this name; ``make``: created in the first category if missing. Raises ``Invalid``."""
    known = named(by, name)
    if len(known) > 1:
        refuse("list", "list_name_several")
    if not known and make:
        return lists.create(by, {"name": name, "category": first_category(by)})
    if not known:
        refuse("list", "list_unknown")
    _refuse_others(known[0])
    return known[0]


def first_category(by: Actor) -> str:
    """Return the name of the category for lists created by an action: the first one, or one to create."""
    first = choices(by, "categories").first()
    return first.name if first else _("General")


def _refuse_others(found: ContactList) -> None:
    if found.is_dynamic:
        refuse("list", "list_dynamic", name=found.name)
    if found.archived_at:
        refuse("list", "list_archived", name=found.name)


@twice_in_a_race
def add(by: Actor, found: ContactList, parties: Sequence[Party], kept: Mapping[int, Kept] | None = None) -> Outcome:
    """Add records to a list; shared records get a layer (A3). A few queries in all.

    ``kept``: party id → the date and author of joining to restore; by default, now and ``by``.
    """
    with act(by, LISTED, Can.WRITE_LISTS) as telling:
        found = _held(by, found)
        held = _there(parties)
        if shared := [party for party in parties if party.account_id != by.account.pk]:
            held += fresh_or_layer(by, shared, telling.at)
        there = set(ListMember.objects.filter(list=found, party__in=held).values_list("party_id", flat=True))
        new = [party for party in held if party.pk not in there]
        lists.put(by, found, [party.pk for party in new], telling.at, _joined(kept) if kept else None)
        _tell(telling, found, {party: [None, {"id": found.pk}] for party in new})
    return Outcome(new, same=len(held) - len(new), undo=from_journal(telling))


@twice_in_a_race
def remove(by: Actor, found: ContactList, parties: Sequence[Party]) -> Outcome:
    """Remove records from a list."""
    with act(by, UNLISTED, Can.WRITE_LISTS) as telling:
        found = _held(by, found)
        held = _there(parties)
        rows = ListMember.objects.filter(list=found, party__in=held)
        there = {row.party_id: row for row in rows}
        rows.delete()
        gone = [party for party in held if party.pk in there]
        _tell(telling, found, {party: [_kept(there[party.pk]), None] for party in gone})
    return Outcome(gone, same=len(parties) - len(gone), undo=from_journal(telling))


def _joined(kept: Mapping[int, Kept]) -> lists.Joined:
    """Return when and by whom members were added; an author who has left the account since is no longer named."""
    known = active_members({row["by"] for row in kept.values() if row["by"]})
    return {
        pk: (datetime.fromisoformat(row["since"]), row["by"] if row["by"] in known else None)
        for pk, row in kept.items()
    }


def _held(by: Actor, found: ContactList) -> ContactList:
    """Lock a list, and return it as it is now. Raises ``Invalid`` if it is gone, dynamic or archived."""
    found = lists.held(by, found)
    _refuse_others(found)
    return found


def _kept(row: ListMember) -> Kept:
    """Return the values needed to restore a membership."""
    return {"id": row.list_id, "since": row.joined_at.isoformat(), "by": row.added_by_id}


def _there(parties: Sequence[Party]) -> list[Party]:
    """Lock parties as ``fresh`` does and leave out deleted ones, without rereading the others.

    Shared records are left out too: only layers over them can be in a list.
    """
    held = Party.objects.select_for_update(no_key=True).filter(pk__in=[party.pk for party in parties])
    there = set(held.order_by("pk").values_list("pk", flat=True))
    return sorted((party for party in parties if party.pk in there), key=lambda party: party.pk)


def _tell(telling: Telling, found: ContactList, memberships: Mapping[Party, list]) -> None:
    """Record the changes without raising the records' versions: list membership is not part of a card."""
    if memberships:
        lists.say(telling, found)
    for party, change in memberships.items():
        telling.tell(party, {"list": change})


@undoes(LISTED, UNLISTED)
def _undo_listing(by: Actor, undone: Undone) -> Outcome:
    """Undo list by list; members of a list that is deleted or no longer accepts members are refused."""
    concerned: dict[int, dict[Party, Kept | None]] = {}
    for party, changes in undone:
        old, new = changes["list"]
        concerned.setdefault((old or new)["id"], {})[party] = old
    found = {one.pk: one for one in seen_lists(by).filter(pk__in=list(concerned))}
    every = Outcome()
    for pk, parties in concerned.items():
        if pk not in found or found[pk].archived_at or found[pk].is_dynamic:
            every.refused += [(party, str(SENTENCES["list_unknown"])) for party in parties]
            continue
        kept = {party.pk: old for party, old in parties.items() if old}
        one = add(by, found[pk], list(parties), kept) if kept else remove(by, found[pk], list(parties))
        every.done += one.done
        every.same += one.same
    return every


def announce_freezing(by: Actor, found: ContactList, *, reading: bool = False) -> ChosenSet:
    """Keep the records that a dynamic list finds now, as far as ``by`` may see them: its members once frozen.

    ``reading``: as for ``chosen_sets.announce``. Raises ``Invalid`` for a static list.
    """
    if not found.is_dynamic:
        refuse("", "list_static", name=found.name)
    return chosen_sets.announce(by, search_of(by, found), lasting=True, reading=reading)


def freeze(by: Actor, found: ContactList, chosen: ChosenSet) -> Job | Outcome:
    """Turn a dynamic list into a static one with the announced records.

    If there are many, the worker adds them and its job is returned. Raises ``Taken`` if the set was used already.
    """
    if problems := search_of(by, found).problems_for(by):
        raise Invalid(list(problems))  # it would become an empty list, and lose what it asked
    with act(by, LIST_CHANGED, Can.WRITE_LISTS) as telling:
        held = lists.held(by, found)
        if not held.is_dynamic:
            refuse("", "list_static", name=held.name)
        held.kind, held.search = ContactList.Kind.STATIC, {}
        held.version, held.updated_at = held.version + 1, telling.at
        held.save()
        lists.say(telling, held)
        if chosen.total > jobs.AT_ONCE:
            return jobs.start_on(by, "list", chosen, {"list": held.pk})
        return jobs.run_now(by, "list", chosen, {"list": held.pk})
