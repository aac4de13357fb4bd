"""The account's whole infobox: what was done, by whom, on whom."""

from typing import Any

from django.http import HttpResponse

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.journal.timeline import Filter, of_account
from entregent.shell.page import page
from entregent.web.door import door

from .drawing import draw
from .filters import FilterForm
from .lines import lines_of


@door(Can.READ_JOURNAL)
def infobox(request: Request) -> HttpResponse:
    """«Infobox», newest first, filtered and paged by the address."""
    by = request.by
    wanted = Filter.read(request.GET)
    found = of_account(by, wanted, request.GET.get("suite", ""))
    context: dict[str, Any] = {
        "infobox": found,
        "entries": draw(lines_of(by, found.rows)),
        "filter": FilterForm(request.GET, account=by.may(Can.MANAGE_ACCOUNT)),
        "filtered": bool(wanted.params()),
    }
    return page(request, "web/infobox/page.html", "infobox", **context)
