"""«Compte», «Journal de sécurité», and the entry page of «Paramètres»."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entregent.accounts.audit import events_of_members
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members.settings import change_account
from entregent.shell.page import say_at
from entregent.web.door import door, saved
from entregent.web.settings.forms import AccountForm
from entregent.web.subjects import settings_page, subjects

EVENTS_PER_PAGE = 50


@door()
def home(request: Request) -> HttpResponse:
    """Redirect to the first subject that the user may open."""
    return redirect(subjects(request.by)[0].url)


@door(Can.MANAGE_ACCOUNT, methods=("GET", "POST"))
def account(request: Request) -> HttpResponse:
    """The account's own settings."""
    now = request.by.account
    initial = {name: getattr(now, name, None) for name in AccountForm.base_fields}
    form = AccountForm(request.POST or None, initial=initial)
    if changed := saved(form, lambda: change_account(request.by, form.values(), form.is_sure)):
        return say_at(request, request.path, _saved(changed))
    form.ask()
    return settings_page(request, "account", "account", form=form)


def _saved(account: Account) -> str:
    until = account.bin_spared_until
    if until is None or until < timezone.now():
        return _("The settings are saved.")
    text = _(
        "The settings are saved. The bin keeps all it holds until %(when)s: until then, more days keep it longer."
    )
    return text % {"when": date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT")}


@door(Can.MANAGE_ACCOUNT)
def events(request: Request) -> HttpResponse:
    """The members' security events of the last year; IP addresses only for those who manage users."""
    rows = Paginator(events_of_members(request.by.account), EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    return settings_page(request, "events", "events", rows=rows, with_ip=request.by.may(Can.MANAGE_USERS))
