"""`/organisations`: list, add, read, change and delete organisations."""

from django.http import HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from entregent.accounts.request import Request

from . import entries, parties
from .filters import OrganisationFilters
from .idempotency import idempotent
from .problems import CHANGING, READING
from .record_schemas import OrganisationAdded, OrganisationIn, OrganisationList, OrganisationOut, OrganisationPatch
from .schemas import Id

router = Router(tags=["organisations"])
KIND = "o"


@router.get("", response={200: OrganisationList, **READING}, operation_id="list_organisations")
def list_organisations(request: Request, asked: Query[OrganisationFilters]):
    """Organisations that match all given filters, a page at a time."""
    return parties.page(request, KIND, asked)


@router.post("", response={201: OrganisationAdded, **CHANGING}, operation_id="add_organisation")
@decorate_view(idempotent)
def add_organisation(request: Request, given: OrganisationIn, response: HttpResponse):
    """Add an organisation. `warnings` are about the new record, which is saved nevertheless."""
    return parties.created(request, KIND, given, response)


@router.get(
    "/{id}",
    response={200: OrganisationOut, **READING},
    operation_id="read_organisation",
    summary="Read an organisation",
)
def read_organisation(request: Request, id: Id, response: HttpResponse):
    """Its version is also in the ETag header."""
    return parties.read(request, KIND, id, response)


@router.patch(
    "/{id}",
    response={200: OrganisationOut, **CHANGING},
    operation_id="change_organisation",
    summary="Change an organisation",
)
def change_organisation(request: Request, id: Id, given: OrganisationPatch, response: HttpResponse):
    """Change the given fields. Answers 409 if the record has changed since the given version."""
    return parties.change(request, KIND, id, given, response)


@router.delete("/{id}", response={204: None, **CHANGING}, operation_id="delete_organisation")
def delete_organisation(request: Request, id: Id, permanent: bool = False):
    """Put an organisation in the bin, or delete it for good with `permanent`."""
    return parties.deleted(request, KIND, id, permanent)


@router.get(
    "/{id}/entries",
    response={200: entries.EntryList, **READING},
    operation_id="list_organisation_entries",
)
def list_organisation_entries(request: Request, id: Id, asked: Query[entries.EntryFilters]):
    """The journal of an organisation and its people, newest first."""
    return entries.of_party(request, KIND, id, asked)
