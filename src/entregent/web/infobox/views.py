"""The account's whole infobox: what was done, by whom, on whom."""

from django.http import HttpResponse

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.journal.timeline import Filter, of_account
from entregent.shell.page import page
from entregent.web.door import door

from .timeline import FilterForm, timeline


@door(Can.READ_JOURNAL)
def infobox(request: Request) -> HttpResponse:
    """«Infobox», newest first, filtered and paged by the address."""
    by = request.by
    found = of_account(by, Filter.read(request.GET), request.GET.get("suite", ""))
    context = timeline(request, found) | {"filter": FilterForm(request.GET, account=by.may(Can.MANAGE_ACCOUNT))}
    return page(request, "web/infobox/page.html", "infobox", **context)
