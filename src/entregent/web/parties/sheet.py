"""The tab «Fiche client/membre» (C2)."""

from django.http import HttpResponse

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.models import Party
from entregent.shell.page import page
from entregent.web.door import door, party_or_404
from entregent.web.links import to

from .forms import SheetForm
from .saving import METHODS, base_of, save, status_of, version_of
from .showing import around


@door(Can.READ_CONTACTS, methods=METHODS)
def sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet as a form; a reader gets it read-only, and may not send it."""
    party = party_or_404(request.by, pk, "p")
    url = to(request.by, "contacts:sheet", party.pk)
    form = _form(request, party)
    if request.method == "POST" and form.is_valid() and (answer := save(request, form, party, url)):
        return answer
    if party.of_service or not request.by.may(Can.WRITE_CONTACTS):
        form.disable()
    own = {"form": form, "version": version_of(request, party), "cancel_url": url}
    context = around(request, party, "sheet") | own
    return page(request, "web/parties/sheet.html", "infobox", status=status_of(form), **context)


def _form(request: Request, party: Party) -> SheetForm:
    """Return the sheet, filled in with what was sent; 403 for whom may not send it."""
    by = request.by
    if request.method != "POST":
        return SheetForm(by, base_of(by, party))
    by.require(Can.WRITE_CONTACTS)
    return SheetForm(by, base_of(by, party), request.POST)
