"""The tool «Qui peut voir» (B3)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.actions.kinds import WRITE
from entregent.actions.standing.tools import users
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.models import Party
from entregent.journal.labels import VISIBILITY

from .visibility import show_to


class VisibilityForm(forms.Form):
    """Who may see the records: the answers of their own form."""

    mode = forms.ChoiceField(label=_("Who can see them"), choices=list(VISIBILITY.items()), widget=forms.RadioSelect)
    teams = forms.TypedMultipleChoiceField(
        label=_("Teams"), required=False, coerce=int, widget=forms.SelectMultiple({"data-combobox": ""})
    )
    users = forms.TypedMultipleChoiceField(
        label=_("Individuals"), required=False, coerce=int, widget=forms.SelectMultiple({"data-combobox": ""})
    )
    sure = forms.BooleanField(label=_("Also where I would then see the record no more"), required=False)

    def for_account(self, by: Actor) -> None:
        """Offer the account's teams and active users."""
        self.fields["teams"].choices = list(Team.objects.values_list("pk", "name"))  # type: ignore[attr-defined]
        self.fields["users"].choices = users(by)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mode") == "shared" and not (data.get("teams") or data.get("users")):
            self.add_error("teams", _("Choose at least one team or one person."))
        return data


def _show_to(by: Actor, parties: Sequence[Party], data: dict[str, Any]) -> Outcome:
    shared = data["mode"] == "shared"
    named = {name: list(data.get(name) or ()) if shared else [] for name in ("teams", "users")}
    return show_to(by, parties, {"mode": data["mode"], **named}, sure=bool(data.get("sure")))


TOOLS = [
    Tool(
        code="visibility",
        label=_("Who can see"),
        icon="eye",
        needs=WRITE,
        form=VisibilityForm,
        run=_show_to,
        of_record=True,
    )
]
