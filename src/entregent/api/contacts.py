"""`/contacts`: list, add, read, change and delete contacts."""

from django.http import HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from entregent.accounts.request import Request

from . import entries, parties
from .filters import ContactFilters
from .idempotency import idempotent
from .problems import CHANGING, READING
from .record_schemas import ContactAdded, ContactIn, ContactList, ContactOut, ContactPatch
from .schemas import Id

router = Router(tags=["contacts"])
KIND = "p"


@router.get("", response={200: ContactList, **READING}, operation_id="list_contacts")
def list_contacts(request: Request, asked: Query[ContactFilters]):
    """Contacts that match all given filters, a page at a time."""
    return parties.page(request, KIND, asked)


@router.post("", response={201: ContactAdded, **CHANGING}, operation_id="add_contact")
@decorate_view(idempotent)
def add_contact(request: Request, given: ContactIn, response: HttpResponse):
    """Add a contact. `warnings` are about the new record, which is saved nevertheless."""
    return parties.created(request, KIND, given, response)


@router.get("/{id}", response={200: ContactOut, **READING}, operation_id="read_contact")
def read_contact(request: Request, id: Id, response: HttpResponse):
    """Its version is also in the ETag header."""
    return parties.read(request, KIND, id, response)


@router.patch("/{id}", response={200: ContactOut, **CHANGING}, operation_id="change_contact")
def change_contact(request: Request, id: Id, given: ContactPatch, response: HttpResponse):
    """Change the given fields. Answers 409 if the record has changed since the given version."""
    return parties.change(request, KIND, id, given, response)


@router.delete("/{id}", response={204: None, **CHANGING}, operation_id="delete_contact")
def delete_contact(request: Request, id: Id, permanent: bool = False):
    """Put a contact in the bin, or delete it for good with `permanent`."""
    return parties.deleted(request, KIND, id, permanent)


@router.get(
    "/{id}/entries",
    response={200: entries.EntryList, **READING},
    operation_id="list_contact_entries",
)
def list_contact_entries(request: Request, id: Id, asked: Query[entries.EntryFilters]):
    """The journal of a contact, newest first."""
    return entries.of_party(request, KIND, id, asked)
