"""A contact's positions in organisations («fiches contact/organisme»): add, change, close, delete."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.positions import positions
from entregent.directory.messages import refuse
from entregent.directory.models import Party, Position
from entregent.directory.positions.places import seen_places
from entregent.shell.page import page, say_at
from entregent.web.door import door, party_or_404, saved, status_of
from entregent.web.links import suggesting, to

from .fields import OpenSelect, text
from .forms import offer_organisations, organisation_of

METHODS = ("GET", "HEAD", "POST")


class PlaceForm(forms.Form):
    """The form of a position: organisation, function, dates, e-mail and phone there."""

    use_required_attribute = False
    organisation = forms.CharField(widget=OpenSelect)
    function = text(_("Function"))
    since = text(_("Since"), type="date")
    until = text(_("Until"), type="date")
    email = text(_("Email there"), type="email")
    phone = text(_("Phone there"), type="tel")
    main = forms.BooleanField(label=_("Main place"), required=False)

    def __init__(self, by: Actor, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["function"].widget.attrs |= suggesting(by, "functions", new=True)
        if fixed:
            del self.fields["organisation"]
        else:
            offer_organisations(self, by)

    def given(self) -> dict[str, Any]:
        """Return the values for the action."""
        data = dict(self.cleaned_data)
        return data | organisation_of(self.by, data.pop("organisation")) if "organisation" in data else data


def position_or_404(by: Actor, pk: int) -> Position:
    """Return a position to change, if ``by`` may see its person and organisation; else 404.

    Raises ``Invalid`` for one that the service maintains.
    """
    position = seen_places(by).select_related("contact", "organisation").filter(pk=pk).first()
    if position is None:
        raise Http404
    if position.of_service:
        refuse("", "service_record")
    return position


@door(Can.WRITE_CONTACTS, methods=METHODS)
def new(request: Request, pk: int) -> HttpResponse:
    """Add a position of a contact in an organisation."""
    contact = party_or_404(request.by, pk, "p")
    form = PlaceForm(request.by, request.POST or None)
    names = {"organisation_name": "organisation"}
    if position := saved(form, lambda: positions.attach(request.by, contact, form.given()), names):
        return _done(request, contact, gettext("%(place)s has been added."), position)
    return _show(request, form, contact, gettext("Attach %(name)s") % {"name": contact.name})


@door(Can.WRITE_CONTACTS, methods=METHODS)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a position, except its organisation."""
    position = position_or_404(request.by, pk)
    values = {name: getattr(position, name) for name in ("function", "email", "phone", "main")}
    dates = {name: value.isoformat() if (value := getattr(position, name)) else "" for name in ("since", "until")}
    form = PlaceForm(request.by, request.POST or None, fixed=True, initial=values | dates)
    if saved(form, lambda: positions.change(request.by, position, form.given())):
        return _done(request, position.contact, gettext("%(place)s has been saved."), position)
    names = {"name": position.contact.name, "organisation": position.organisation.name}
    title = gettext("%(name)s at %(organisation)s") % names
    return _show(request, form, position.contact, title, position=position)


@door(Can.WRITE_CONTACTS, methods=("POST",))
def close(request: Request, pk: int) -> HttpResponse:
    """End a position today («Clore»)."""
    position = position_or_404(request.by, pk)
    positions.detach(request.by, position)
    return _done(request, position.contact, gettext("%(place)s is closed; it stays among the former ones."), position)


@door(Can.WRITE_CONTACTS, methods=METHODS)
def delete(request: Request, pk: int) -> HttpResponse:
    """«Supprimer cette fiche»: delete a position, after a page that says what is kept (A2)."""
    position = position_or_404(request.by, pk)
    if request.method == "POST":
        name, contact = str(position), position.contact
        positions.delete(request.by, position)
        return _done(request, contact, gettext("%(place)s has been deleted."), name)
    back = _back(request.by, position.contact)
    return page(request, "web/parties/place_delete.html", position=position, cancel_url=back)


def _show(request: Request, form: PlaceForm, contact: Party, title: str, **context: Any) -> HttpResponse:
    context |= {"form": form, "title": title, "party": contact, "cancel_url": _back(request.by, contact)}
    return page(request, "web/parties/place.html", None, status=status_of(form), **context)


def _done(request: Request, contact: Party, sentence: str, place: Position | str) -> HttpResponse:
    return say_at(request, _back(request.by, contact), sentence % {"place": place})


def _back(by: Actor, contact: Party) -> str:
    return to(by, "contacts:positions", contact.pk)
