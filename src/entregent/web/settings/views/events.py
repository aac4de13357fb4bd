"""«Journal de sécurité»: sign-ins, and changes to how users sign in."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from entregent.accounts.audit import events_of_members
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.web.door import door
from entregent.web.subjects import settings_page

EVENTS_PER_PAGE = 50


@door(Can.MANAGE_ACCOUNT)
def events(request: Request) -> HttpResponse:
    """The members' security events of the last year; IP addresses only for those who manage users."""
    rows = Paginator(events_of_members(request.by.account), EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    return settings_page(request, "events", "events", rows=rows, with_ip=request.by.may(Can.MANAGE_USERS))
