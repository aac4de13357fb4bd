"""The tools of lists: add to a list, remove from one."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.toolbox.asks_named import InList
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import Data, Tool, offer
from entregent.directory.models import Party
from entregent.kernel.ids import read_id

from . import members as list_members

NEEDS = {"p": Can.WRITE_LISTS, "o": Can.WRITE_LISTS}


def _hint(by: Actor) -> str:
    """Return the help text: the category of a new list, and who can see it."""
    return gettext(
        "Choose a list, or type the name of a new one, which is created in the category "
        "“%(category)s” and visible to the whole account; “Edit” on its page changes that."
    ) % {"category": list_members.first_category(by)}


def _named(data: Data) -> dict[str, object]:
    """Return the list as ``list_asked`` expects it; digits are tried as an id first."""
    wanted = data["list"]
    by_id = {"list": pk} if (pk := read_id(wanted)) else {}
    return by_id | ({"list_name": wanted} if isinstance(wanted, str) else {})


def _add(by: Actor, parties: Sequence[Party], data: Data) -> Outcome:
    alone = replace(by, course=None)  # creating the list is a separate deed
    found = list_members.list_asked(alone, _named(data), make=True)
    return list_members.add(by, found, parties)


def _remove(by: Actor, parties: Sequence[Party], data: Data) -> Outcome:
    return list_members.remove(by, list_members.list_asked(by, _named(data)), parties)


ADD = offer(
    Tool(
        code="list",
        label=_("Add to a list"),
        icon="list-details",
        needs=NEEDS,
        place=100,
        ask=(InList("list", _("List"), new=True, help=_hint),),
        run=_add,
        one=_("The record of %(name)s is in the list."),
        many=_("%(count)s records are in the list."),
        quick=True,
    )
)
REMOVE = offer(
    Tool(
        code="unlist",
        label=_("Remove from a list"),
        icon="x",
        needs=NEEDS,
        place=110,
        ask=(InList("list", _("List"), proposed="in_list"),),
        run=_remove,
        one=_("The record of %(name)s is no longer in the list."),
        many=_("%(count)s records are no longer in the list."),
    )
)
