"""«Corbeille»: deleted records, who deleted them, and how long they can still be restored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.kinds import DELETE, PURGE
from entregent.directory.models import Party
from entregent.kernel.errors import Bad
from entregent.shell.page import page
from entregent.store.pages import Order, page_of
from entregent.web.door import door, to_first_page
from entregent.web.links import to

NEWEST_FIRST = Order(("binned_at", "id"), descending=True)


@door(Can.READ_CONTACTS)
def bin_list(request: Request) -> HttpResponse:
    """Contacts and organisations that the role may restore, the last deleted first."""
    by = request.by
    kinds = [kind for kind, can in DELETE.items() if by.may(can)]
    if not kinds:
        raise PermissionDenied
    found = Party.objects.in_bin_of(by).filter(kind__in=kinds).select_related("binned_by")
    try:
        listed = page_of(found, NEWEST_FIRST, request.GET.get("cursor", ""))
    except Bad as bad:
        return to_first_page(request, bad, to(by, "bin:list"))
    return page(request, "web/bin/list.html", rows=[_row(by, party) for party in listed.rows], listed=listed)


def _row(by: Actor, party: Party) -> dict[str, Any]:
    """Return a row of the bin: the record, the days left, and whether it may be deleted for good."""
    gone = by.account.bin_keeps(party.binned_at or timezone.now())
    return {
        "party": party,
        "days": (timezone.localdate(gone) - timezone.localdate()).days,
        "may_purge": by.may(PURGE[party.kind]),
    }
