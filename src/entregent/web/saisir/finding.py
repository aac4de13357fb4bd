"""The searches of «Saisir»: find a contact, an organisation or a link between them, to edit or delete it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.words import organisation_word
from entregent.directory import kinds
from entregent.directory.models import Party, Position
from entregent.directory.positions.places import seen_places
from entregent.directory.selections.search import matching, problems_of_words
from entregent.directory.selections.selections import Selection
from entregent.shell.frame import Link
from entregent.store.pages import Order, Page, page_of
from entregent.web.links import to

HITS_PER_PAGE = 20
CONTACT, ORGANISATION, PLACE = kinds.PERSON.slug, kinds.ORGANISATION.slug, "fiche"


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the record to work on. What is looked for → the permission needed, and the URL of a result.

    ``suffix`` is appended to the address of each result; ``tabs``: whether the page offers to look for another kind;
    ``kept``: what can't be worked on if the service maintains it, and is then shown without a link.
    """

    title: Promise
    needs: Mapping[str, Can]
    pages: Mapping[str, str]
    suffix: str = ""
    tabs: bool = True
    kept: tuple[str, ...] = ()


WRITES = {CONTACT: Can.WRITE_CONTACTS, ORGANISATION: Can.WRITE_ORGANISATIONS, PLACE: Can.WRITE_CONTACTS}
DELETES = {CONTACT: Can.DELETE_CONTACTS, ORGANISATION: Can.DELETE_ORGANISATIONS, PLACE: Can.WRITE_CONTACTS}

ADD_PLACE = Search(gettext_lazy("Add"), WRITES, {CONTACT: "positions:new"}, tabs=False)
EDIT = Search(
    gettext_lazy("Edit"),
    WRITES,
    {CONTACT: "contacts:edit", ORGANISATION: "organisations:edit", PLACE: "positions:edit"},
    suffix="?saisir",
    kept=(PLACE,),
)
PERSONAL = Search(
    gettext_lazy("Manage personal information"),
    {what: WRITES[what] for what in (CONTACT, ORGANISATION)},
    {CONTACT: "contacts:layer", ORGANISATION: "organisations:layer"},
)
DELETE = Search(
    gettext_lazy("Delete"),
    DELETES,
    {CONTACT: "saisir:delete_contact", ORGANISATION: "saisir:delete_organisation", PLACE: "positions:delete"},
    kept=(CONTACT, ORGANISATION, PLACE),
)


def whats(by: Actor, url: str, chosen: str, needs: Mapping[str, Can]) -> list[Link]:
    """Return the tabs «Contact», «Organisme», «Fiche contact/organisme» that the role of ``by`` allows."""
    word = organisation_word(by.account)
    names = {
        CONTACT: (_("Contact"), "user"),
        ORGANISATION: (word.One, "building"),
        PLACE: (_("Contact/%(organisation)s link") % {"organisation": word.one}, "link"),
    }
    return [
        Link(label, f"{url}?quoi={what}", icon, current=what == chosen)
        for what, (label, icon) in names.items()
        if what in needs and by.may(needs[what])
    ]


def find(
    by: Actor, what: str, query: str, cursor: str, pages: Mapping[str, str]
) -> tuple[list[dict[str, Any]], Page]:
    """Return a page of results for ``query``; ``pages``: ``what`` → name of the URL that a result links to."""
    if what == PLACE:
        found = page_of(_places(by, query), Order(("by_name", "id")), cursor, HITS_PER_PAGE)
        return [_place_hit(by, place, pages[what]) for place in found.rows], found
    selection = Selection.read(kinds.BY_SLUG[what].letter, {"q": query})
    found = selection.page(by, cursor, size=HITS_PER_PAGE)
    return [_party_hit(by, party, pages[what]) for party in found.rows], found


def _places(by: Actor, query: str):
    """Return the positions whose contact or organisation matches ``query``, both visible to ``by``."""
    if problems_of_words(query):
        return seen_places(by).none()
    named = matching(Party.readable.visible_to(by), query)
    roots = named.values(root=Coalesce("base", "pk"))
    places = seen_places(by).filter(Q(contact__in=named.values("pk")) | Q(organisation__in=roots))
    return places.select_related("contact", "organisation").annotate(by_name=F("contact__sort_name"))


def _place_hit(by: Actor, place: Position, page: str) -> dict[str, Any]:
    name = f"{place.contact.name} – {place.organisation.name}"
    hit = {"name": name, "hint": place.function, "url": to(by, page, place.pk), "avatar": place.contact.name}
    return hit | {"of_service": place.of_service}


def _party_hit(by: Actor, party: Party, page: str) -> dict[str, Any]:
    """Return a result: its name, a hint to tell namesakes apart, and the page that it links to."""
    held = ", ".join(part for part in (party.function, party.organisation_name) if part)
    hint = held or party.email if party.is_person else party.city
    hit = {"name": party.name, "hint": hint, "url": to(by, page, party.pk), "avatar": party.name}
    return hit | {"of_service": party.of_service}
