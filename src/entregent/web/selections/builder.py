"""«Filtre avancé»: conditions nested by and, or and not, built step by step, with or without scripts (X2).

The page is a form sent by GET: each step comes back to it with the form's fields in its address, and «Afficher»
goes to the list with the filter as its ``f``.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.nested import Group, Leaf, Node, write
from entregent.directory.selections.selections import Selection
from entregent.directory.selections.sentences import nested_sentence
from entregent.shell.page import page
from entregent.web.door import door
from entregent.web.links import to_kind
from entregent.web.words import plural

from .above import address
from .building import ROOT, may_add, may_nest, places, pruned, read, sent, step, tree_of, written
from .filters import Criteria

KEPT = ("q", "sort", "vue")
"""Parameters of the list's address to keep, besides conditions."""
WORDS = [
    ("and", _("All of these conditions (and)")),
    ("or", _("At least one of these conditions (or)")),
    ("not", _("None of these conditions (except)")),
]


class Values(forms.Form):
    """The values typed so far, each at its place, with their errors."""

    def __init__(self, fields: dict[str, forms.Field], values: dict[str, str], wrong: dict[str, str]) -> None:
        super().__init__(values)
        self.fields.update(fields)
        self._errors = ErrorDict({name: self.error_class([message]) for name, message in wrong.items()})


@door(Can.READ_CONTACTS)
def build(request: Request, kind: str) -> HttpResponse:
    """The filter of «Contacts» or of «Organismes»: take the step asked for, go to the list, or show the form."""
    builder = Builder(request.by, kind, request.GET.dict() if sent(request.GET) else params_in(request.GET))
    if builder.sent and "do" in builder.params:
        return redirect(request.path + address(builder.stepped()))
    if builder.sent and "place" not in builder.params and builder.check():
        return redirect(builder.list_url())
    status, context = 422 if builder.wrong else 200, builder.shown()
    return page(request, "web/selections/builder.html", "builder", status=status, here=request.path, **context)


class Builder:
    """A filter being built: its tree, read from the sent form or, at the start, from a list's address."""

    def __init__(self, by: Actor, kind: str, params: Mapping[str, str]) -> None:
        self.by, self.kind, self.params = by, kind, params
        self.sent = sent(params)
        self.kept = {name: params[name] for name in KEPT if params.get(name)}
        self.selection = Selection.read(kind, params)
        self.criteria = Criteria(by, kind)
        self.root = read(params) if self.sent else tree_of(self.selection)
        self.wrong: dict[str, str] = {}
        """Field → why its value can't be asked."""

    def stepped(self) -> dict[str, str]:
        """Return the parameters of the page after the step that the form asks for."""
        root, place = step(self.root, self.params["do"], self.params)
        return self.kept | written(root) | {"place": place}

    def check(self) -> bool:
        """Return whether all values can be asked; the values become those that addresses hold."""
        self.root, self.wrong = _checked(self.criteria, self.root)
        return not self.wrong

    def list_url(self) -> str:
        """Return the address of the list with the filter as its ``f``."""
        root = pruned(self.root)
        return to_kind(self.by, self.kind, "list") + address(self.kept | ({"f": write(root)} if root.parts else {}))

    def shown(self) -> dict[str, Any]:
        """Return the context of the page."""
        problems = [] if self.sent else [one.message for one in self.selection.problems if one.field == "f"]
        back = self.kept if self.sent else self.selection.params() | self.kept
        return {
            "title": plural(self.by, self.kind),
            "root": _shown(self.criteria, self.root, self.wrong, self.params.get("place", "")),
            "may_add": may_add(self.root),
            "criteria": self.criteria.choices(),
            "words": WORDS,
            "kept": self.kept,
            "sentence": _sentence(self.criteria, self.root),
            "lost": next(iter(problems), ""),
            "back": to_kind(self.by, self.kind, "list") + address(back),
        }


def _checked(criteria: Criteria, root: Group) -> tuple[Group, dict[str, str]]:
    """Return the tree with values as addresses hold them, and the errors by field."""
    wrong: dict[Any, Any] = {}

    def checked(node: Node, place: str) -> Node:
        if isinstance(node, Group):
            parts = (checked(part, f"{place}.{number}") for number, part in enumerate(node.parts))
            return Group(node.word, tuple(parts))
        node = Leaf(node.name, criteria.value(node.name, node.value))
        if message := criteria.problem(node.name, node.value):
            wrong[f"v{place}"] = message
        return node

    found = checked(root, ROOT)
    return found if isinstance(found, Group) else root, wrong


def _shown(criteria: Criteria, root: Group, wrong: dict[str, str], here: str) -> dict[str, Any]:
    """Return the tree with a field for each condition; ``here``: the place just added, which gets the focus."""
    leaves = {place: node for place, node in places(root) if isinstance(node, Leaf)}
    fields = {f"v{place}": criteria.field(node.name, node.value) for place, node in leaves.items()}
    if f"v{here}" in fields:
        fields[f"v{here}"].widget.attrs["autofocus"] = True
    values = Values(fields, {f"v{place}": node.value for place, node in leaves.items()}, wrong)

    def shown(node: Node, place: str) -> dict[str, Any]:
        if isinstance(node, Leaf):
            return {"place": place, "bound": values[f"v{place}"], "name": node.name}
        parts = [shown(part, f"{place}.{number}") for number, part in enumerate(node.parts)]
        return {"place": place, "word": node.word, "parts": parts, "may_nest": may_nest(place)}

    return shown(root, ROOT)


def _sentence(criteria: Criteria, root: Group) -> str:
    """Return the sentence of the conditions that are complete."""

    def complete(node: Node) -> Node | None:
        if isinstance(node, Leaf):
            return None if criteria.problem(node.name, node.value) else node
        parts: list[Any] = [part for each in node.parts if (part := complete(each)) is not None]
        return Group(node.word, tuple(parts)) if parts else None

    found = complete(root)
    return nested_sentence(criteria.by, found) if found is not None else ""
