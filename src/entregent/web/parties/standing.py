"""Where the account stands with a record, on its form and its page: status, skills, family, who is in charge."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.standing.standing import users
from entregent.directory.items.register import choice_names
from entregent.directory.models import ContactStatus
from entregent.directory.parties.cards import Card
from entregent.directory.parties.cleaning import item_key
from entregent.web.links import to

from .fields import OpenSelectMultiple, PlainSelect, WordsField, give_choices

if TYPE_CHECKING:
    from .party_form import PartyForm

NAMES = ("status", "family", "skills", "mail_refused", "assigned_to")


class StandingFields(forms.Form):
    """The fields that contacts and organisations share."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    assigned_to = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False, widget=PlainSelect)
    mail_refused = forms.BooleanField(
        label=gettext_lazy("Refusal of mailings"),
        required=False,
        help_text=gettext_lazy("No mailing of the account goes to them."),
    )


def skills_field() -> WordsField:
    """A person's skills: words of the reference list, new ones for those who may change it."""
    return WordsField(label=gettext_lazy("Skills"), required=False)


def family_field() -> forms.ChoiceField:
    """What kind of body an organisation is."""
    return forms.ChoiceField(label=gettext_lazy("Family of organisations"), required=False)


def offer(form: "PartyForm", by: Actor, base: Card) -> None:
    """Give the fields what the account has to choose from; what the record holds is offered still."""
    fields = form.fields
    if "status" in fields:
        give_choices(form, "status", [("", _("No status")), *_words(by, "statuses", base.get("status"))])
    if "family" in fields:
        give_choices(form, "family", [("", _("No family")), *_words(by, "families", base.get("family"))])
    if "assigned_to" in fields:
        give_choices(form, "assigned_to", [("", _("Nobody")), *_users(by, base.get("assigned_to"))])
    if "skills" in fields:
        fields["skills"].widget = OpenSelectMultiple(to(by, "suggest:skills"))
        if not by.may(Can.WRITE_ITEMS):
            fields["skills"].widget.attrs.pop("data-create")


def initial(base: Card) -> dict[str, Any]:
    """The first values; of a record that is being added the account's default status."""
    status = base["status"]
    if status is None and "skills" in base:
        default = ContactStatus.objects.filter(is_default=True).values_list("name", flat=True).first()
        status = default
    return {"status": status or "", "assigned_to": str(base["assigned_to"] or ""), "skills": base.get("skills", [])}


def card(form: "PartyForm") -> Card:
    """What was chosen, of the fields that are on the form."""
    found = {name: form.cleaned_data[name] for name in NAMES if name in form.fields and name in form.cleaned_data}
    if "assigned_to" in found:
        found["assigned_to"] = int(found["assigned_to"]) if found["assigned_to"] else None
    return found


def name_of_user(user_id: int | None) -> str:
    """The user in charge of a record, who may have left since."""
    if user_id is None:
        return ""
    member = Membership.objects.filter(user_id=user_id).select_related("user").first()
    return str(member) if member else _("a user who has left")


def _words(by: Actor, code: str, held: str | None) -> list[tuple[str, str]]:
    names = choice_names(by, code)
    if held and item_key(held) not in {item_key(name) for name in names}:
        names.append(held)
    return [(name, name) for name in names]


def _users(by: Actor, held: int | None) -> list[tuple[str, str]]:
    found = users(by)
    if held and str(held) not in dict(found):
        found.append((str(held), name_of_user(held)))
    return found
