"""A contact's positions in organisations («fiches contact/organisme»): add, change, close, delete."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.accounts.words import organisation_word
from entregent.actions.positions import positions
from entregent.directory.models import Party, Position
from entregent.directory.positions.places import seen_places
from entregent.shell.page import page, say
from entregent.web.door import door, party_or_404, saved
from entregent.web.links import to

from .fields import OpenSelect, text
from .forms import named, organisation_of

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
        field = self.fields["organisation"]
        if fixed:
            del self.fields["organisation"]
            return
        field.label = organisation_word(by.account).One
        field.widget = OpenSelect(to(by, "suggest:organisations"))
        field.widget.choices = [("", ""), *named(by, self["organisation"].value())]

    def given(self) -> dict[str, Any]:
        """Return the values for the action."""
        data = dict(self.cleaned_data)
        return data | organisation_of(self.by, data.pop("organisation")) if "organisation" in data else data


def position_or_404(by: Actor, pk: int) -> Position:
    """Return a position if ``by`` may see its person and organisation; else 404."""
    position = seen_places(by).select_related("contact", "organisation").filter(pk=pk).first()
    if position is None:
        raise Http404
    return position


@door(Can.WRITE_CONTACTS, methods=METHODS)
def new(request: Request, pk: int) -> HttpResponse:
    """Add a position of a contact in an organisation."""
    contact = party_or_404(request.by, pk, "p")
    form = PlaceForm(request.by, request.POST or None)
    if request.method == "POST":
        names = {"organisation_name": "organisation"}
        position = saved(form, lambda: positions.attach(request.by, contact, form.given()), names)
        if position:
            return _done(request, contact, gettext("%(place)s has been added."), position)
    title = gettext("Attach %(name)s") % {"name": contact.name}
    return _show(request, form, contact, title)


@door(Can.WRITE_CONTACTS, methods=METHODS)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a position, except its organisation."""
    position = position_or_404(request.by, pk)
    values = {name: getattr(position, name) for name in ("function", "email", "phone", "main")}
    dates = {name: value.isoformat() if (value := getattr(position, name)) else "" for name in ("since", "until")}
    form = PlaceForm(request.by, request.POST or None, fixed=True, initial=values | dates)
    if request.method == "POST" and saved(form, lambda: positions.change(request.by, position, form.given())):
        return _done(request, position.contact, gettext("%(place)s has been saved."), position)
    title = gettext("%(name)s at %(organisation)s") % {
        "name": position.contact.name,
        "organisation": position.organisation.name,
    }
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
        say(request, gettext("%(place)s has been deleted.") % {"place": name})
        return HttpResponseRedirect(_back(request.by, contact))
    word = organisation_word(request.by.account)
    context: dict[str, Any] = {"position": position, "word": word, "cancel_url": _back(request.by, position.contact)}
    return page(request, "web/parties/place_delete.html", None, **context)


def _show(request: Request, form: PlaceForm, contact: Party, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form, "title": title, "party": contact, "cancel_url": _back(request.by, contact)}
    if "saisir" in request.GET:
        context["submit"] = gettext("Validate")
    return page(request, "web/parties/place.html", None, status=status, **context)


def _done(request: Request, contact: Party, sentence: str, position: Position) -> HttpResponse:
    say(request, sentence % {"place": str(position)})
    return HttpResponseRedirect(_back(request.by, contact))


def _back(by: Actor, contact: Party) -> str:
    return to(by, "contacts:positions", contact.pk)
