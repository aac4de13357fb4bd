"""«Compte»: the account's own settings."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members.settings import change_account
from entregent.shell.page import say
from entregent.web.door import door, saved
from entregent.web.settings.forms import AccountForm
from entregent.web.subjects import settings_page


@door(Can.MANAGE_ACCOUNT, methods=("GET", "POST"))
def account(request: Request) -> HttpResponse:
    """The account's own settings."""
    now = request.by.account
    form = AccountForm(request.POST or None, initial={name: getattr(now, name) for name in AccountForm.base_fields})
    if request.method == "POST" and saved(form, lambda: change_account(request.by, form.cleaned_data)):
        say(request, _("The settings are saved."))
        return redirect(request.path)
    return settings_page(request, "account", "account", form=form)
