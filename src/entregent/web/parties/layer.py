"""«Informations personnelles» (A3): the form of what the account adds to a shared record."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.actions.kinds import WRITE
from entregent.actions.layers import layers
from entregent.directory.fields.field import Door
from entregent.directory.fields.register import fields_of
from entregent.directory.layers.layers import own_card
from entregent.directory.parties.cards import Card
from entregent.directory.parties.cleaning import MOST_ITEMS
from entregent.directory.parties.reading import Record, record
from entregent.shell.page import page, say_at
from entregent.web.door import data_of, door, is_sent, party_or_404, status_of
from entregent.web.links import to_kind

from .fields import text
from .inputs import inputs_of
from .party_form import PartyForm
from .saving import METHODS, save
from .showing import is_current, seen_positions
from .telling import contact_rows, draw_rows, more_rows

BLOG = "blog"
"""The label of a website that is the person's blog."""


class LayerForm(PartyForm):
    """The fields that an account may add to a shared record; ``base``: what it has added so far."""

    blog = text(gettext_lazy("Blog URL"), inputmode="url")

    def __init__(self, kind: str, by: Actor, base: Card, data: Any = None, party: int | None = None) -> None:
        self.kind = kind
        blogs = [site for site in base["websites"] if site["label"] == BLOG]
        others = [site for site in base["websites"] if site["label"] != BLOG]
        super().__init__(by, base | {"websites": others}, data, {"blog": blogs[0]["value"] if blogs else ""}, party)
        self.compared = base  # the website with the label of a blog
        for name in self.custom.names:
            self.fields[name].required = False  # custom fields are required on the account's own records only

    @property
    def essential(self) -> tuple[str, ...]:
        return (*super().essential, "notes", "blog", "website")

    def card(self) -> Card:
        card = super().card()
        if blog := self.cleaned_data.get("blog"):
            card["websites"] = [*card["websites"], {"value": blog, "label": BLOG}]
            self.sources["websites"] = [*self.sources["websites"], "blog"]
        return card


_OWN = [field for field in fields_of("p", door=Door.FORM) if field.own and "o" in field.kinds]
LayerForm.base_fields = inputs_of(_OWN) | LayerForm.base_fields


def _layer(kind: str, request: Request, pk: int) -> HttpResponse:
    """Show the shared record and the form of the account's additions, «Valider»."""
    by = request.by
    party = party_or_404(by, pk, kind)
    if not party.of_service:
        return redirect(to_kind(by, kind, "edit", pk) + "?saisir")
    found = record(party)
    form = LayerForm(kind, by, own_card(found), data_of(request, MOST_ITEMS), party.pk)
    said = _("The personal information on %(name)s has been saved.")
    if is_sent(request) and form.is_valid() and (answer := save(request, form, party, said=said)):
        return answer
    version = request.POST.get("version") or (party.version if party.is_layer else "")
    context = _shown(by, found) | {"form": form, "version": version}
    return page(request, "web/parties/layer.html", None, status=status_of(form), **context)


def _shown(by: Actor, found: Record) -> dict[str, Any]:
    """Return the record as the service keeps it, for the template."""
    party = found.party
    return {
        "party": party,
        "rows": draw_rows(contact_rows(by, found) + more_rows(by, found)),
        "current": [position for position in seen_positions(by, found) if is_current(position)],
        "cancel_url": to_kind(by, party.kind, "page", party.pk),
        "remove_url": to_kind(by, party.kind, "layer_remove", party.pk) if party.is_layer else "",
        "title": _("Personal information on %(name)s") % {"name": party.name},
    }


def _remove(kind: str, request: Request, pk: int) -> HttpResponse:
    """Remove all that the account added, after a page that lists it."""
    by = request.by
    party = party_or_404(by, pk, kind)
    back = to_kind(by, kind, "layer", pk)
    if not party.is_layer:
        return redirect(back)
    if request.method == "POST":
        base = layers.remove(by, party)
        said = _("The personal information on %(name)s has been removed.") % {"name": party.name}
        return say_at(request, to_kind(by, kind, "page", base.pk), said)
    return page(request, "web/parties/layer_remove.html", None, party=party, cancel_url=back)


layer = {kind: door(WRITE[kind], methods=METHODS)(partial(_layer, kind)) for kind in "po"}
remove = {kind: door(WRITE[kind], methods=METHODS)(partial(_remove, kind)) for kind in "po"}
