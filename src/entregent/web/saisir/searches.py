"""The searches of «Saisir»: what each looks for, who may, and the page that a result opens."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.accounts.permissions import Can

from .finding import CONTACT, ORGANISATION, PLACE


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the record to work on. What is looked for → the permission needed, and the URL of a result.

    ``suffix`` is appended to the address of each result; ``tabs``: whether the page offers to look for another kind.
    """

    title: Promise
    needs: Mapping[str, Can]
    pages: Mapping[str, str]
    suffix: str = ""
    tabs: bool = True


WRITES = {CONTACT: Can.WRITE_CONTACTS, ORGANISATION: Can.WRITE_ORGANISATIONS, PLACE: Can.WRITE_CONTACTS}
DELETES = {CONTACT: Can.DELETE_CONTACTS, ORGANISATION: Can.DELETE_ORGANISATIONS, PLACE: Can.WRITE_CONTACTS}

ADD_PLACE = Search(_("Add"), WRITES, {CONTACT: "positions:new"}, tabs=False)
EDIT = Search(
    _("Edit"),
    WRITES,
    {CONTACT: "contacts:edit", ORGANISATION: "organisations:edit", PLACE: "positions:edit"},
    suffix="?saisir",
)
PERSONAL = Search(
    _("Manage personal information"),
    {what: WRITES[what] for what in (CONTACT, ORGANISATION)},
    {CONTACT: "contacts:layer", ORGANISATION: "organisations:layer"},
)
DELETE = Search(
    _("Delete"),
    DELETES,
    {CONTACT: "saisir:delete_contact", ORGANISATION: "saisir:delete_organisation", PLACE: "positions:delete"},
)
