"""A list being created or changed: its forms, filled in, and how they are saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from entregent.accounts.actor import Actor
from entregent.actions.lists import lists as actions
from entregent.directory.models import ContactList
from entregent.directory.selections.selections import Selection
from entregent.web.selections.filters import typed

from .forms import FunctionForm, ListForm, SearchForm, function_of, initial_of

KEPT_FIELDS = ("name", "category", "new_category", "description", "reach")
"""Fields of all three forms, kept when the user switches between them; ``teams`` is kept too."""


def kept_values(given: QueryDict) -> dict[str, Any]:
    """Return the values that all three forms share, from an address or a form."""
    return {name: given[name] for name in KEPT_FIELDS if name in given} | {"teams": given.getlist("teams")}


@dataclass(frozen=True, slots=True)
class Draft:
    """A list being made in one ``way``: by hand, by function or from a search.

    ``selection``: the search of a list made from one; ``found``: the list that is changed, None for a new one;
    ``first``: the initial values of a new one.
    """

    by: Actor
    way: str
    selection: Selection
    found: ContactList | None = None
    first: Mapping[str, Any] = field(default_factory=dict)

    def forms(self, sent: QueryDict | None) -> tuple[ListForm, SearchForm | None]:
        """Return the form of the list and, for one made from a search, the form of its conditions."""
        by, found, data = self.by, self.found, [] if sent is None else [sent]
        initial = initial_of(found) if found else {**self.first}
        if self.way == "function" and found:
            initial |= function_of(found.search) or {}
        kind = FunctionForm if self.way == "function" else ListForm
        form = kind(by, *data, initial=initial, current=found.category if found else None)
        if self.way != "search":
            return form, None
        return form, SearchForm(by, self.selection, *(_as_addressed(by, each) for each in data))

    def save(self, form: ListForm, search: SearchForm | None) -> ContactList:
        """Create or change the list from valid forms. Raises ``Invalid``."""
        data = form.data_of()
        if search is not None:
            data["search"] = {"kind": self.selection.kind, **search.search()}
        elif isinstance(form, FunctionForm):
            data["search"] = form.search()
        if self.found is not None:
            return actions.change(self.by, self.found, data, form.cleaned_data.get("version"))
        return actions.create(self.by, data | {"kind": "dynamic" if "search" in data else "static"})


def _as_addressed(by: Actor, sent: QueryDict) -> QueryDict:
    """Return the posted data with values as addresses hold them: an organisation's name is replaced by its id."""
    data = sent.copy()
    for name in data:
        if name.startswith("s-"):
            data[name] = typed(by, name.removeprefix("s-"), str(data[name]))
    return data
