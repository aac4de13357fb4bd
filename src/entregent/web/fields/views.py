"""«Champs personnalisés»: the fields that an account defines for contacts and organisations (C6)."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.fields import fields as actions
from entregent.actions.fields.choices import MOST
from entregent.directory.fields.custom import definitions
from entregent.directory.kinds import BY_SLUG, KINDS, PERSON
from entregent.directory.models import CustomField
from entregent.shell.frame import Link
from entregent.shell.page import say_at
from entregent.web.door import data_of, door, is_sent, saved
from entregent.web.links import to
from entregent.web.subjects import confirm, settings_page
from entregent.web.words import plural

from .custom import CustomPart, sections
from .forms import TOWARDS, TYPES, FieldForm


def _kind(request: Request) -> str:
    """Return the kind in the address, by default that of contacts."""
    return BY_SLUG.get(request.GET.get("pour", ""), PERSON).letter


def _url(by: Actor, kind: str, name: str = "settings:fields") -> str:
    return to(by, name) + (f"?pour={KINDS[kind].slugs}" if kind != PERSON.letter else "")


def _tabs(by: Actor, kind: str, name: str = "settings:fields") -> list[Link]:
    return [Link(plural(by, one), _url(by, one, name), current=one == kind) for one in KINDS]


@door(Can.WRITE_FIELDS)
def fields(request: Request) -> HttpResponse:
    """The fields of one kind by section, in order, then the retired ones."""
    by, kind = request.by, _kind(request)
    seen = _seen(by, kind)
    in_use = [one for one in seen if one.retired_at is None]
    context: dict[str, Any] = {
        "sections": sections(in_use, lambda one: (one, TYPES[one.type], TOWARDS[one.towards])),
        "retired": [one for one in seen if one.retired_at is not None],
        "tabs": _tabs(by, kind),
        "new_url": _url(by, kind, "settings:field_new"),
        "preview_url": _url(by, kind, "settings:fields_preview"),
    }
    return settings_page(request, "fields", "fields", **context)


def _seen(by: Actor, kind: str) -> list[CustomField]:
    private = by.may(Can.READ_SENSITIVE)
    return [one for one in definitions(by.account).values() if one.kind == kind and (private or not one.sensitive)]


def _one(by: Actor, pk: int) -> CustomField:
    found = next((one for kind in KINDS for one in _seen(by, kind) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@door(Can.WRITE_FIELDS, methods=("GET", "POST"))
def field(request: Request, pk: int | None = None) -> HttpResponse:
    """Create or change a custom field."""
    by = request.by
    found = None if pk is None else _one(by, pk)
    kind = found.kind if found else _kind(request)
    form = FieldForm(by, found, data_of(request, MOST))
    save = partial(actions.change, by, found) if found else partial(actions.create, by, kind)
    if is_sent(request) and saved(form, lambda: save(**form.given())):
        said = _("The field “%(name)s” is saved.") if found else _("The field “%(name)s” is added.")
        return say_at(request, _url(by, kind), said % {"name": form.cleaned_data["label"]})
    return settings_page(request, "fields", "field", form=form, field=found, **_around(by, kind))


def _around(by: Actor, kind: str) -> dict[str, Any]:
    """Return what the form of a field needs besides the form."""
    return {
        "kind": kind,
        "section_words": sorted({one.section for one in _seen(by, kind) if one.section}),
        "cancel_url": _url(by, kind),
    }


@door(Can.WRITE_FIELDS, methods=("POST",))
def field_move(request: Request, pk: int) -> HttpResponse:
    """Move a field one place up or down."""
    found = _one(request.by, pk)
    actions.move(request.by, found, up=request.POST.get("vers") == "haut")
    return redirect(_url(request.by, found.kind) + f"#champ-{pk}")


@door(Can.WRITE_FIELDS, methods=("GET", "POST"))
def field_retire(request: Request, pk: int) -> HttpResponse:
    """Retire a field: it is no longer shown, but its values are kept."""
    found = _one(request.by, pk)
    return confirm(
        request,
        back=_url(request.by, found.kind),
        do=lambda: actions.retire(request.by, found),
        heading=_("Retire the field “%(name)s”?") % {"name": found.label},
        text=_("It will no longer be shown. Its values are kept, and will be back if you restore it."),
        submit=_("Retire"),
        done=_("The field “%(name)s” is retired.") % {"name": found.label},
    )


@door(Can.WRITE_FIELDS, methods=("GET", "POST"))
def field_restore(request: Request, pk: int) -> HttpResponse:
    """Restore a retired field."""
    found = _one(request.by, pk)
    return confirm(
        request,
        back=_url(request.by, found.kind),
        do=lambda: actions.restore(request.by, found),
        heading=_("Restore the field “%(name)s”?") % {"name": found.label},
        text=_("It will be shown again, with the values that it had."),
        submit=pgettext("field", "Restore"),
        done=_("The field “%(name)s” is back.") % {"name": found.label},
    )


@door(Can.WRITE_FIELDS)
def preview(request: Request) -> HttpResponse:
    """Preview the fields as the form of a record shows them."""
    by, kind = request.by, _kind(request)
    form = forms.Form()
    part = CustomPart(form, by, kind, {})
    context: dict[str, Any] = {"sections": part.sections(), "tabs": _tabs(by, kind, "settings:fields_preview")}
    return settings_page(request, "fields", "fields_preview", back=_url(by, kind), **context)
