"""«Jetons d’API»: the user's own API tokens."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from entregent.accounts.models import Token
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members.tokens import create_token, revoke_token
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import TokenForm
from entregent.web.subjects import confirm, settings_page


@door(Can.USE_API)
def tokens(request: Request) -> HttpResponse:
    """The user's own tokens."""
    mine = Token.objects.filter(membership_id=request.by.membership_id)
    return settings_page(request, "tokens", "tokens", tokens=mine)


@door(Can.USE_API, methods=("GET", "POST"))
def token_new(request: Request) -> HttpResponse:
    """Create a token. Its secret is shown in this response and never again."""
    form = TokenForm(request.POST or None)
    if request.method == "POST":
        made = saved(form, lambda: create_token(request.by, form.cleaned_data["name"]))
        if made:
            token, secret = made
            return settings_page(request, "tokens", "token_made", token=token, secret=secret)
    return settings_page(request, "tokens", "token_new", form=form)


@door(Can.USE_API, methods=("GET", "POST"))
def token_revoke(request: Request, pk: int) -> HttpResponse:
    """Revoke a token."""
    token = get_object_or_404(Token, pk=pk, membership_id=request.by.membership_id)
    return confirm(
        request,
        back=to(request.by, "settings:tokens"),
        do=lambda: revoke_token(request.by, token),
        heading=_("Revoke the token “%(name)s”?") % {"name": token.name},
        text=_("The program that uses it will be refused from now on."),
        submit=_("Revoke"),
        done=_("The token “%(name)s” is revoked.") % {"name": token.name},
    )
