"""`/actions`: the tools of the toolbox."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from ninja import Field, Router, Schema
from ninja.decorators import decorate_view

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.actions.bulk.jobs import run_on
from entregent.actions.toolbox.asks import Ask
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.directory.kinds import KINDS
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party

from .idempotency import idempotent
from .parties import chosen_of
from .problems import CHANGING, READING
from .schemas import Id, Strict, Version

router = Router(tags=["actions"])
AT_ONCE = 1000
"""At most this many records of each kind per request."""


class ActionChoice(Schema):
    """A possible value."""

    value: str
    label: str


class ActionField(Schema):
    """A value of `data`. `type`: its JSON type; dates are ISO 8601. `choices`: the possible values, if few."""

    name: str
    label: str
    required: bool
    type: str
    choices: list[ActionChoice]


class Action(Schema):
    """An action that the user may run. `kinds`: the kinds of records it runs on."""

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
    """The ids of the records to run an action on, and the values it asks for.

    `versions`: by id, the versions you have read. Records that were changed since are named in `changed`, and refused
    by actions that delete.
    """

    contacts: list[Id] = Field(default_factory=list, max_length=AT_ONCE)
    organisations: list[Id] = Field(default_factory=list, max_length=AT_ONCE)
    data: dict[str, Any] = {}
    versions: dict[int, Version] = Field(default_factory=dict, max_length=2 * AT_ONCE)


class Refused(Schema):
    """A record that the action was refused for, and the reason."""

    id: int
    reason: str


class Undo(Schema):
    """The action that undoes it, to be run on the same records."""

    code: str
    data: dict[str, Any]


class OutcomeOut(Schema):
    """The outcome of an action. `same`: how many records needed no change; `changed`: see `versions`."""

    contacts: list[int]
    organisations: list[int]
    same: int
    refused: list[Refused]
    changed: list[int]
    undo: Undo | None


@router.get("", response={200: ActionList, **READING}, operation_id="list_actions")
def list_actions(request: Request):
    """The actions of the toolbox that the user may run, with the values they ask for."""
    items = [_shown(request.by, tool) for tool in TOOLS.values() if _listed(request.by, tool)]
    return {"items": items, "count": len(items)}


@router.post("/{code}", response={200: OutcomeOut, **CHANGING}, operation_id="run_action")
@decorate_view(idempotent)
def run_action(request: Request, code: str, given: ActionIn):
    """Run an action on records. Those it can't be run on are in `refused`, with the reason."""
    by, tool = request.by, TOOLS.get(code)
    if tool is None or tool.run is None:
        raise Http404
    chosen = chosen_of(Party.readable.seen_by(by), given)
    _refuse_kinds(tool, chosen)
    by.require(*(tool.needs[party.kind] for party in chosen))
    if given.versions.keys() - {party.pk for party in chosen}:
        raise Invalid([Problem("versions", "shape")])
    return run_on(by, code, chosen, given.versions, _data(by, tool, given.data)).data()


def _kinds(by: Actor, tool: Tool) -> list[str]:
    return [kind.many for letter, kind in KINDS.items() if tool.allowed(by, letter)]


def _listed(by: Actor, tool: Tool) -> bool:
    return bool(tool.offered and tool.run and _kinds(by, tool))


def _shown(by: Actor, tool: Tool) -> dict[str, Any]:
    return {
        "code": tool.code,
        "label": str(tool.label),
        "kinds": _kinds(by, tool),
        "fields": [_field(by, ask) for ask in tool.ask],
    }


def _field(by: Actor, ask: Ask) -> dict[str, Any]:
    return {
        "name": ask.name,
        "label": str(ask.label),
        "required": ask.required,
        "type": ask.type,
        "choices": [{"value": code, "label": str(label)} for code, label in ask.choices(by)],
    }


def _refuse_kinds(tool: Tool, chosen: list[Party]) -> None:
    wrong = {KINDS[party.kind].many for party in chosen if party.kind not in tool.needs}
    if wrong:
        raise Invalid([Problem(name, "action_unknown") for name in sorted(wrong)])


def _data(by: Actor, tool: Tool, data: dict[str, Any]) -> dict[str, Any]:
    """Return the values that the action asks for; data for an action that asks for nothing is ignored."""
    try:
        return tool.read(by, data) if tool.ask else {}
    except Invalid as invalid:
        named = [replace(problem, field=f"data.{problem.field}") for problem in invalid.problems]
        raise Invalid(named) from invalid
