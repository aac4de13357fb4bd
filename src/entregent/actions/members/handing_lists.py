"""Handing over when a user leaves: the lists and saved views that only they had."""

from collections.abc import Callable, Collection
from itertools import count

from django.db.models import Q, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, twice_in_a_race
from entregent.actions.lists import lists
from entregent.actions.lists.deeds import LIST_CHANGED
from entregent.actions.lists.filling import LIST_NAME_LENGTH
from entregent.actions.saved_views import views
from entregent.actions.saved_views.deeds import VIEW_CHANGED
from entregent.directory.lists.lists import list_key
from entregent.directory.models import ContactList, Reach, SavedView
from entregent.directory.parties.cleaning import item_key


def lists_of(user_ids: list[int]) -> QuerySet[ContactList]:
    """Return the private lists of these users."""
    return ContactList.objects.filter(reach=Reach.ME, created_by__in=user_ids)


def views_of(user_ids: list[int]) -> QuerySet[SavedView]:
    """Return the private saved views of these users."""
    return SavedView.objects.filter(reach=Reach.ME, created_by__in=user_ids)


@twice_in_a_race
def hand_over(by: Actor, user_id: int, to: int | None) -> None:
    """Give the private lists and views of ``user_id`` to user ``to``, or to the whole account when ``to`` is None.

    A name that is already taken there gets a number.
    """
    with act(by, LIST_CHANGED, Can.MANAGE_USERS) as telling:
        own_lists = list(lists_of([user_id]).select_for_update(no_key=True))
        for found in own_lists:
            there = ContactList.objects.filter(_had_by(to), category=found.category_id).exclude(pk=found.pk)
            taken = set(there.values_list("key", flat=True))
            found.name, found.key = _free(found.name, LIST_NAME_LENGTH, list_key, taken)
            found.version, found.updated_at = found.version + 1, telling.at
            _give(found, to)
        lists.say(telling, *own_lists)
    with act(by, VIEW_CHANGED, Can.MANAGE_USERS) as telling:
        own_views = list(views_of([user_id]).select_for_update(no_key=True))
        for view in own_views:
            there = SavedView.objects.filter(created_by=to or user_id, kind=view.kind).exclude(pk=view.pk)
            taken = set(there.values_list("key", flat=True))
            view.name, view.key = _free(view.name, views.VIEW_NAME_LENGTH, item_key, taken)
            _give(view, to)
        if own_views and to is None:  # private views are never named in the journal
            telling.say(view=", ".join(view.name for view in own_views))


def _had_by(to: int | None) -> Q:
    return Q(reach=Reach.ALL) | Q(reach=Reach.ME, created_by=to) if to else Q(reach=Reach.ALL)


def _give(one: ContactList | SavedView, to: int | None) -> None:
    if to is None:
        one.reach = Reach.ALL
    else:
        one.created_by_id = to
    one.save()


def _free(name: str, length: int, key_of: Callable[[str], str], taken: Collection[str]) -> tuple[str, str]:
    """Return ``name`` and its key, with « (2) », « (3) »… appended while the key is in ``taken``."""
    for number in count(1):
        ending = f" ({number})" if number > 1 else ""
        shown = name[: length - len(ending)] + ending
        if (key := key_of(shown)[:length]) not in taken:
            break
    return shown, key
