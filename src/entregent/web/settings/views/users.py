"""«Utilisateurs»: members, open invitations, handing over what a former member had (B3), «Voir comme…» (X12)."""

from dataclasses import astuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.accounts.inviting import lapsed, pending_of
from entregent.accounts.models import Invitation, Membership, Role
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import Can
from entregent.accounts.preview import begin, end, may_preview
from entregent.accounts.request import Request
from entregent.actions.members import handing, members
from entregent.actions.members.members import tell_preview
from entregent.shell.page import say_at
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.settings.forms import HandOverForm, InviteForm, PlaceForm
from entregent.web.subjects import confirm, settings_page


@door(Can.MANAGE_USERS)
def users(request: Request) -> HttpResponse:
    """Members with role and teams, open invitations, and former members whose records can be handed over."""
    places = (
        Membership.objects.filter(active=True).select_related("user", "role", "account").prefetch_related("teams")
    )
    rows = list(places.order_by("user__last_name", "user__first_name"))
    offers = list(Invitation.objects.select_related("role", "by").filter(accepted_at=None))
    return settings_page(
        request,
        "users",
        "users",
        places=rows,
        invitations=offers,
        lapsed=lapsed(offers),
        given={one.pk for one in Role.objects.all() if members.within(request.by, one)},
        previewable={place.pk for place in rows if place.user.is_active and may_preview(request.by, place)},
        leavers=_leavers(request.by),
        unseen=sum(astuple(handing.unseen(request.by))),
        stopped=handing.stopped(request.by),
        now=timezone.now(),
    )


def _leavers(by: Actor) -> list[Membership]:
    """Return those who left or were disabled, and whose records can be handed over."""
    gone = list(Membership.objects.exclude(PRESENT).select_related("user"))
    left = handing.left_by(by, [place.user_id for place in gone]) if gone else {}
    return [place for place in gone if left[place.user_id]]


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def invite(request: Request) -> HttpResponse:
    """Invite someone by e-mail."""
    form = InviteForm(request.by, request.POST or None, initial={"role": Role.objects.get(code="collaborator")})
    if offer := saved(form, lambda: members.invite(request.by, form.cleaned_data["email"], *form.place)):
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
    held = {"role": place.role_id, "teams": place.teams.all()}
    form = PlaceForm(request.by, request.POST or None, held=place.role_id, initial=held)
    if saved(form, lambda: members.change_member(request.by, place, *form.place)):
        said = _("The role and teams of %(name)s are saved.") % {"name": place}
        return say_at(request, to(request.by, "settings:users"), said)
    return settings_page(request, "users", "member", form=form, place=place)


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def member_end(request: Request, pk: int) -> HttpResponse:
    """Remove a member from the account, then offer to hand over what only they could see."""
    place = _place_or_404(pk)
    left = handing.left_by(request.by, [place.user_id])[place.user_id]
    text = _("They lose access at once and their API tokens stop working. The journal keeps what they did.")
    if lapse := len(pending_of(request.by.account, place.user_id)):
        text += " " + ngettext(
            "%(count)d invitation that they sent will no longer work: invite this person yourself.",
            "%(count)d invitations that they sent will no longer work: invite these people yourself.",
            lapse,
        ) % {"count": lapse}  # fmt: skip
    return confirm(
        request,
        back=to(request.by, "settings:hand_over", pk) if left else to(request.by, "settings:users"),
        do=lambda: members.end_membership(request.by, place),
        heading=_("Remove %(name)s from the account?") % {"name": place},
        text=text,
        submit=_("Remove"),
        done=_("%(name)s no longer belongs to the account.") % {"name": place},
    )


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Show counts, never contents, since these records are hidden from administrators too; then hand over."""
    by = request.by
    place: Membership = get_object_or_404(Membership.objects.select_related("user"), pk=pk)
    left = handing.left_by(by, [place.user_id])[place.user_id]
    form = HandOverForm(place, request.POST if request.method == "POST" else None)
    if done := saved(form, lambda: (handing.hand_over(by, place.user_id, form.receiver()),)):
        text = _("What %(name)s had is being handed over.") if done[0] else _("What %(name)s had is handed over.")
        return say_at(request, to(by, "settings:users"), text % {"name": place})
    return settings_page(request, "users", "hand_over", form=form, place=place, left=left, rows=_left(left))


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def unseen(request: Request) -> HttpResponse:
    """Show how much no active user sees, never its contents; then hand it over."""
    by = request.by
    left = handing.unseen(by)
    form = HandOverForm(None, request.POST if request.method == "POST" else None)
    if done := saved(form, lambda: (handing.hand_over(by, None, form.receiver()),)):
        text = _("What nobody saw is being handed over.") if done[0] else _("What nobody saw is handed over.")
        return say_at(request, to(by, "settings:users"), text)
    return settings_page(request, "users", "hand_over", form=form, left=left, rows=_unseen(left))


def _unseen(left: handing.Left) -> list[str]:
    """Return what no active user sees, one sentence per count that is not zero."""
    counted = [
        (left.alone, ngettext("%(count)d record that nobody sees", "%(count)d records that nobody sees", left.alone)),
        (left.lists, ngettext("%(count)d list that nobody has", "%(count)d lists that nobody has", left.lists)),
        (left.views, ngettext("%(count)d view that nobody has", "%(count)d views that nobody has", left.views)),
    ]
    return [text % {"count": count} for count, text in counted if count]


def _left(left: handing.Left) -> list[str]:
    """Return what a former member leaves behind, one sentence per kind of which there is any."""
    counted = [
        ngettext("%(count)d record that only they see", "%(count)d records that only they see", left.alone),
        ngettext("%(count)d record assigned to them", "%(count)d records assigned to them", left.assigned),
        ngettext("%(count)d list that only they have", "%(count)d lists that only they have", left.lists),
        ngettext("%(count)d saved view that only they have", "%(count)d saved views that only they have", left.views),
    ]
    return [text % {"count": count} for text, count in zip(counted, astuple(left), strict=True) if count]


def _place_or_404(pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "role"), pk=pk, active=True)


def _sent(request: Request, offer: Invitation) -> HttpResponse:
    """Say whether the invitation was sent, and return to the list of users."""
    text, level = _("An invitation is on its way to %(email)s."), messages.SUCCESS
    if not offer.sent_at:
        text = _("The mail server refused the invitation to %(email)s. It is kept: use “Send again” later.")
        level = messages.ERROR
    return say_at(request, to(request.by, "settings:users"), text % {"email": offer.email}, level=level)


@door(Can.PREVIEW, methods=("POST",))
def preview_start(request: Request, pk: int) -> HttpResponse:
    """Start a preview: the following pages show what that user sees, and nothing can be written."""
    others = Membership.objects.select_related("user", "role", "account").exclude(pk=request.by.membership_id)
    place: Membership = get_object_or_404(others, PRESENT, pk=pk)
    tell_preview(request.by, place)
    begin(request, request.by, place)
    return redirect(to(request.by, "home:page"))


@door(methods=("POST",))
def preview_end(request: Request) -> HttpResponse:
    """End the preview («Quitter l’aperçu»)."""
    end(request)
    return say_at(request, to(request.by, "home:page"), _("You see the account as yourself again."))
