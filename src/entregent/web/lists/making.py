"""Create and change lists: by hand, by function, from a search."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.actions.lists import lists as actions
from entregent.actions.lists import members as list_members
from entregent.directory.lists.lists import counts, search_of
from entregent.directory.messages import Invalid
from entregent.directory.models import ContactList
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.shell.frame import Link
from entregent.shell.page import page, say
from entregent.web.door import door, saved
from entregent.web.figures import figure
from entregent.web.links import to
from entregent.web.selections.chips import chips
from entregent.web.selections.filters import typed

from .forms import FunctionForm, ListForm, SearchForm, function_of, initial_of
from .members import list_or_404

WAYS = ("hand", "function", "search")
KEPT_FIELDS = ("name", "category", "new_category", "description", "reach")
"""Fields of all three forms, kept when the user switches between them; ``teams`` is kept too."""
SWITCH = "switch"
"""Posted with the typed values when the user chooses another way; nothing is saved then."""
writing = door(Can.WRITE_LISTS, methods=("GET", "HEAD", "POST"))


@writing
def new(request: Request) -> HttpResponse:
    """«Ajouter une liste». ``way``: one of ``WAYS``; ``search``: the parameters of the list page it starts from.

    When the user switches to another way, the values typed so far are kept.
    """
    by, given = request.by, request.GET
    way = given["way"] if given.get("way") in WAYS else "hand"
    kind = "o" if given.get("kind") == "o" else "p"
    selection = Selection.read(kind, params_in(parse_qsl(given.get("search", ""))))
    before = request.POST if SWITCH in request.POST else given
    first = {name: before[name] for name in KEPT_FIELDS if name in before} | {"teams": before.getlist("teams")}
    found_on = {name: given[name] for name in ("kind", "search") if name in given}
    return _form(request, None, way, selection, _ways(by, way, found_on), first)


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
    return _form(request, found, way, search_of(found))


def _form(
    request: Request,
    found: ContactList | None,
    way: str,
    selection: Selection,
    ways: Sequence[Link] = (),
    first: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render or save the form of one way; ``first``: the initial values for a new list."""
    by = request.by
    sent = [request.POST] if request.method == "POST" and SWITCH not in request.POST else []
    initial: dict[str, Any] = initial_of(found) if found else {**(first or {})}
    if way == "function" and found:
        initial |= function_of(found.search) or {}
    kind = FunctionForm if way == "function" else ListForm
    form = kind(by, *sent, initial=initial, current=found.category if found else None)
    search = SearchForm(by, selection, *_as_addressed(by, sent)) if way == "search" else None
    if sent and (search is None or search.is_valid()):
        kept_as = saved(form, lambda: _save(by, found, form, search, selection.kind))
        if kept_as:
            say(request, _("The list is saved.") if found else _("The list is created."))
            return redirect(to(by, "lists:page", kept_as.pk))
    word = organisation_word(by.account)
    kept = [chip.sentence for chip in chips(by, Selection.read(selection.kind, search.kept))] if search else []
    return page(
        request,
        "web/lists/form.html",
        "form",
        form=form,
        search=search,
        kept=kept,
        found=found,
        ways=ways,
        kinds=[
            Link(label, _new_url(by, way="search", kind=code), current=selection.kind == code)
            for code, label in (("p", _("Contacts")), ("o", word.Many))
        ],
        searched=_("Contacts") if selection.kind == "p" else word.Many,
        back=to(by, "lists:page", found.pk) if found else to(by, "lists:list"),
    )


def _as_addressed(by: Actor, sent: list[Any]) -> list[Any]:
    """Return the posted data with values as addresses hold them: an organisation's name is replaced by its id."""
    if not sent:
        return sent
    data = sent[0].copy()
    for name in data:
        if name.startswith("s-"):
            data[name] = typed(by, name.removeprefix("s-"), data[name])
    return [data]


def _save(by: Actor, found: ContactList | None, form: ListForm, search: SearchForm | None, kind: str) -> ContactList:
    """Create or change the list. Raises ``Invalid``."""
    data = form.data_of()
    if search is not None:
        data["search"] = {"kind": kind, **search.search()}
    elif isinstance(form, FunctionForm):
        data["search"] = form.search()
    if found is not None:
        return actions.change(by, found, data, form.cleaned_data.get("version"))
    return actions.create(by, data | {"kind": "dynamic" if "search" in data else "static"})


class NameForm(forms.Form):
    """The name of a copy."""

    name = forms.CharField(max_length=150)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


@writing
def duplicate(request: Request, pk: int) -> HttpResponse:
    """Copy a list under another name."""
    by, found = request.by, list_or_404(request, pk)
    form = NameForm(request.POST or None, initial={"name": _("%(name)s (copy)") % {"name": found.name[:140]}})
    if request.method == "POST":
        copy = saved(form, lambda: actions.duplicate(by, found, form.cleaned_data["name"]))
        if copy:
            say(request, _("The list is created."))
            return redirect(to(by, "lists:page", copy.pk))
    return page(request, "web/lists/duplicate.html", form=form, found=found, back=to(by, "lists:page", pk))


@writing
def freeze(request: Request, pk: int) -> HttpResponse:
    """Turn a dynamic list into a static one with the members that it finds now."""
    by, found = request.by, list_or_404(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            job = list_members.freeze(by, found)
        except Invalid as invalid:
            refusal = invalid.problems[0].message
        else:
            say(request, _("The list is now static: its members are chosen by hand."))
            return redirect(to(by, "jobs:page", job.pk) if job else to(by, "lists:page", pk))
    back, number = to(by, "lists:page", pk), figure(*counts(by, [found])[found.pk])
    return page(request, "web/lists/freeze.html", found=found, back=back, refusal=refusal, number=number)
