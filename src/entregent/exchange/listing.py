"""Add the records of an import to a list («Listes»), existing or new."""

from collections.abc import Sequence
from dataclasses import dataclass

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import fresh_or_layer
from entregent.actions.lists import lists
from entregent.actions.lists.filling import LIST_NAME_LENGTH
from entregent.actions.lists.members import list_asked, list_named
from entregent.directory.lists.lists import named
from entregent.directory.lists.reach import seen_lists
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import ContactList, ListMember, Party
from entregent.journal.telling import Telling

from .models import Import
from .planning import Plan


@dataclass(frozen=True, slots=True)
class Into:
    """The requested list: an existing one, or the ``name`` of one to create."""

    list: ContactList | None = None
    name: str = ""


def asked(by: Actor, text: str) -> Into:
    """Return the list for an id or name; an empty ``Into`` for no text. Raises ``Invalid``, ``PermissionDenied``."""
    text = " ".join(text.replace("\0", "").split())
    if not text:
        return Into()
    by.require(Can.WRITE_LISTS)
    if text.isdecimal() and len(text) < 19 and seen_lists(by).filter(pk=int(text)).exists():
        return Into(list_asked(by, int(text)))
    if len(text) > LIST_NAME_LENGTH:
        raise Invalid([Problem("list", "too_long", {"limit": LIST_NAME_LENGTH})])
    return Into(list_asked(by, text)) if named(by, text) else Into(name=text)


def keep(source: Import, into: Into) -> None:
    """Save the list in the import."""
    source.list, source.list_name = into.list, into.name
    source.save(update_fields=["list", "list_name"])


def open_list(by: Actor, source: Import) -> None:
    """Create the list, if it is new, when the run begins."""
    if source.list_name:
        source.list = list_named(by, source.list_name, make=True)
        source.list_name = ""
        source.save(update_fields=["list", "list_name"])


def put(by: Actor, source: Import, plans: Sequence[Plan], made: Sequence[int], telling: Telling) -> None:
    """Add a step's records to the list: the created ones (``made``, ids) and the existing ones.

    They are part of the import's journal entry. Does nothing if the list was deleted, archived or hidden meanwhile.
    """
    found = seen_lists(by).filter(pk=source.list_id, archived_at=None, kind=ContactList.Kind.STATIC).first()
    if found is None:
        return
    known = [plan.record.party for plan in plans if plan.record and plan.listed and plan.outcome != "rejected"]
    shared = [party for party in known if party.of_service and not party.is_layer]
    ids = dict.fromkeys([*made, *(party.pk for party in _own(by, known, shared, telling))])
    there = set(ListMember.objects.filter(list=found, party__in=list(ids)).values_list("party_id", flat=True))
    lists.put(by, found, [pk for pk in ids if pk not in there], telling.at)


def _own(by: Actor, known: list[Party], shared: list[Party], telling: Telling) -> list[Party]:
    """Return the records with a layer in place of each shared one, created if missing (A3)."""
    if not shared:
        return known
    of_service = {party.pk for party in shared}
    layers = fresh_or_layer(by, shared, telling.at)
    return [*(party for party in known if party.pk not in of_service), *layers]
