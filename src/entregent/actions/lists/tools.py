"""The tools of lists: add to a list, remove from one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.toolbox.asks_named import InList
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import offer
from entregent.directory.models import Party

from . import members as list_members

NEEDS = {"p": Can.WRITE_LISTS, "o": Can.WRITE_LISTS}


def _hint(by: Actor) -> str:
    """Return the help text: the category of a new list, and who can see it."""
    return gettext(
        "Choose a list, or type the name of a new one, which is created in the category "
        "“%(category)s” and visible to the whole account; “Edit” on its page changes that."
    ) % {"category": list_members.first_category(by)}


def _add(by: Actor, parties: Sequence[Party], **data: Any) -> Outcome:
    alone = replace(by, course=None)  # creating the list is a separate deed
    return list_members.add(by, list_members.list_asked(alone, data["list"], make=True), parties)


def _remove(by: Actor, parties: Sequence[Party], **data: Any) -> Outcome:
    return list_members.remove(by, list_members.list_asked(by, data["list"]), parties)


ADD = offer(
    "list",
    rank=100,
    label=_("Add to a list"),
    icon="list-details",
    needs=NEEDS,
    ask=(InList("list", _("List"), new=True, help=_hint),),
    run=_add,
    one=_("The record of %(name)s is in the list."),
    many=_("%(count)s records are in the list."),
    quick=True,
)
REMOVE = offer(
    "unlist",
    rank=110,
    label=_("Remove from a list"),
    icon="x",
    needs=NEEDS,
    ask=(InList("list", _("List"), proposed="in_list"),),
    run=_remove,
    one=_("The record of %(name)s is no longer in the list."),
    many=_("%(count)s records are no longer in the list."),
)
