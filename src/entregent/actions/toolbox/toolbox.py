"""The toolbox: every action that is run on contacts or organisations, in one list (E1-E4).

The pages, the API and the command line read this list; none has another. Rooms above offer theirs at
start-up from their ``tools.py``: the list never imports its tools.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.frame import refuse_service
from entregent.directory.messages import Problem
from entregent.directory.models import Party

from .outcome import Outcome

Run = Callable[[Actor, Sequence[Party], dict[str, Any]], Outcome]


@dataclass(frozen=True)
class Tool:
    """One action of the toolbox.

    ``needs``: kind of party → permission; ``fits``: whether it makes sense for one party as it is now;
    ``form``: the data it asks for, None when it asks for nothing; ``page``: it has a page of its own, whose URL
    name this is, and is not run through the dialog; ``quick``: among the standard shortcuts; ``confirm``: asks
    before it runs; ``danger``: it takes away; ``of_record``: it changes the record itself, so that an account can't
    run it on what the service keeps (A6); ``offered``: shown where actions are chosen. A form with a method
    ``for_account(by)`` offers what the account has.
    """

    code: str
    label: Promise
    icon: str
    needs: dict[str, Can]
    run: Run | None = None
    form: type[forms.Form] | None = None
    fits: Callable[[Party], bool] = field(default=lambda party: not party.in_bin)
    page: dict[str, str] | None = None
    single: bool = False
    quick: bool = False
    confirm: bool = False
    danger: bool = False
    of_record: bool = False
    offered: bool = True
    help: Promise | str = ""

    def allowed(self, by: Actor, kind: str) -> bool:
        """Whether ``by`` may run it on that kind of party; what one may not run is not shown (E3)."""
        return kind in self.needs and by.may(self.needs[kind])

    def suits(self, party: Party) -> bool:
        """Whether it can be run on this very party."""
        return self.fits(party) and not (self.of_record and party.of_service)


TOOLS: dict[str, Tool] = {}


def offer(tool: Tool) -> Tool:
    """Put a tool in the box. Raises ``ValueError`` for a code that is taken."""
    if tool.code in TOOLS:
        raise ValueError(f"The toolbox already has {tool.code!r}.")
    TOOLS[tool.code] = tool
    return tool


def tools_for(by: Actor, kind: str, party: Party | None = None) -> list[Tool]:
    """The tools that ``by`` may run on a kind of party, or on this very one."""
    return [
        tool
        for tool in TOOLS.values()
        if tool.offered and tool.allowed(by, kind) and (party is None or tool.suits(party))
    ]


def shortcuts(by: Actor, kind: str, party: Party | None = None) -> list[Tool]:
    """The quick actions of ``by`` in their order; the standard ones until they change them (E1)."""
    usable = {tool.code: tool for tool in tools_for(by, kind, party)}
    return [usable[code] for code in shortcut_codes(by) if code in usable]


def shortcut_codes(by: Actor) -> list[str]:
    """The codes of the quick actions of ``by``, whatever they are run on."""
    if by.shortcuts is None:
        return [tool.code for tool in TOOLS.values() if tool.quick]
    return [code for code in by.shortcuts if code in TOOLS]


def save_shortcuts(by: Actor, codes: list[str] | None) -> None:
    """Keep the quick actions of ``by``, in this order; unknown codes are left out.

    An empty list is a choice; None gives the standard ones back. The actor of the next request knows them.
    """
    known = None if codes is None else [code for code in dict.fromkeys(codes) if code in TOOLS]
    Membership.objects.filter(pk=by.membership_id).update(shortcuts=known)


def run(by: Actor, code: str, parties: Sequence[Party], data: dict[str, Any]) -> Outcome:
    """Run a tool on parties that ``by`` was found to see.

    Those it does not fit (the active ones, when activating) need nothing and are counted as such; those that the
    service keeps are refused one by one where the record itself would change. Raises ``LookupError`` for an
    unknown code, ``PermissionDenied``, and whatever the action itself raises.
    """
    tool = TOOLS[code]
    if tool.run is None:
        raise LookupError(code)
    for kind in {party.kind for party in parties}:
        if kind not in tool.needs:
            raise LookupError(code)
        by.require(tool.needs[kind])
    refused = [party for party in parties if tool.of_record and party.of_service]
    if refused and len(refused) == len(parties):
        refuse_service(refused)
    kept = {party.pk for party in refused}
    fitting = [party for party in parties if tool.fits(party) and party.pk not in kept]
    outcome = tool.run(by, fitting, data) if fitting else Outcome()
    outcome.same += len(parties) - len(fitting) - len(refused)
    outcome.refused += [(party, Problem("", "service_record").message) for party in refused]
    return outcome
