"""What came of an action, in a sentence."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.web.figures import figure
from entregent.web.links import to

MOST_REFUSALS = 5
UNDOABLE = 300
"""An undo carries its ids in its address: so many at most."""


def tell(by: Actor, tool: Tool, outcome: Outcome) -> str:
    """One or a few sentences: what was done, what needed nothing, what was refused and why."""
    sentences = [_done(by, tool, len(outcome.done), outcome.done[0].name)] if outcome.done else []
    if outcome.same and not outcome.done and not outcome.refused:
        sentences.append(_("Nothing to do: it was so already."))
    elif outcome.same:
        sentences.append(_("Needed nothing: %(count)s.") % {"count": figure(outcome.same)})
    for party, reason in outcome.refused[:MOST_REFUSALS]:
        sentences.append(_("Refused for %(name)s: %(reason)s") % {"name": party.name, "reason": reason})
    rest = len(outcome.refused) - MOST_REFUSALS
    if rest > 0:
        sentences.append(_("Refused too: %(count)s.") % {"count": figure(rest)})
    return " ".join(sentences)


def _done(by: Actor, tool: Tool, number: int, name: str) -> str:
    """What was done, to one by its name, to many by their number."""
    says = tool.fate(by) if tool.fate else tool
    sentence = str(says.one if number == 1 else says.many)
    return sentence % {"name": name, "label": tool.label, "count": figure(number)}


def undo_url(by: Actor, outcome: Outcome) -> str:
    """Where a POST takes it back; "" where nothing does, or it was too much for an address."""
    if not outcome.undo or not 0 < len(outcome.done) <= UNDOABLE:
        return ""
    code, data = outcome.undo
    if not all(TOOLS[code].allowed(by, party.kind) for party in outcome.done):
        return ""
    params = {"ids": ",".join(str(party.pk) for party in outcome.done)}
    params |= {name: ",".join(value) if isinstance(value, list) else value for name, value in data.items()}
    return f"{to(by, 'toolbox:run', code)}?{urlencode(params)}"
