"""The forms of «Paramètres». They offer the choices; the actions decide what is allowed."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, Membership, Role, Team, User
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import OF_THE_SERVICE, Can
from entregent.actions.members.members import within
from entregent.kernel.countries import countries
from entregent.kernel.languages import languages

NOBODY = "nobody"


class AccountForm(forms.Form):
    """The account's own settings."""

    name = forms.CharField(label=_("Name"), max_length=120)
    organisation_word = forms.ChoiceField(
        label=_("Your word for organisations"), choices=Account.OrganisationWord.choices, widget=forms.RadioSelect
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("Phone numbers and postal codes without a country are read as this country's."),
    )
    language = forms.ChoiceField(label=_("Language of new contacts"))
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name],
        widget=forms.Select({"data-combobox": ""}),
    )
    bin_days = forms.IntegerField(
        label=_("Days in the bin"),
        min_value=0,
        max_value=365,
        help_text=_("How long deleted records can be restored. 0: they are deleted for good at once."),
    )
    sure = forms.CharField(
        label=_("Delete these records for good, in a day"), required=False, widget=forms.HiddenInput
    )
    """The days in the bin whose consequences were confirmed: the value of its box, which no other days can use."""
    tells_resembling = forms.BooleanField(
        label=_("Say that a new record resembles one that its author can't see"),
        required=False,
        help_text=_("It avoids duplicates, but tells that a hidden record exists. It never tells which."),
    )
    two_factors = forms.BooleanField(
        label=_("Administrators need two factors to sign in"),
        required=False,
        help_text=_("A stolen password is then useless. Those who have no second factor are asked to add one."),
    )

    def values(self) -> dict[str, Any]:
        """Return the settings, without the confirmation."""
        return {name: value for name, value in self.cleaned_data.items() if name != "sure"}

    @property
    def is_sure(self) -> bool:
        """Whether what these days in the bin delete was confirmed, rather than what other days would."""
        return self.cleaned_data["sure"] == str(self.cleaned_data["bin_days"])

    def ask(self) -> None:
        """Show the confirmation, not given yet, if it was found missing."""
        if self.has_error("sure"):
            box = {"value": self.cleaned_data["bin_days"]}
            self.fields["sure"].widget = forms.CheckboxInput(box, check_test=lambda given: False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        shown_in = get_language() or "fr"
        self.fields["country"].choices = countries(shown_in)
        self.fields["language"].choices = languages(shown_in)


class PlaceForm(forms.Form):
    """A member's role and teams. ``held``: their role now, offered beside those that ``by`` may give."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=None, empty_label=None)
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, by: Actor, *args, held: int | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        given = [role.pk for role in Role.objects.all() if role.pk == held or within(by, role)]
        self.fields["role"].queryset = Role.objects.filter(pk__in=given)
        teams = Team.objects.all()
        self.fields["teams"].queryset = teams
        if not teams:
            del self.fields["teams"]

    @property
    def place(self) -> tuple[Role, list[Team]]:
        """The chosen role and teams."""
        return self.cleaned_data["role"], list(self.cleaned_data.get("teams") or [])


class InviteForm(PlaceForm):
    """The e-mail address of the person to invite, with their role and teams."""

    email = forms.CharField(
        label=_("Email"), max_length=254, widget=forms.EmailInput({"autocomplete": "off", "autofocus": True})
    )
    field_order = ("email", "role", "teams")


class MemberChoice(forms.ModelMultipleChoiceField):
    """Members by name, with their e-mail address to tell namesakes apart."""

    def label_from_instance(self, member: Membership) -> str:
        return f"{member} ({member.user.email})"


class TeamForm(forms.Form):
    """A team's name and its members."""

    name = forms.CharField(label=_("Name"), max_length=80)
    members = MemberChoice(label=_("Members"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.select_related("user").filter(PRESENT)
        self.fields["members"].queryset = members.order_by("user__last_name", "user__first_name")


class HandOverForm(forms.Form):
    """The new owner. "Nobody" opens private records to the whole account, so it is never preselected."""

    to = forms.ChoiceField(label=_("Hand over to"))

    def __init__(self, leaver: Membership | None, data: Any = None) -> None:
        super().__init__(data)
        others = Membership.objects.filter(PRESENT).exclude(pk=leaver.pk if leaver else None).select_related("user")
        ordered = others.order_by("user__last_name", "user__first_name")
        self.others = {str(place.pk): place for place in ordered}
        people = [(pk, str(place)) for pk, place in self.others.items()]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "—"), *people, (NOBODY, _("Nobody: open them to the whole account"))
        ]  # fmt: skip

    def receiver(self) -> Membership | None:
        """Return the chosen member; None opens everything to the account."""
        return self.others.get(self.cleaned_data["to"])


class RoleForm(forms.Form):
    """A role's name and its permissions."""

    name = forms.CharField(label=_("Name"), max_length=80)
    permissions = forms.MultipleChoiceField(
        label=_("Allows to"),
        required=False,
        choices=[(can.value, can.label) for can in Can if can not in OF_THE_SERVICE],
        widget=forms.CheckboxSelectMultiple,
    )


class TokenForm(forms.Form):
    """The name of a token, which says what it is for, and how long it works."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("The name of the program that will use it.")
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year")), ("", _("Until I revoke it"))],
        coerce=int,
        empty_value=None,
        required=False,
        initial=365,
        help_text=_("A program that is forgotten can then no longer be used."),
    )


class ProfileForm(forms.ModelForm):
    """The user's own name, language and appearance."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language", "theme", "single_keys")
        widgets = {"theme": forms.RadioSelect}
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "language": _("Language"),
            "theme": _("Appearance"),
            "single_keys": _("Single-key shortcuts"),
        }
        help_texts = {"single_keys": _("“/” to search, “j” and “k” in lists, “?” for all of them.")}
