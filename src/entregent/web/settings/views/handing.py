"""Hand over what only a former member could see to another member, or open it to the account (B3)."""

from dataclasses import astuple
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.members import handing
from entregent.shell.page import say_at
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.subjects import settings_page

NOBODY = "nobody"


class HandOverForm(forms.Form):
    """The new owner. "Nobody" opens private records to the whole account, so it is never preselected."""

    to = forms.ChoiceField(label=gettext_lazy("Hand over to"))

    def __init__(self, leaver: Membership, data: Any = None) -> None:
        super().__init__(data)
        others = Membership.objects.filter(active=True).exclude(pk=leaver.pk).select_related("user")
        ordered = others.order_by("user__last_name", "user__first_name")
        self.others = {str(place.pk): place for place in ordered}
        people = [(pk, str(place)) for pk, place in self.others.items()]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "—"), *people, (NOBODY, _("Nobody: open them to the whole account"))
        ]  # fmt: skip

    def receiver(self) -> Membership | None:
        """Return the chosen member; None opens everything to the account."""
        return self.others.get(self.cleaned_data["to"])


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
    return settings_page(request, "users", "hand_over", form=form, place=place, left=left, rows=_rows(left))


def _rows(left: handing.Left) -> list[str]:
    """Return what a former member leaves behind, one sentence per count."""
    counted = [
        ngettext("%(count)d record that only they see", "%(count)d records that only they see", left.alone),
        ngettext("%(count)d record assigned to them", "%(count)d records assigned to them", left.assigned),
        ngettext("%(count)d list that only they have", "%(count)d lists that only they have", left.lists),
        ngettext("%(count)d saved view that only they have", "%(count)d saved views that only they have", left.views),
    ]
    return [text % {"count": count} for text, count in zip(counted, astuple(left), strict=True)]
