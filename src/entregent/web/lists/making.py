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
from entregent.actions.lists import lists as actions
from entregent.actions.lists import members as list_members
from entregent.directory.lists.lists import counts, search_of
from entregent.directory.messages import Invalid
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.shell.frame import Link
from entregent.shell.page import page, say
from entregent.web.door import door, saved
from entregent.web.links import to
from entregent.web.selections.chips import chips
from entregent.web.words import figure, plural

from .drafts import Draft, kept_values
from .forms import SearchForm, function_of
from .members import list_or_404

WAYS = ("hand", "function", "search")
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
    return _form(request, Draft(request.by, way, search_of(found), found))


def _form(request: Request, draft: Draft, ways: Sequence[Link] = ()) -> HttpResponse:
    """Show the form of a draft, or save the list and go to its page."""
    sent = request.POST if request.method == "POST" and SWITCH not in request.POST else None
    form, search = draft.forms(sent)
    if sent is not None and (search is None or search.is_valid()):
        kept = saved(form, lambda: draft.save(form, search))
        if kept:
            say(request, _("The list is saved.") if draft.found else _("The list is created."))
            return redirect(to(request.by, "lists:page", kept.pk))
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
