"""The base of the forms of people and organisations: typed values become a card for the action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.models.members import PRESENT
from entregent.actions.parties.checks import also_refused
from entregent.actions.parties.saving import lacking_names
from entregent.directory.fields.custom import has_sensitive
from entregent.directory.fields.field import Door, Field, Section
from entregent.directory.fields.field_types import Addresses, Seen, Type, Ways
from entregent.directory.fields.register import fields_of
from entregent.directory.messages import Invalid
from entregent.directory.parties.cards import SHORT_FORMS, Card, by_name, card_of, merged
from entregent.directory.parties.cleaning import Cleaner
from entregent.store.prepared import prepared
from entregent.web.fields.custom import CustomPart

from . import standing
from .fields import ROWS, address_item, country_choices, give_choices
from .inputs import NAMES
from .problems import show_problems


class PartyForm(forms.Form):
    """The base of the forms of people and organisations.

    ``base``: the stored card, or a blank one; fields that are not in the form keep its values. ``party``: the id of
    the record that is edited.
    """

    use_required_attribute = False
    kind = ""
    rows: tuple[str, ...] = tuple(ROWS)

    def __init__(
        self, by: Actor, base: Card, data: Any = None, initial: dict | None = None, party: int | None = None
    ) -> None:
        super().__init__(data, initial={**_initial(base, by), **(initial or {})})
        self.party = party
        self.by, self.base, self.compared = by, base, base
        self.held = by_name(base)
        self.sets = {
            name: ROWS[name](data, prefix=name, initial=[dict(item) for item in self.held[name][1:]])
            for name in self.rows
        }
        self.sources: dict[str, list[int | str | None]] = {}
        """List of the card → the source of each item: a row's index, a field's name, or None for the main field."""
        self.lacking = lacking_names(base) if self.kind == "p" else []
        for name in self.lacking:
            if name in self.fields:
                self.fields[name].required = False
        self._choices()
        standing.offer(self, self.kind, by, base)
        self.custom = CustomPart(self, by, self.kind, base)
        if "notes" in self.fields and has_sensitive(by.account):
            self.fields["notes"].help_text = _(
                "Write no health data here, nor anything on religion, politics or union membership: these "
                "have their own fields."
            )

    def _choices(self) -> None:
        fields = self.fields
        if "country" in fields:
            give_choices(self, "country", country_choices())
        if "teams" in fields:
            give_choices(self, "teams", [(team.pk, team.name) for team in _teams()])
            give_choices(self, "users", self._sharers())

    def _sharers(self) -> list[tuple[int, str]]:
        """Return the users to share with: the active ones, and those whom the record names though they left."""
        active = {member.user_id: str(member) for member in _members()}
        left = [pk for pk in self.base["visibility"]["users"] if pk not in active]
        held = Membership.objects.filter(user__in=left).select_related("user") if left else ()
        return [*active.items(), *((member.user_id, member.marked) for member in held)]

    def clean(self) -> dict[str, Any]:
        """Also run the checks of the action, so that all errors are shown at once."""
        data = super().clean() or self.cleaned_data
        if all([formset.is_valid() for formset in self.sets.values()]):
            try:
                Cleaner(self.by.account).clean(
                    self.kind, merged(self.base, self._checkable()), self.lacking, self.base
                )
            except Invalid as invalid:
                more = also_refused(self.by, invalid, self.base, self.party)
                show_problems(self, Invalid([*invalid.problems, *more]), besides=set(self.errors))
        return data

    def _checkable(self) -> Card:
        """Return the card without its organisation, which only the action can look up."""
        card = self.card()
        card.pop("organisation", None)
        card.pop("organisation_name", None)
        return card

    def is_valid(self) -> bool:
        return super().is_valid() and all(formset.is_valid() for formset in self.sets.values())

    def card(self) -> Card:
        """Return what was typed as a card, with the form's fields only."""
        card = dict[str, Any]()
        for field in fields_of(self.kind, door=Door.FORM):
            first = NAMES[field.name][0]
            if first in self.fields and (read := _READERS.get(type(field.type))):
                card[field.name] = read(self, field)
            elif first in self.cleaned_data:
                card[field.name] = self.cleaned_data[first]
        if custom := self.custom.card():
            card["custom"] = custom
        return card_of(card)

    def _ways(self, field: Field) -> list[dict[str, Any]]:
        data, main = self.cleaned_data, NAMES[field.name][0]
        kept = (self.held[field.name] or [{}])[0]
        if not data.get(main):
            return self._several(field.name, None)
        item = {"value": data[main], "label": data.get(f"{main}_label", kept.get("label", ""))}
        if main == "email":
            item["shared"] = bool(data.get("email_shared", kept.get("shared")))
        return self._several(field.name, item)

    def _addresses(self, field: Field) -> list[dict[str, Any]]:
        kept = self.base["addresses"][0]["label"] if self.base["addresses"] else ""
        return self._several(field.name, address_item(self.cleaned_data, kept))

    def _several(self, plural: str, main: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return the main item and the rows' items; sets ``sources`` for placing errors."""
        if plural not in self.sets:
            return [item for item in (main, *self.held[plural][1:]) if item]
        found = [(None, main), *((index, row.item()) for index, row in enumerate(self.sets[plural].forms))]
        self.sources[plural] = [index for index, item in found if item]
        return [item for _index, item in found if item]

    def _visibility(self, field: Field) -> dict[str, Any]:
        data = self.cleaned_data
        mode = data.get("visibility") or self.base["visibility"]["mode"]
        if mode != "shared":
            return {"mode": mode, "teams": [], "users": []}
        return {"mode": mode, "teams": sorted(data.get("teams", [])), "users": sorted(data.get("users", []))}

    def patch(self) -> Card:
        """Return the values that differ from the base."""
        card, compared = self.card(), by_name(self.compared)
        card.pop("custom", None)
        patch = {key: value for key, value in card.items() if _stored(value) != _stored(compared.get(key))}
        custom = self.custom.patch()
        return card_of(patch | {"custom": custom} if custom else patch)

    @property
    def more_open(self) -> bool:
        """Whether the collapsed fields contain errors, so that they are expanded."""
        return bool(set(self.errors) - set(self.essential)) or any(
            any(formset.errors) for formset in self.sets.values() if formset.is_bound
        )

    @property
    def essential(self) -> tuple[str, ...]:
        """The names of the inputs that are never collapsed."""
        seen = [field for field in fields_of(self.kind) if field.section in _IN_SIGHT]
        return (*(name for field in seen for name in NAMES[field.name]), "organisation", *self.custom.names)

    @property
    def names(self) -> list[forms.BoundField]:
        """The essential fields that are names."""
        return self._bound(Section.ESSENTIALS, lambda field: not isinstance(field.type, Ways))

    @property
    def standing(self) -> list[forms.BoundField]:
        """The fields of the account's relation to the record."""
        return self._bound(Section.STANDING)

    @property
    def more(self) -> list[forms.BoundField]:
        """The collapsed fields, those of this kind only first."""
        own = self._bound(Section.MORE, lambda field: field.kinds == self.kind)
        return own + self._bound(Section.MORE, lambda field: field.kinds != self.kind)

    def _bound(self, section: Section, wanted: Callable[[Field], bool] | None = None) -> list[forms.BoundField]:
        fields = [field for field in fields_of(self.kind, section=section) if wanted is None or wanted(field)]
        return [self[NAMES[field.name][0]] for field in fields if NAMES[field.name][0] in self.fields]


_IN_SIGHT = (Section.ESSENTIALS, Section.STANDING, Section.SHARING)
_READERS: dict[type[Type], Callable[[PartyForm, Field], Any]] = {
    Ways: PartyForm._ways,
    Addresses: PartyForm._addresses,
    Seen: PartyForm._visibility,
}
"""Field type → the method that converts its inputs to a card's value, if not the cleaned value itself."""


def _stored(value: Any) -> Any:
    """Return a value as cards are stored: empty ones are equal, and items don't say what they are not."""
    if not isinstance(value, list):
        return value or ""
    said = [{k: v for k, v in item.items() if v is not False} if isinstance(item, dict) else item for item in value]
    return said or ""


def _initial(base: Card, by: Actor) -> dict[str, Any]:
    """Return the initial values of the inputs, from the card."""
    initial = {key: value for key, value in base.items() if not isinstance(value, list | dict)}
    for singular, plural in SHORT_FORMS.items():
        main = (by_name(base)[plural] or [{}])[0]
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
    return Membership.objects.filter(PRESENT).select_related("user")
