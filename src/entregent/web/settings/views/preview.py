"""«Voir comme…»: an administrator sees the account as another user does; the journal records it (X12)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.accounts.preview import begin, end
from entregent.accounts.request import Request
from entregent.actions.members.previewing import tell_preview
from entregent.shell.page import say
from entregent.web.door import door
from entregent.web.links import to


@door(Can.PREVIEW, methods=("POST",))
def start(request: Request, pk: int) -> HttpResponse:
    """Start a preview: the following pages show what that user sees, and nothing can be written."""
    others = Membership.objects.select_related("user").exclude(pk=request.by.membership_id)
    place: Membership = get_object_or_404(others, pk=pk, active=True)
    tell_preview(request.by, place)
    begin(request, request.by, place)
    return HttpResponseRedirect(to(request.by, "home:page"))


@door(methods=("POST",))
def quit_it(request: Request) -> HttpResponse:
    """End the preview («Quitter l’aperçu»)."""
    end(request)
    say(request, _("You see the account as yourself again."))
    return HttpResponseRedirect(to(request.by, "home:page"))
