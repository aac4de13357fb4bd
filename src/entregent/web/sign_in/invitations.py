"""The page behind an invitation's link: a user joins the account, anyone else becomes a user first."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entregent.accounts.models import User
from entregent.accounts.request import Request
from entregent.actions.members.members import accept, invitation_of, join
from entregent.shell.page import page
from entregent.web.door import attempt, saved

from .forms import JoinForm


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: Request, secret: str) -> HttpResponse:
    """The page of one invitation; 410 once it was used or withdrawn, or has expired."""
    offer = invitation_of(secret)
    if offer is None:
        return page(request, "web/sign_in/invitation_over.html", status=410)
    if request.user.is_authenticated:
        return _as_user(request, offer)
    if User.objects.filter(email=offer.email).exists():
        return page(request, "web/sign_in/invitation_known.html", offer=offer)
    return _as_newcomer(request, offer)


def _as_user(request: Request, offer) -> HttpResponse:
    mine = request.user.email == offer.email
    if request.method == "POST" and mine:
        _place, refusal = attempt(lambda: accept(offer, request.user))
        if refusal:
            return page(request, "web/sign_in/invitation_over.html", status=410)
        return redirect("home:page", offer.account.slug)
    return page(request, "web/sign_in/invitation_join.html", offer=offer, mine=mine)


def _as_newcomer(request: HttpRequest, offer) -> HttpResponse:
    form = JoinForm(request.POST or None, offer=offer)
    if place := saved(form, lambda: join(offer, **form.cleaned_data, language=get_language())):
        return perform_login(request, place.user, redirect_url=f"/{offer.account.slug}/")
    return page(request, "web/sign_in/invitation_new.html", offer=offer, form=form)
