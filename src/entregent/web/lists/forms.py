"""The forms of lists."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.accounts.permissions import Can
from entregent.directory.items.register import choices
from entregent.directory.models import ContactList, Item
from entregent.directory.models.lists import Reach
from entregent.directory.parties.cleaning import item_key
from entregent.directory.positions.whereabouts import join_holder, split_holder, split_names
from entregent.directory.selections.selections import Selection
from entregent.kernel.departments import departments
from entregent.kernel.errors import Bad
from entregent.web.links import suggesting
from entregent.web.selections.filters import FilterForm

REACHES = [
    (Reach.ALL, gettext_lazy("Whole account")),
    (Reach.TEAMS, gettext_lazy("Teams")),
    (Reach.ME, gettext_lazy("Me")),
]


class CategoryForm(forms.Form):
    """An existing category of lists, or a new one."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    new_category = forms.CharField(label=gettext_lazy("Or a new category"), max_length=150, required=False)

    def __init__(self, by: Actor, *args, current: Item | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = list(choices(by, "categories"))
        if current and current not in known:
            known.insert(0, current)  # hidden since: the list may stay in it
        self.fields["category"].choices = [(str(each.pk), each.name) for each in known]
        if not by.may(Can.WRITE_ITEMS):
            del self.fields["new_category"]
        elif not known:
            del self.fields["category"]
            self.fields["new_category"].label = _("Category")
            self.fields["new_category"].initial = _("General")

    @property
    def chosen(self) -> int | str:
        """The chosen category, for the action: an id, or a new name."""
        data = self.cleaned_data
        return data.get("new_category") or (int(data["category"]) if data.get("category") else "")

    def add_error(self, field: str | None, error: Any) -> None:
        """Show errors of ``category`` beside ``new_category`` when there is no category to choose from."""
        super().add_error("new_category" if field == "category" and field not in self.fields else field, error)


class ListForm(CategoryForm):
    """A list's name and category, and who has it."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"})
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), max_length=5000, required=False, widget=forms.Textarea({"rows": 2})
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("Who has it"), choices=REACHES, initial=Reach.ALL, widget=forms.RadioSelect
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "function", "department", "category", "new_category", "description", "reach", "teams")

    def __init__(self, by: Actor, *args, **kwargs) -> None:
        super().__init__(by, *args, **kwargs)
        teams = Team.objects.order_by("name")
        self.fields["teams"].queryset = teams
        if not teams:
            del self.fields["teams"]
            self.fields["reach"].choices = [choice for choice in REACHES if choice[0] != Reach.TEAMS]

    def data_of(self) -> dict[str, Any]:
        """Return the cleaned values as the actions expect them."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "category": self.chosen,
            "description": data["description"],
            "reach": data["reach"],
            "teams": [team.pk for team in data.get("teams") or ()],
        }


class FunctionForm(ListForm):
    """A list of everyone who holds a function: «les maires de l'Ain»."""

    function = forms.CharField(
        label=gettext_lazy("Function"),
        max_length=150,
        help_text=gettext_lazy(
            "The list contains whoever holds it now: those who leave drop out, newcomers are added. "
            "For a function with two names, type “Président | Présidente”."
        ),
    )
    department = forms.ChoiceField(
        label=gettext_lazy("In which département"),
        required=False,
        choices=[("", gettext_lazy("Everywhere")), *departments()],
        widget=forms.Select({"data-combobox": ""}),
        help_text=gettext_lazy("That of the organisation; if it has no address, that of the person."),
    )

    def __init__(self, by: Actor, *args, **kwargs) -> None:
        super().__init__(by, *args, **kwargs)
        self.by = by
        self.fields["function"].widget.attrs |= suggesting(by, "functions", free=True)

    def search(self) -> dict[str, str]:
        """Return the search parameters of the list, with its ``kind``."""
        data = self.cleaned_data
        typed = " ".join(data["function"].split())
        known = choices(self.by, "functions").filter(key=item_key(typed)).exists()  # its own name may hold a bar
        return {"kind": "p", "holder": join_holder(data["department"], [typed] if known else split_names(typed))}


def function_of(search: Mapping[str, str]) -> dict[str, str] | None:
    """Return the initial values of a ``FunctionForm`` for a search; None when the form can't show it."""
    asked = {name: value for name, value in search.items() if name not in ("kind", "sort")}
    if set(asked) != {"holder"}:
        return None
    try:
        department, names = split_holder(asked["holder"])
    except Bad:
        return None
    return {"department": department, "function": " | ".join(join_holder("", [name])[1:] for name in names)}


class SearchForm(FilterForm):
    """The conditions of a dynamic list: the filters of a list page, and words."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Name, organisation, email, phone, city, tag…"),
    )

    def __init__(self, by: Actor, selection: Selection, *args, **kwargs) -> None:
        super().__init__(by, selection.kind, *args, initial=selection.params(), prefix="s", **kwargs)
        self.order_fields(["q", *(name for name in self.fields if name != "q")])
        self.kept = {name: value for name, value in selection.params().items() if name not in self.fields}

    def search(self) -> dict[str, str]:
        """Return the search as filled in, with the conditions that the form has no field for."""
        return self.kept | {name: str(value) for name, value in self.cleaned_data.items() if value}


def initial_of(found: ContactList) -> dict[str, Any]:
    """Return the initial values of a form that edits this list."""
    return {
        "name": found.name,
        "category": str(found.category_id),
        "description": found.description,
        "reach": found.reach,
        "teams": [one.team_id for one in found.teams.all()],
        "version": found.version,
    }
