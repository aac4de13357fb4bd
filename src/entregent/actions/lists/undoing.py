"""Undo adding to and removing from lists, from the journal's data."""

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import Undone, undoes
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import SENTENCES
from entregent.directory.models import ContactList, Party

from . import members as list_members
from .deeds import LISTED, UNLISTED


@undoes(LISTED)
def _undo_listed(by: Actor, undone: Undone) -> Outcome:
    return _each_list(
        by, undone, 1, lambda found, rows: list_members.remove(by, found, [party for party, _kept in rows])
    )


@undoes(UNLISTED)
def _undo_unlisted(by: Actor, undone: Undone) -> Outcome:
    return _each_list(by, undone, 0, lambda found, rows: list_members.put_back(by, found, dict(rows)))


def _each_list(by: Actor, undone: Undone, side: int, take_back) -> Outcome:
    """Undo list by list; members of a list that is deleted or no longer accepts members are refused."""
    rows: dict[int, list[tuple[Party, dict]]] = {}
    for party, changes in undone:
        kept = changes.get("list", [None, None])[side]
        if kept:
            rows.setdefault(kept["id"], []).append((party, kept))
    found: dict[int, ContactList] = {each.pk: each for each in seen_lists(by).filter(pk__in=list(rows))}
    every = Outcome()
    for pk, concerned in rows.items():
        if pk not in found or found[pk].archived_at or found[pk].is_dynamic:
            every.refused += [(party, str(SENTENCES["list_unknown"])) for party, _kept in concerned]
            continue
        one = take_back(found[pk], concerned)
        every.done += one.done
        every.same += one.same
    return every
