"""`/actions`: the toolbox, the same as on the pages."""

from typing import Any

from django.http import Http404
from ninja import Field, Router, Schema
from ninja.decorators import decorate_view

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party

from .idempotency import idempotent
from .problems import CHANGING, READING
from .schemas import Id, Strict

router = Router(tags=["actions"])
AT_ONCE = 1000
"""So many records may be given to one action."""


class ActionField(Schema):
    """What an action asks for, in `data`."""

    name: str
    label: str
    required: bool


class Action(Schema):
    """An action that the user may run. `kinds`: on what."""

    code: str
    label: str
    kinds: list[str]
    fields: list[ActionField]


class ActionList(Schema):
    """Every action that the user may run."""

    items: list[Action]
    next: str | None = None
    count: int


class ActionIn(Strict):
    """On what to run an action, and what it asks for."""

    contacts: list[Id] = Field(default_factory=list, max_length=AT_ONCE)
    organisations: list[Id] = Field(default_factory=list, max_length=AT_ONCE)
    data: dict[str, Any] = {}


class Refused(Schema):
    """A record that the action was not run on, and why."""

    id: int
    reason: str


class Undo(Schema):
    """The action that takes it back, to be run on what was done."""

    code: str
    data: dict[str, Any]


class OutcomeOut(Schema):
    """What came of an action. `same`: how many records needed nothing."""

    contacts: list[int]
    organisations: list[int]
    same: int
    refused: list[Refused]
    undo: Undo | None


_KINDS = {"p": "contacts", "o": "organisations"}


@router.get("", response={200: ActionList, **READING}, operation_id="list_actions")
def list_actions(request: Request):
    items = [_shown(request.by, tool) for tool in TOOLS.values() if _listed(request.by, tool)]
    return {"items": items, "count": len(items)}


@router.post("/{code}", response={200: OutcomeOut, **CHANGING}, operation_id="run_action")
@decorate_view(idempotent)
def run_action(request: Request, code: str, given: ActionIn):
    by, tool = request.by, TOOLS.get(code)
    if tool is None or tool.run is None:
        raise Http404
    chosen = _chosen(by, given)
    _refuse_kinds(tool, chosen)
    by.require(*(tool.needs[party.kind] for party in chosen))
    return _outcome(toolbox.run(by, code, chosen, _data(by, tool, given.data)))


def _kinds(by: Actor, tool: Tool) -> list[str]:
    return [name for kind, name in _KINDS.items() if tool.allowed(by, kind)]


def _listed(by: Actor, tool: Tool) -> bool:
    return bool(tool.offered and tool.run and _kinds(by, tool))


def _shown(by: Actor, tool: Tool) -> dict[str, Any]:
    fields = tool.form.base_fields.items() if tool.form else ()
    return {
        "code": tool.code,
        "label": str(tool.label),
        "kinds": _kinds(by, tool),
        "fields": [{"name": name, "label": str(field.label), "required": field.required} for name, field in fields],
    }


def _chosen(by: Actor, given: ActionIn) -> list[Party]:
    """The records given, in the bin or not: one that isn't there for `by` makes the whole request a 404."""
    chosen: list[Party] = []
    for kind, ids in (("p", given.contacts), ("o", given.organisations)):
        found = Party.readable.seen_by(by).filter(kind=kind).in_bulk(ids)
        if len(found) < len(set(ids)):
            raise Http404
        chosen += [found[pk] for pk in dict.fromkeys(ids)]
    if not chosen:
        raise Invalid([Problem("contacts", "required")])
    return chosen


def _refuse_kinds(tool: Tool, chosen: list[Party]) -> None:
    wrong = {_KINDS[party.kind] for party in chosen if party.kind not in tool.needs}
    if wrong:
        raise Invalid([Problem(name, "action_unknown") for name in sorted(wrong)])


def _data(by: Actor, tool: Tool, data: dict[str, Any]) -> dict[str, Any]:
    """What the action asks for, checked by the form of the pages. A list is what people separate by commas."""
    if tool.form is None:
        return {}
    unknown = [Problem(f"data.{name}", "unknown_field") for name in data if name not in tool.form.base_fields]
    if unknown:
        raise Invalid(unknown)
    texts = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in data.items()}
    form = tool.form(texts)
    if hasattr(form, "for_account"):
        form.for_account(by)
    if not form.is_valid():
        raise Invalid([Problem(f"data.{name}", "required") for name in form.errors])
    return form.cleaned_data


def _outcome(outcome: Outcome) -> dict[str, Any]:
    ids = {name: [party.pk for party in outcome.done if party.kind == kind] for kind, name in _KINDS.items()}
    undo = outcome.undo if outcome.done else None
    return {
        **ids,
        "same": outcome.same,
        "refused": [{"id": party.pk, "reason": reason} for party, reason in outcome.refused],
        "undo": {"code": undo[0], "data": undo[1]} if undo else None,
    }
