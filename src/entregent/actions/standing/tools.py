"""The tools of where the account stands with its contacts: status, assignment, refusal of mailings; and undo."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.kinds import WRITE
from entregent.actions.toolbox import undoing
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.items.register import choice_names
from entregent.directory.models import Party
from entregent.store.prepared import prepared

from . import relations

NOBODY = "-"
"""What stands for «none» in a list where nothing chosen yet is not the same."""
NOTE: dict[str, Any] = {
    "label": _("Description"),
    "required": False,
    "max_length": 2000,
    "widget": forms.Textarea(attrs={"rows": 2}),
    "help_text": _("Kept in the history, beside the change."),
}


class StatusForm(forms.Form):
    """Which status, by its name."""

    status = forms.CharField(label=_("Status"), max_length=150)
    note = forms.CharField(**NOTE)

    def for_account(self, by: Actor) -> None:
        """Offer the account's statuses."""
        names = choice_names(by, "statuses")
        self.fields["status"].widget = forms.Select(
            choices=[("", gettext("Choose…")), *((name, name) for name in names), (NOBODY, gettext("No status"))]
        )

    def clean_status(self) -> str:
        name = self.cleaned_data["status"]
        return "" if name == NOBODY else name


class AssignForm(forms.Form):
    """To whom («À»), by the user's id."""

    assigned_to = forms.CharField(label=pgettext_lazy("assign", "To"), max_length=20)
    note = forms.CharField(**NOTE)

    def for_account(self, by: Actor) -> None:
        """Offer the account's active users."""
        self.fields["assigned_to"].widget = forms.Select(
            choices=[("", gettext("Choose…")), *users(by), (NOBODY, gettext("Nobody"))]
        )

    def clean_assigned_to(self) -> int | None:
        asked = self.cleaned_data["assigned_to"]
        if asked == NOBODY:
            return None
        if not asked.isdecimal() or len(asked) > 18:
            raise forms.ValidationError(gettext("This user is not an active user of the account."))
        return int(asked)


class NoteForm(forms.Form):
    """Why."""

    note = forms.CharField(**NOTE)


class UndoForm(forms.Form):
    """Which deed: the entry of the journal that tells of it."""

    entry = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def users(by: Actor) -> list[tuple[str, str]]:
    """The active users of the account by id, oneself first, then by name."""
    named = sorted(((str(member.user_id), str(member)) for member in _members()), key=lambda one: one[1].casefold())
    own = str(by.user_id)
    return [(pk, name) for pk, name in named if pk == own] + [(pk, name) for pk, name in named if pk != own]


@prepared
def _members() -> QuerySet:
    return Membership.objects.filter(active=True, user__is_active=True).select_related("user")


def _refuses(party: Party) -> bool:
    """Whether they refuse the account's mailings; what the operator knows of a shared record is not asked."""
    return party.mail_refused_at is not None and (party.is_layer or not party.of_service)


def _undo(by: Actor, parties: Sequence[Party], data: dict[str, Any]) -> Outcome:
    return undoing.undo(by, parties, data["entry"])


TOOLS = [
    Tool(
        code="status",
        label=_("Status"),
        icon="flag",
        needs=WRITE,
        form=StatusForm,
        run=lambda by, parties, data: relations.give_status(by, parties, data["status"], data.get("note", "")),
        quick=True,
    ),
    Tool(
        code="assign",
        label=_("Assign"),
        icon="user-check",
        needs=WRITE,
        form=AssignForm,
        run=lambda by, parties, data: relations.assign(by, parties, data["assigned_to"], data.get("note", "")),
        quick=True,
    ),
    Tool(
        code="refuse-mail",
        label=_("Refusal of mailings"),
        icon="speakerphone",
        needs=WRITE,
        form=NoteForm,
        run=lambda by, parties, data: relations.refuse_mail(by, parties, data.get("note", "")),
        fits=lambda party: not _refuses(party) and not party.in_bin,
        help=_("No mailing of the account will go to them until the refusal is lifted."),
    ),
    Tool(
        code="accept-mail",
        label=_("Lift the refusal of mailings"),
        icon="mail",
        needs=WRITE,
        form=NoteForm,
        run=lambda by, parties, data: relations.accept_mail(by, parties, data.get("note", "")),
        fits=lambda party: _refuses(party) and not party.in_bin,
        help=_("Only at their own request."),
    ),
    Tool(
        code="undo",
        label=_("Undo"),
        icon="arrow-back-up",
        needs={"p": Can.READ_CONTACTS, "o": Can.READ_CONTACTS},
        form=UndoForm,
        run=_undo,
        fits=lambda party: True,
        offered=False,
    ),
]
