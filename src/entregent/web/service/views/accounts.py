"""«Comptes»: which accounts there are and how big they are; and the way to open one."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.service import operating
from entregent.shell.page import page, say
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.service.forms import AccountForm


@door(Can.OPERATE)
def accounts(request: Request) -> HttpResponse:
    """The accounts by name, with counts and nothing of what is counted."""
    return page(request, "web/service/accounts.html", sizes=operating.sizes(request.by))


@door(Can.OPERATE, methods=("GET", "POST"))
def account_new(request: Request) -> HttpResponse:
    """Open an account and invite its first administrator."""
    form = AccountForm(request.POST or None)
    if request.method == "POST":
        opened = saved(form, lambda: operating.open_for(request.by, **form.cleaned_data))
        if opened:
            account, offer = opened
            said = {"account": account.name, "email": offer.email}
            say(request, _("The account “%(account)s” is open; an invitation goes to %(email)s.") % said)
            return redirect(to(request.by, "service:accounts"))
    return page(request, "web/service/account_new.html", form=form)
