"""«Infobox», what was done, by whom, on whom: the account's page, its filter, and what records' pages show of it."""

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.models import Party
from entregent.journal.deeds import in_order
from entregent.journal.filter import Filter
from entregent.journal.timeline import of_account
from entregent.shell.page import page
from entregent.store.pages import Page
from entregent.web.door import door

from .drawing import draw


class FilterForm(forms.Form):
    """``account``: whether deeds about the account itself may be asked for too."""

    use_required_attribute = False
    deed = forms.CharField(label=_("Kind"), required=False, widget=forms.Select())
    author = forms.CharField(label=_("Author"), required=False, widget=forms.Select())
    since = forms.CharField(label=_("From"), required=False, widget=forms.TextInput({"type": "date"}))
    until = forms.CharField(label=_("To"), required=False, widget=forms.TextInput({"type": "date"}))

    def __init__(self, params: Any, account: bool = False) -> None:
        super().__init__(params, auto_id="infobox_%s")
        cast(forms.Select, self.fields["deed"].widget).choices = [
            ("", _("All kinds")),
            *((deed.code, deed.name) for deed in in_order() if account or not deed.housekeeping),
        ]
        members = Membership.objects.select_related("user").order_by("user__first_name", "user__last_name")
        cast(forms.Select, self.fields["author"].widget).choices = [
            ("", _("Everyone")),
            *((one.user_id, str(one)) for one in members),
        ]

    def clean(self) -> None:
        """Show beside its field why a value can't be read."""
        for problem in Filter.read(self.data).problems():
            self.add_error(problem.field, problem.message)


def timeline(
    request: Request, found: Page, own: Party | None = None, whole: bool = False, form: FilterForm | None = None
) -> dict[str, Any]:
    """Return the context of a page of entries, filtered by the address; ``own`` and ``whole``: as for ``draw``.

    ``form``: the filter's. It is rarely used, and costs as much as ten entries: by default it is there only if asked
    for.
    """
    filtered = bool(Filter.read(request.GET).params())
    if form is None and (filtered or "filtre" in request.GET):
        form = FilterForm(request.GET)
    return {
        "infobox": found,
        "entries": draw(request.by, found.rows, own, whole),
        "filter": form,
        "filtered": filtered,
    }


@door(Can.READ_JOURNAL)
def infobox(request: Request) -> HttpResponse:
    """«Infobox», newest first, filtered and paged by the address."""
    by = request.by
    found = of_account(by, Filter.read(request.GET), request.GET.get("suite", ""))
    form = FilterForm(request.GET, account=by.may(Can.MANAGE_ACCOUNT))
    return page(request, "web/infobox/page.html", "infobox", **timeline(request, found, form=form))
