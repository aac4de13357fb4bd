"""What the forms of people and of organisations share: what was typed becomes a card, which the action keeps."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.directory.fields.custom import definitions
from entregent.directory.messages import Invalid
from entregent.directory.parties.cards import Card, merged, texts_of
from entregent.directory.parties.cleaning import Cleaner
from entregent.journal.labels import VISIBILITY
from entregent.store.prepared import prepared
from entregent.web.fields.custom import CustomPart
from entregent.web.links import to

from . import standing
from .fields import OpenSelectMultiple, PlainSelect, WordsField, give_choices, long_text, text
from .problems import show_problems
from .rows import ROWS, address_item, country_choices, lines

MAIN = {"emails": "email", "phones": "phone", "websites": "website"}
"""Plural key of a card → the field of its main item."""


class PartyForm(standing.StandingFields):
    """What the forms of people and of organisations share.

    ``base``: the card as it is kept, or a blank one; a field that is not on the form stays as it is there.
    """

    use_required_attribute = False
    kind = ""
    rows: tuple[str, ...] = tuple(ROWS)

    email = text(_("Email"), type="email", autocomplete="off")
    email_shared = forms.BooleanField(
        label=_("Shared address"), required=False, help_text=_("Several people read it: others may have it too.")
    )
    email_label = text(_("Label of the e-mail"), list="way-labels")
    phone = text(_("Phone"), type="tel", autocomplete="off")
    phone_label = text(_("Label of the phone"), list="way-labels")
    tags = WordsField(label=_("Tags"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who can see this contact"),
        required=False,
        choices=list(VISIBILITY.items()),
        widget=forms.RadioSelect,
    )
    teams = forms.TypedMultipleChoiceField(
        label=_("Teams"), required=False, coerce=int, widget=forms.SelectMultiple({"data-combobox": ""})
    )
    users = forms.TypedMultipleChoiceField(
        label=_("Individuals"), required=False, coerce=int, widget=forms.SelectMultiple({"data-combobox": ""})
    )
    website = text(_("Website"), inputmode="url")
    street = long_text(_("Address"), 2)
    postal_code = text(_("Postal code"))
    city = text(_("City"))
    province = text(_("Province"))
    country = forms.ChoiceField(label=_("Country"), required=False, widget=PlainSelect)
    vat_number = text(_("VAT number"))
    code = text(_("Code"))
    notes = long_text(_("Notes"), 4)

    def __init__(self, by: Actor, base: Card, data: Any = None, initial: dict | None = None) -> None:
        super().__init__(data, initial={**_initial(base, by), **(initial or {})})
        self.by, self.base, self.compared = by, base, base
        self.sets = {
            name: ROWS[name](data, prefix=name, initial=[dict(item) for item in base[name][1:]]) for name in self.rows
        }
        self.sources: dict[str, list[int | str | None]] = {}
        """Of each list of the card, where its items came from: a row, a field by name, or None for the main field."""
        self._choices()
        standing.offer(self, by, base)
        self.custom = CustomPart(self, by, self.kind, base)
        self.essential = (*self.essential, *self.custom.names)
        if "notes" in self.fields and definitions(by.account).sensitive:
            self.fields["notes"].help_text = _(
                "Write no health data here, nor anything on religion, politics or union membership: "
                "such things have fields of their own."
            )

    def _choices(self) -> None:
        fields = self.fields
        if "tags" in fields:
            fields["tags"].widget = OpenSelectMultiple(to(self.by, "suggest:tags"))
        if "country" in fields:
            give_choices(self, "country", country_choices())
        if "teams" in fields:
            give_choices(self, "teams", [(team.pk, team.name) for team in _teams()])
            give_choices(self, "users", [(member.user_id, str(member)) for member in _members()])

    def clean(self) -> dict[str, Any]:
        """Show all that is wrong at once: the action would only come to it once the form's own checks pass."""
        data = super().clean() or self.cleaned_data
        if all([formset.is_valid() for formset in self.sets.values()]):
            try:
                Cleaner(self.by.account).clean(self.kind, merged(self.base, self._checkable()))
            except Invalid as invalid:
                show_problems(self, invalid, besides=set(self.errors))
        return data

    def _checkable(self) -> Card:
        """The card without its organisation, which only the action can look up."""
        return {key: value for key, value in self.card().items() if key not in ("organisation", "organisation_name")}

    def is_valid(self) -> bool:
        return super().is_valid() and all(formset.is_valid() for formset in self.sets.values())

    def card(self) -> Card:
        """What was typed, as a card of the fields that are on this form."""
        data = self.cleaned_data
        card: Card = {name: lines(data[name]) for name in texts_of(self.kind) if name in data}
        for plural, singular in MAIN.items():
            if singular in self.fields:
                card[plural] = self._several(plural, self._main_way(plural, singular))
        if "street" in self.fields:
            kept = self.base["addresses"][0]["label"] if self.base["addresses"] else ""
            card["addresses"] = self._several("addresses", address_item(data, kept))
        if "tags" in self.fields:
            card["tags"] = data.get("tags", [])
        card |= standing.card(self)
        if "visibility" in self.fields:
            card["visibility"] = self._visibility()
        if custom := self.custom.card():
            card["custom"] = custom
        return card

    def _main_way(self, plural: str, singular: str) -> dict[str, Any] | None:
        data, kept = self.cleaned_data, (self.base[plural] or [{}])[0]
        if not data.get(singular):
            return None
        item = {"value": data[singular], "label": data.get(f"{singular}_label", kept.get("label", ""))}
        shared = data.get("email_shared", kept.get("shared")) if singular == "email" else None
        return {**item, "shared": True} if shared else item

    def _several(self, plural: str, main: dict[str, Any] | None) -> list[dict[str, Any]]:
        """The main item and those after it; remembers which row each came from, for what may be wrong in it."""
        if plural not in self.sets:
            return [item for item in (main, *self.base[plural][1:]) if item]
        found = [(None, main), *((index, row.item()) for index, row in enumerate(self.sets[plural].forms))]
        self.sources[plural] = [index for index, item in found if item]
        return [item for _index, item in found if item]

    def _visibility(self) -> dict[str, Any]:
        data = self.cleaned_data
        mode = data.get("visibility") or self.base["visibility"]["mode"]
        if mode != "shared":
            return {"mode": mode, "teams": [], "users": []}
        return {"mode": mode, "teams": sorted(data.get("teams", [])), "users": sorted(data.get("users", []))}

    def patch(self) -> Card:
        """What differs from the base."""
        card = self.card()
        card.pop("custom", None)
        patch = {key: value for key, value in card.items() if (value or "") != (self.compared.get(key) or "")}
        custom = self.custom.patch()
        return patch | {"custom": custom} if custom else patch

    @property
    def more_open(self) -> bool:
        """Whether the fields that are folded away hold something wrong."""
        return bool(set(self.errors) - set(self.essential)) or any(
            any(formset.errors) for formset in self.sets.values() if formset.is_bound
        )

    essential: tuple[str, ...] = (
        "email", "phone", "tags", "visibility", "teams", "users", *standing.NAMES
    )  # fmt: skip


def _initial(base: Card, by: Actor) -> dict[str, Any]:
    """The form's first values: those of the card, one field each."""
    initial = {key: value for key, value in base.items() if not isinstance(value, list | dict)}
    for plural, singular in MAIN.items():
        main = (base[plural] or [{}])[0]
        initial |= {singular: main.get("value", ""), f"{singular}_label": main.get("label", "")}
        initial[f"{singular}_shared"] = main.get("shared", False)
    address = (base["addresses"] or [{"country": by.account.country}])[0]
    initial |= {part: value for part, value in address.items() if part != "label"}
    seen = base["visibility"]
    return initial | standing.initial(base) | {
        "tags": base["tags"],
        "visibility": seen["mode"],
        "teams": seen["teams"],
        "users": seen["users"],
    }  # fmt: skip


@prepared
def _teams() -> QuerySet[Team]:
    return Team.objects.all()


@prepared
def _members() -> QuerySet[Membership]:
    return Membership.objects.filter(active=True).select_related("user")
