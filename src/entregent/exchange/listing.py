"""An import that also puts its rows in a list («Listes»): one that there is, or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import fresh_or_layer
from entregent.actions.lists import lists
from entregent.actions.lists.members import list_asked
from entregent.directory.lists.lists import named
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import ContactList, ListMember, Party
from entregent.journal.telling import Telling

from .models import Import
from .planning import Plan


@dataclass(frozen=True, slots=True)
class Into:
    """The list that was asked for: there already, or by the ``name`` that it will be made with."""

    list: ContactList | None = None
    name: str = ""


def asked(by: Actor, text: str) -> Into:
    """What a list's id or name stands for; nothing for no text. Raises ``Invalid``, ``PermissionDenied``."""
    text = " ".join(text.replace("\0", "").split())
    if not text:
        return Into()
    by.require(Can.WRITE_LISTS)
    if text.isdecimal() and len(text) < 19 and seen_lists(by).filter(pk=int(text)).exists():
        return Into(list_asked(by, {"list": int(text)}))
    if len(text) > lists.LIST_NAME_LENGTH:
        raise Invalid([Problem("list", "too_long", {"limit": lists.LIST_NAME_LENGTH})])
    return Into(list_asked(by, {"list_name": text})) if named(by, text) else Into(name=text)


def keep(source: Import, into: Into) -> None:
    """Remember the list on the import."""
    source.list, source.list_name = into.list, into.name
    source.save(update_fields=["list", "list_name"])


def open_list(by: Actor, source: Import) -> None:
    """Make the list that the run will fill, where it is a new one. Part of the run's beginning."""
    if source.list_name:
        source.list = list_asked(by, {"list_name": source.list_name}, make=True)
        source.list_name = ""
        source.save(update_fields=["list", "list_name"])


def put(by: Actor, source: Import, plans: Sequence[Plan], made: Sequence[int], telling: Telling) -> None:
    """Put a step's records in the list: those made, and those that were there already.

    The import's entry tells of them. A list that was deleted, archived or kept to others meanwhile gets nobody.
    """
    found = seen_lists(by).filter(pk=source.list_id, archived_at=None, kind=ContactList.Kind.STATIC).first()
    if found is None:
        return
    known = [plan.record.party for plan in plans if plan.record and plan.outcome != "rejected"]
    shared = [party for party in known if party.of_service and not party.is_layer]
    ids = dict.fromkeys([*made, *(party.pk for party in _own(by, known, shared, telling))])
    there = set(ListMember.objects.filter(list=found, party__in=list(ids)).values_list("party_id", flat=True))
    lists.put(by, found, [pk for pk in ids if pk not in there], telling.at)


def _own(by: Actor, known: list[Party], shared: list[Party], telling: Telling) -> list[Party]:
    """The records as a list holds them: over a shared one a layer is laid (A3)."""
    if not shared:
        return known
    of_service = {party.pk for party in shared}
    layers = fresh_or_layer(by, shared, telling.at)
    return [*(party for party in known if party.pk not in of_service), *layers]
