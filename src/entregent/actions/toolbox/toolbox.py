"""The toolbox: the register of all tools, actions run on contacts or organisations (E1-E4).

The pages, the API and the command line all read it. Rooms register their tools at start-up in a ``tools.py``; tools
know neither forms nor URLs.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.frame import refuse_service
from entregent.directory.messages import Invalid, Problem, problem_of
from entregent.directory.models import Party
from entregent.kernel.errors import Bad

from .asks import Ask
from .outcome import Outcome

Data = dict[str, Any]
Run = Callable[..., Outcome]
ONE, MANY = _("%(label)s: done for %(name)s."), _("%(label)s: done for %(count)s records.")


def out_of_bin(party: Party) -> bool:
    """Whether the record is not in the bin; most tools apply to these."""
    return not party.in_bin


@dataclass(frozen=True)
class Fate:
    """What happens to records that a tool deletes.

    ``text``: said before; ``one`` and ``many``: said after; ``final``: whether they can't be restored.
    """

    text: str
    one: Promise
    many: Promise
    final: bool = False


@dataclass(frozen=True)
class Tool:
    """One action of the toolbox.

    ``rank``: its order in the toolbox; ``needs``: kind of party → permission; ``run``: the action, called with the
    actor, the parties, and by name the values that ``ask`` asks for; ``check``: returns the problems of values that
    depend on each other; ``fits``: whether it makes sense for a party in its present state.

    ``one`` and ``many``: what was done (``%(name)s``, ``%(count)s``, ``%(label)s``); ``of_one``: its label where
    one record is open (``%(the)s``); ``fate``: returns what happens to records that it deletes.

    ``page``: the page of the record that replaces the dialog; ``single``: for one record at a time; ``quick``: among
    the standard shortcuts; ``danger``: it deletes something; ``of_record``: it changes the record itself, so an
    account can't run it on shared records (A6); ``again``: also run where it was done already, so that whoever did it
    first doesn't undo it; ``offered``: shown where actions are chosen; ``in_menu``: in a
    record's menu, unless its page has a button for it.
    """

    code: str
    rank: int
    label: Promise
    icon: str
    needs: dict[str, Can]
    run: Run | None = None
    ask: tuple[Ask, ...] = ()
    check: Callable[[Actor, Data], list[Problem]] | None = None
    fits: Callable[[Party], bool] = out_of_bin
    one: Promise = ONE
    many: Promise = MANY
    of_one: Promise | str = ""
    fate: Callable[[Actor], Fate] | None = None
    page: str = ""
    single: bool = False
    quick: bool = False
    danger: bool = False
    of_record: bool = False
    offered: bool = True
    again: bool = False
    in_menu: bool = True
    help: Promise | str = ""

    def allowed(self, by: Actor, kind: str) -> bool:
        """Whether ``by`` may run it on that kind of party; otherwise it is not shown (E3)."""
        return kind in self.needs and by.may(self.needs[kind])

    def suits(self, party: Party) -> bool:
        """Whether it can be run on this party."""
        return self.fits(party) and not (self.of_record and party.of_service)

    def confirms(self, party: Party) -> bool:
        """Whether it is run on a party that it doesn't fit, to record that it is still so."""
        return self.again and not party.in_bin and (party.is_layer or not party.of_service)

    def read(self, by: Actor, given: Mapping[str, Any]) -> Data:
        """Return the values it asks for, given by name in JSON types or as text. Raises ``Invalid``."""
        known = {ask.name for ask in self.ask}
        problems = [Problem(name, "unknown_field") for name in given if name not in known]
        data: Data = {}
        for ask in self.ask:
            try:
                data[ask.name] = ask.read(by, given.get(ask.name, ""))
            except Bad as bad:
                problems.append(problem_of(ask.name, bad))
        if not problems and self.check:
            problems = self.check(by, data)
        if problems:
            raise Invalid(problems)
        return data

    def stored(self, data: Data) -> Data:
        """Return the values as JSON, for a job."""
        return {ask.name: ask.stored(data[ask.name]) for ask in self.ask if ask.name in data}

    def restored(self, kept: Data) -> Data:
        """Return the values that a job stored. Earlier versions stored the name of a list as ``list_name``."""
        named = {name.removesuffix("_name"): value for name, value in kept.items()}
        return {ask.name: ask.restored(named[ask.name]) for ask in self.ask if ask.name in named}


TOOLS: dict[str, Tool] = {}
"""Code → tool, in the order of the toolbox."""


def offer(code: str, rank: int, label: Promise, icon: str, needs: dict[str, Can], **more: Any) -> Tool:
    """Register a tool; arguments as for ``Tool``. Raises ``ValueError`` if its code is taken."""
    if code in TOOLS:
        raise ValueError(f"The toolbox already has {code!r}.")
    tool = Tool(code, rank, label, icon, needs, **more)
    ordered = sorted([*TOOLS.values(), tool], key=lambda one: one.rank)
    TOOLS.clear()
    TOOLS.update({one.code: one for one in ordered})
    return tool


def tools_for(by: Actor, kind: str, party: Party | None = None) -> list[Tool]:
    """Return the tools that ``by`` may run on a kind of party, or on one party."""
    return [
        tool
        for tool in TOOLS.values()
        if tool.offered and tool.allowed(by, kind) and (party is None or tool.suits(party))
    ]


def shortcuts(by: Actor, kind: str, party: Party | None = None) -> list[Tool]:
    """Return the quick actions of ``by`` in order; the standard ones unless they have changed them (E1)."""
    usable = {tool.code: tool for tool in tools_for(by, kind, party)}
    return [usable[code] for code in shortcut_codes(by) if code in usable]


def shortcut_codes(by: Actor) -> list[str]:
    """Return the codes of the quick actions of ``by``, for all kinds of parties."""
    if by.shortcuts is None:
        return [tool.code for tool in TOOLS.values() if tool.quick]
    return [code for code in by.shortcuts if code in TOOLS]


def save_shortcuts(by: Actor, codes: list[str] | None) -> None:
    """Save the quick actions of ``by``, in this order; unknown codes are left out.

    None restores the standard ones; an empty list means none. The change shows from the next request on.
    """
    known = None if codes is None else [code for code in dict.fromkeys(codes) if code in TOOLS]
    Membership.objects.filter(pk=by.membership_id).update(shortcuts=known)


def runnable(by: Actor, code: str, kinds: Collection[str]) -> Tool:
    """Return a tool that ``by`` may run on these kinds of parties. Raises ``LookupError``, ``PermissionDenied``."""
    tool = TOOLS[code]
    if tool.run is None or not tool.needs.keys() >= set(kinds):
        raise LookupError(code)
    by.require(*(tool.needs[kind] for kind in kinds))
    return tool


def run(by: Actor, code: str, parties: Sequence[Party], data: Data) -> Outcome:
    """Run a tool on parties, which ``by`` must be allowed to see; ``data``: the values from ``Tool.read``.

    Parties that it doesn't fit (active ones, when activating) are counted as needing no change; shared records are
    refused one by one if the record itself would change. Raises what ``runnable`` and the action itself raise.
    """
    tool = runnable(by, code, {party.kind for party in parties})
    refused = [party for party in parties if tool.of_record and party.of_service]
    if refused and len(refused) == len(parties):
        refuse_service(refused)
    fitting = [party for party in parties if tool.suits(party) or tool.confirms(party)]
    outcome = tool.run(by, fitting, **data) if fitting and tool.run else Outcome()
    outcome.same += len(parties) - len(fitting) - len(refused)
    outcome.refused += [(party, Problem("", "service_record").message) for party in refused]
    return outcome
