"""The tab «Fiche client/membre» (C2)."""

from django.http import HttpResponse

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.shell.page import page
from entregent.web.door import door, party_or_404
from entregent.web.links import to

from .forms import SheetForm
from .saving import METHODS, base_of, save
from .showing import around


@door(Can.READ_CONTACTS, methods=METHODS)
def sheet(request: Request, pk: int) -> HttpResponse:
    """Show the sheet as a form, read-only for readers, and save it."""
    by = request.by
    party = party_or_404(by, pk, "p")
    sent = request.method == "POST"
    if sent:
        by.require(Can.WRITE_CONTACTS)
    form = SheetForm(by, base_of(by, party), request.POST if sent else None)
    url = to(by, "contacts:sheet", party.pk)
    if sent and form.is_valid():
        answer = save(request, form, party, url)
        if answer:
            return answer
    if party.of_service or not by.may(Can.WRITE_CONTACTS):
        for field in form.fields.values():
            field.disabled = True
    context = {"form": form, "version": request.POST.get("version") or party.version, "cancel_url": url}
    shown = around(request, party, "sheet")
    return page(request, "web/parties/sheet.html", "infobox", status=422 if form.errors else 200, **shown, **context)
