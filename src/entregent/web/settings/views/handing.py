"""What a user who leaves had to themselves: handed over to another, or opened to the account (B3)."""

from dataclasses import astuple

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions import handing
from entregent.shell.page import say
from entregent.web.door import door, saved

from ..subjects import settings_page


class HandOverForm(forms.Form):
    """To whom; nobody opens the records to the account."""

    to: forms.ModelChoiceField = forms.ModelChoiceField(
        Membership.objects.none(), required=False, label=gettext_lazy("Hand over to"),
        empty_label=gettext_lazy("Nobody: open them to the whole account"),
    )  # fmt: skip


@door(Can.MANAGE_USERS, methods=("GET", "POST"))
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Counts, never contents: an administrator does not see what was kept from them."""
    by = request.by
    place: Membership = get_object_or_404(Membership.objects.select_related("user"), pk=pk)
    left = handing.left_by(by, [place.user_id])[place.user_id]
    form = HandOverForm(request.POST or None)
    others = Membership.objects.filter(active=True).exclude(pk=place.pk).select_related("user")
    form.fields["to"].queryset = others.order_by("user__last_name", "user__first_name")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        done = saved(form, lambda: (handing.hand_over(by, place.user_id, form.cleaned_data["to"]),))
        if done:
            later = _("What %(name)s had is being handed over.")
            text = later if done[0] else _("What %(name)s had is handed over.")
            say(request, text % {"name": place})
            return redirect("settings:users", by.account.slug)
    counted = [
        ngettext("%(count)d record that only they see", "%(count)d records that only they see", left.alone),
        ngettext("%(count)d record assigned to them", "%(count)d records assigned to them", left.assigned),
        ngettext("%(count)d list that only they have", "%(count)d lists that only they have", left.lists),
        ngettext("%(count)d saved view that only they have", "%(count)d saved views that only they have", left.views),
    ]
    rows = [text % {"count": count} for text, count in zip(counted, astuple(left), strict=True)]
    return settings_page(request, "users", "hand_over", form=form, place=place, left=left, rows=rows)
