"""«Utilisateurs»: the members of the account, and open invitations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Invitation, Membership, Role
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members import handing, members
from entregent.shell.page import say
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import InviteForm, PlaceForm
from entregent.web.subjects import confirm, settings_page


@door(Can.MANAGE_USERS)
def users(request: Request) -> HttpResponse:
    """Members with role and teams, open invitations, and former members whose records can be handed over."""
    places = Membership.objects.select_related("user", "role").prefetch_related("teams").filter(active=True)
    return settings_page(
        request,
        "users",
        "users",
        places=places.order_by("user__last_name", "user__first_name"),
        invitations=Invitation.objects.select_related("role").filter(accepted_at=None),
        can_preview=request.by.may(Can.PREVIEW),
        leavers=_leavers(request.by),
        now=timezone.now(),
    )


def _leavers(by: Actor) -> list[Membership]:
    """Return the former members whose records can be handed over."""
    gone = list(Membership.objects.filter(active=False).select_related("user"))
    left = handing.left_by(by, [place.user_id for place in gone]) if gone else {}
    return [place for place in gone if left[place.user_id]]


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def invite(request: Request) -> HttpResponse:
    """Invite someone by e-mail."""
    form = InviteForm(request.POST or None, initial={"role": Role.objects.get(code="collaborator")})
    if request.method == "POST":
        offer = saved(
            form,
            lambda: members.invite(
                request.by, form.cleaned_data["email"], form.cleaned_data["role"], form.chosen_teams
            ),
        )
        if offer:
            return _sent(request, offer)
    return settings_page(request, "users", "invite", form=form)


@door(Can.MANAGE_USERS, methods=("POST",))
def invitation_again(request: Request, pk: int) -> HttpResponse:
    """Send an invitation again."""
    offer: Invitation = get_object_or_404(Invitation.objects.select_related("role"), pk=pk, accepted_at=None)
    return _sent(request, members.invite_again(request.by, offer))


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    offer = get_object_or_404(Invitation, pk=pk, accepted_at=None)
    return confirm(
        request,
        back=to(request.by, "settings:users"),
        do=lambda: members.withdraw(request.by, offer),
        heading=_("Withdraw the invitation to %(email)s?") % {"email": offer.email},
        text=_("The link that was sent will stop working."),
        submit=_("Withdraw"),
        done=_("The invitation to %(email)s is withdrawn.") % {"email": offer.email},
    )


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def member(request: Request, pk: int) -> HttpResponse:
    """Change a member's role and teams."""
    place = _place_or_404(pk)
    form = PlaceForm(request.POST or None, initial={"role": place.role_id, "teams": place.teams.all()})
    if request.method == "POST":
        if saved(
            form, lambda: members.change_member(request.by, place, form.cleaned_data["role"], form.chosen_teams)
        ):
            say(request, _("The role and teams of %(name)s are saved.") % {"name": place})
            return redirect("settings:users", request.by.account.slug)
    return settings_page(request, "users", "member", form=form, place=place)


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def member_end(request: Request, pk: int) -> HttpResponse:
    """Remove a member from the account, then offer to hand over what only they could see."""
    place = _place_or_404(pk)
    left = handing.left_by(request.by, [place.user_id])[place.user_id]
    return confirm(
        request,
        back=to(request.by, "settings:hand_over", pk) if left else to(request.by, "settings:users"),
        do=lambda: members.end_membership(request.by, place),
        heading=_("Remove %(name)s from the account?") % {"name": place},
        text=_("They lose access at once and their API tokens stop working. The journal keeps what they did."),
        submit=_("Remove"),
        done=_("%(name)s no longer belongs to the account.") % {"name": place},
    )


def _place_or_404(pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "role"), pk=pk, active=True)


def _sent(request: Request, offer: Invitation) -> HttpResponse:
    """Say whether the invitation was sent, and return to the list of users."""
    if offer.sent_at:
        say(request, _("An invitation is on its way to %(email)s.") % {"email": offer.email})
    else:
        text = _("The mail server refused the invitation to %(email)s. It is kept: use “Send again” later.")
        say(request, text % {"email": offer.email}, level=messages.ERROR)
    return redirect("settings:users", request.by.account.slug)
