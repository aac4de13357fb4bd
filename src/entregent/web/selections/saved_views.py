"""Saved views: tabs above a list page, and the dialogs to save, rename and delete them (X2)."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.saved_views import views
from entregent.directory.kinds import KINDS
from entregent.directory.lists.reach import seen_views
from entregent.directory.models import Reach, SavedView
from entregent.directory.saved_views.columns import chosen
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.directory.selections.stored import shown_to
from entregent.shell.frame import Link
from entregent.shell.page import page, say_at
from entregent.store.prepared import prepared
from entregent.web.door import door, saved, status_of
from entregent.web.links import to, to_kind, to_view

METHODS = ("GET", "HEAD", "POST")
REACHES = [
    (Reach.ME, gettext_lazy("Me")),
    (Reach.TEAMS, gettext_lazy("A team")),
    (Reach.ALL, gettext_lazy("Whole account")),
]


class ViewForm(forms.Form):
    """The form of a view: its name, and who can see it."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=80)
    reach = forms.ChoiceField(
        label=gettext_lazy("Who has it"), choices=REACHES, widget=forms.RadioSelect, initial=Reach.ME
    )
    team = forms.TypedChoiceField(label=gettext_lazy("Team"), required=False, coerce=int, empty_value=None)

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "—"), *Team.objects.values_list("pk", "name")]  # type: ignore[attr-defined]
        if not by.may(Can.WRITE_LISTS):
            del self.fields["team"]
            self.fields["reach"].choices = [(Reach.ME, _("Me"))]  # type: ignore[attr-defined]


@prepared
def _views(by: Actor, *, kind: str) -> QuerySet[SavedView]:
    return seen_views(by, kind)


def views_of(by: Actor, selection: Selection, asked: str) -> tuple[SavedView | None, dict[str, Any]]:
    """Return the open view, and the context of the tabs and buttons above a list; ``asked``: its id in the address.

    ``changed``: whether the page differs from the view. One query.
    """
    here, space = to_kind(by, selection.kind, "list"), KINDS[selection.kind].space
    known = _views(by, kind=selection.kind)
    current = next((view for view in known if str(view.pk) == asked), None)
    tabs = [Link(_("All"), here, current=current is None and not selection.narrowed)]
    for view in known:
        tabs.append(Link(view.name, to_view(by, view), current=view is current))
    query = urlencode(selection.params())
    whole = urlencode(selection.params() | ({"vue": str(current.pk)} if current else {}))
    shown = {
        "tabs": tabs,
        "save_url": f"{to(by, f'views:new_of_{space}')}?{whole}",
        "columns_url": f"{to(by, f'views:columns_of_{space}')}?{whole}",
    }
    if current is None:
        return None, shown
    return current, shown | {
        "changed": shown_to(by, current.search) != selection.params(),
        "may_change": views.may_change(by, current),
        "update_url": f"{to(by, 'views:update', current.pk)}?{query}",
        "edit_url": to(by, "views:edit", current.pk),
    }


@door(Can.READ_CONTACTS, methods=METHODS)
def new(request: Request, kind: str) -> HttpResponse:
    """«Enregistrer cette vue»: save the search of the address under a name."""
    by = request.by
    search = Selection.read(kind, params_in(request.GET)).params()
    form = ViewForm(by, request.POST or None)
    columns = chosen(by, kind, opened_view(by, kind, request.GET.get("vue", "")))
    if view := saved(form, lambda: views.save(by, kind, search=search, columns=columns, **form.cleaned_data)):
        return _show(request, view)
    back = f"{to_kind(by, kind, 'list')}?{urlencode(search)}"
    return _page(request, title=_("Save this view"), form=form, cancel_url=back)


@door(Can.READ_CONTACTS, methods=METHODS)
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit the name of a view, and who can see it."""
    by, view = request.by, _view_or_404(request, pk)
    form = ViewForm(by, request.POST or None, initial={"name": view.name, "reach": view.reach, "team": view.team_id})
    if named := saved(form, lambda: views.rename(by, view, **form.cleaned_data)):
        return _show(request, named)
    context = {"form": form, "cancel_url": to_kind(by, view.kind, "list"), "delete_url": to(by, "views:delete", pk)}
    return _page(request, title=_("Edit the view"), **context)


@door(Can.READ_CONTACTS, methods=("POST",))
def update(request: Request, pk: int) -> HttpResponse:
    """Replace the search of a view by the page's."""
    return _show(request, views.update(request.by, _view_or_404(request, pk), params_in(request.GET)))


@door(Can.READ_CONTACTS, methods=METHODS)
def delete(request: Request, pk: int) -> HttpResponse:
    """Delete a view, after a confirmation."""
    by, view = request.by, _view_or_404(request, pk)
    back = to_kind(by, view.kind, "list")
    if request.method == "POST":
        views.delete(by, view)
        return say_at(request, back, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return page(request, "web/selections/view_delete.html", None, view=view, cancel_url=back)


def opened_view(by: Actor, kind: str, asked: str) -> SavedView | None:
    """Return the view that an address names; None if ``by`` can't see it."""
    return seen_views(by, kind).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None


def _view_or_404(request: Request, pk: int) -> SavedView:
    """Return the view of an address; 404 if the user can't see it, 403 if they may not change it."""
    seen = seen_views(request.by, "p") | seen_views(request.by, "o")
    view = get_object_or_404(seen, pk=pk)
    if not views.may_change(request.by, view):
        raise PermissionDenied
    return view


def _show(request: Request, view: SavedView) -> HttpResponse:
    """Say that a view is saved, on the list that it opens."""
    return say_at(request, to_view(request.by, view), _("The view “%(name)s” is saved.") % {"name": view.name})


def _page(request: Request, **context: Any) -> HttpResponse:
    status, action = status_of(context["form"]), request.get_full_path()
    return page(request, "web/selections/view.html", None, status=status, action=action, **context)
