"""Create and change lists: by hand, by function, from a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.bulk.chosen_sets import Taken, announced
from entregent.actions.lists import lists as actions
from entregent.actions.lists import members as list_members
from entregent.actions.models import ChosenSet
from entregent.actions.toolbox.outcome import Outcome
from entregent.directory.lists.lists import search_of
from entregent.directory.models import ContactList
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.kernel.ids import read_id
from entregent.shell.frame import Link
from entregent.shell.page import page, say_at
from entregent.web.door import attempt, door, saved
from entregent.web.links import to
from entregent.web.selections.above import chips
from entregent.web.selections.filters import typed
from entregent.web.toolbox.telling import left_out
from entregent.web.words import plural

from .forms import FunctionForm, ListForm, SearchForm, function_of, initial_of
from .members import list_or_404

WAYS = ("hand", "function", "search")
SWITCH = "switch"
"""Posted with the typed values when the user chooses another way; nothing is saved then."""
KEPT_FIELDS = ("name", "category", "new_category", "description", "reach")
"""Fields of all three forms, kept when the user switches between them; ``teams`` is kept too."""
writing = door(Can.WRITE_LISTS, methods=("GET", "HEAD", "POST"))


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


@writing
def new(request: Request) -> HttpResponse:
    """«Ajouter une liste». ``way``: one of ``WAYS``; ``search``: the parameters of the list page it starts from.

    When the user switches to another way, the values typed so far are kept.
    """
    by, given = request.by, request.GET
    way = given["way"] if given.get("way") in WAYS else "hand"
    kind = "o" if given.get("kind") == "o" else "p"
    selection = Selection.read(kind, params_in(parse_qsl(given.get("search", ""))))
    first = kept_values(request.POST if SWITCH in request.POST else given)
    found_on = {name: given[name] for name in ("kind", "search") if name in given}
    return _form(request, Draft(by, way, selection, first=first), _ways(by, way, found_on))


def _ways(by: Actor, here: str, found_on: Mapping[str, str]) -> list[Link]:
    names = {"hand": _("By hand"), "function": _("By function"), "search": _("From a search")}
    return [Link(label, _new_url(by, way=way, **found_on), current=way == here) for way, label in names.items()]


def _new_url(by: Actor, **params: str) -> str:
    return f"{to(by, 'lists:new')}?{urlencode(params)}"


@writing
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a list's name, category, search and reach."""
    found = list_or_404(request, pk)
    way = "hand"
    if found.is_dynamic:
        way = "function" if function_of(found.search) is not None else "search"
    return _form(request, Draft(request.by, way, search_of(request.by, found), found))


def _form(request: Request, draft: Draft, ways: Sequence[Link] = ()) -> HttpResponse:
    """Show the form of a draft, or save the list and go to its page."""
    sent = request.POST if request.method == "POST" and SWITCH not in request.POST else None
    form, search = draft.forms(sent)
    if sent is not None and (search is None or search.is_valid()):
        if kept := saved(form, lambda: draft.save(form, search)):
            said = _("The list is saved.") if draft.found else _("The list is created.")
            return say_at(request, to(request.by, "lists:page", kept.pk), said)
    return page(request, "web/lists/form.html", "form", form=form, search=search, ways=ways, **_shown(draft, search))


def _shown(draft: Draft, search: SearchForm | None) -> dict[str, Any]:
    """Return what the page shows around the form."""
    by, found, kind = draft.by, draft.found, draft.selection.kind
    return {
        "found": found,
        "kept": [chip.sentence for chip in chips(by, Selection.read(kind, search.kept))] if search else [],
        "kinds": [
            Link(plural(by, each), _new_url(by, way="search", kind=each), current=kind == each) for each in "po"
        ],
        "searched": plural(by, kind),
        "back": to(by, "lists:page", found.pk) if found else to(by, "lists:list"),
    }


class NameForm(forms.Form):
    """The name of a copy."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)


@writing
def duplicate(request: Request, pk: int) -> HttpResponse:
    """Copy a list under another name."""
    by, found = request.by, list_or_404(request, pk)
    form = NameForm(request.POST or None, initial={"name": _("%(name)s (copy)") % {"name": found.name[:140]}})
    if copy := saved(form, lambda: actions.duplicate(by, found, form.cleaned_data["name"])):
        return say_at(request, to(by, "lists:page", copy.pk), _("The list is created."))
    return page(request, "web/lists/duplicate.html", form=form, found=found, back=to(by, "lists:page", pk))


@writing
def freeze(request: Request, pk: int) -> HttpResponse:
    """Turn a dynamic list into a static one with the members that it finds now."""
    by, found = request.by, list_or_404(request, pk)
    known = announced(by, read_id(request.POST.get("set", "")), found.search.get("kind", "p"))
    ran, refusal, known = _tried(by, found, known)
    if ran:
        return _frozen(request, pk, ran)
    sent = request.method == "POST"
    chosen = known or list_members.announce_freezing(by, found, reading=not sent)
    shown: dict[str, Any] = {"found": found, "back": to(by, "lists:page", pk), "refusal": refusal, "chosen": chosen}
    return page(request, "web/lists/freeze.html", **shown, anew=sent and not known)


def _tried(
    by: Actor, found: ContactList, known: ChosenSet | None
) -> tuple[Job | Outcome | None, str, ChosenSet | None]:
    """Freeze a list if a set was announced; return what ran, why not, and the set if it can still be confirmed."""
    if known is None:
        return None, "", None
    try:
        return *attempt(partial(list_members.freeze, by, found, known)), known
    except Taken:
        return None, "", None


def _frozen(request: Request, pk: int, ran: Job | Outcome) -> HttpResponse:
    """Go to the list, or to the job that fills it, and say who did not become a member."""
    said = _("The list is now static: its members are chosen by hand.")
    if isinstance(ran, Job):
        return say_at(request, to(request.by, "jobs:page", ran.pk), said)
    level = messages.WARNING if ran.refused or ran.gone else messages.SUCCESS
    return say_at(request, to(request.by, "lists:page", pk), " ".join([said, *left_out(ran)]), level=level)
