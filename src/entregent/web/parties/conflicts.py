"""Conflicting edits: the second user sees what the first changed, field by field, and chooses (std E29)."""

from typing import Any

from django.http import HttpResponse, QueryDict

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.actions.frame import Conflict, Theirs
from entregent.directory.models import Party
from entregent.directory.parties.cards import CUSTOM, Card, merged, plain
from entregent.journal.changes import Reader, is_reference
from entregent.kernel.ids import read_id
from entregent.shell.page import page
from entregent.web.fields.custom import form_name

from .inputs import NAMES
from .party_form import PartyForm

CHOICE = "keep-"
ALIKE = {"organisation_name": "organisation", "shared_with": "visibility"}
"""Field of the patch → the name under which the conflict is shown."""


def resolve(by: Actor, sent: QueryDict, form: PartyForm, party: Party) -> tuple[Card, int | None]:
    """Return the patch to save and the version it is based on, without fields for which «theirs» was chosen."""
    patch = form.patch()
    for name in [*patch]:
        if sent.get(CHOICE + ALIKE.get(name, name)) == "theirs":
            del patch[name]
    if custom := patch.get("custom"):
        patch["custom"] = {
            code: value for code, value in custom.items() if sent.get(f"{CHOICE}{CUSTOM}{code}") != "theirs"
        }
    version = read_id(sent.get("version"))
    if version and version != party.version and not _choices(by, form, Conflict(party, version)):
        return patch, party.version  # none of this form's fields have changed meanwhile
    return patch, version


def show_conflict(request: Request, form: PartyForm, conflict: Conflict, url: str) -> HttpResponse:
    """Return the page of choices; what was typed is in hidden fields, to be saved on the new version."""
    choices = _choices(request.by, form, conflict)
    asked = {"csrfmiddlewaretoken", "version", "then", *(CHOICE + choice["field"] for choice in choices)}
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in asked]
    authors = list(dict.fromkeys(choice["by_name"] for choice in choices))
    context = {"party": conflict.party, "choices": choices, "kept": kept, "authors": authors, "cancel_url": url}
    return page(request, "web/parties/conflict.html", None, status=409, **context)


def _choices(by: Actor, form: PartyForm, conflict: Conflict) -> list[dict[str, Any]]:
    """Return the fields that someone else changed to a value other than the form's.

    ``mine`` and ``theirs`` are in words; ``prefer`` is preselected.
    """
    told = {one.field: [one.old, one.new] for one in conflict.theirs}
    reader = Reader(by, [told])
    known = reader.known(told)  # together: a function belongs to its organisation
    theirs = [one for one in conflict.theirs if _is_on(form, one.field) and one.field in known]
    mine = plain(merged(form.base, form.card()))
    found: dict[str, dict[str, Any]] = {}
    for one in theirs:
        typed = form.cleaned_data.get("organisation", "") if one.field == "organisation" else mine.get(one.field, "")
        if _same(typed, one.new):
            continue
        name = ALIKE.get(one.field, one.field)
        choice = {
            "field": name,
            "label": reader.label(one.field),
            "mine": _typed_words(form, one, typed, reader),
            "theirs": reader.in_words(one.field, known[one.field][1]),
            "by_name": one.by_name,
            "at": one.at,
            "prefer": "theirs" if _same(typed, one.old) else "mine",
        }
        found.setdefault(name, choice)
    return list(found.values())


def _is_on(form: PartyForm, name: str) -> bool:
    first = NAMES[name][0] if name in NAMES else ALIKE.get(name, name)
    return form_name(first) in form.fields


def _same(typed: Any, told: Any) -> bool:
    """Whether a typed value equals a journal value; an organisation is typed as an id or a name."""
    if is_reference(told):
        return str(typed) in (str(told["id"]), told["name"])
    return typed == told if False in (typed, told) else (typed or "") == (told or "")


def _typed_words(form: PartyForm, one: Theirs, typed: Any, reader: Reader) -> str:
    if one.field == "organisation":
        return dict(form.fields["organisation"].widget.choices).get(typed, typed)
    return reader.in_words(one.field, typed)
