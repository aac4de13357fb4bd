"""The parties that an action runs on, and its outcome, in words."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.web.links import to
from entregent.web.words import counted, figure

from .chosen import Chosen

NAMED = 5
"""Name at most this many parties; count if more."""
MOST_REFUSALS = 5
UNDOABLE = 300
"""The most ids in the URL of an undo."""


def who(by: Actor, chosen: Chosen) -> str:
    """Return «Marie Dupont», «Marie Dupont et Paul Martin» or «12 contacts»; "" if nobody is chosen yet."""
    if not chosen.count:
        return ""
    if chosen.count <= NAMED:
        *first, last = [party.name for party in chosen.parties]
        return _("%(names)s and %(name)s") % {"names": ", ".join(first), "name": last} if first else last
    if len(chosen.kinds) == 1:
        return counted(by, next(iter(chosen.kinds)), chosen.count)
    return ngettext("%(count)s record", "%(count)s records", chosen.count) % {"count": figure(chosen.count)}


def tell(by: Actor, tool: Tool, outcome: Outcome) -> str:
    """Return one or a few sentences: what was done, what needed no change, what was refused and why."""
    sentences = [_done(by, tool, len(outcome.done), outcome.done[0].name)] if outcome.done else []
    if outcome.same and not outcome.done and not outcome.refused and not outcome.gone:
        sentences.append(_("Nothing to do: it was already done."))
    elif outcome.same:
        sentences.append(_("Needed no change: %(count)s.") % {"count": figure(outcome.same)})
    return " ".join([*sentences, *left_out(outcome)])


def left_out(outcome: Outcome) -> list[str]:
    """Return sentences: what was refused and why, and what happened since the announcement."""
    sentences = []
    for party, reason in outcome.refused[:MOST_REFUSALS]:
        sentences.append(_("Refused for %(name)s: %(reason)s") % {"name": party.name, "reason": reason})
    rest = len(outcome.refused) - MOST_REFUSALS
    if rest > 0:
        sentences.append(_("Also refused: %(count)s.") % {"count": figure(rest)})
    return [*sentences, *_meanwhile(outcome)]


def _meanwhile(outcome: Outcome) -> list[str]:
    """Return what happened to the records between the announcement and the action."""
    said = []
    if outcome.changed:
        names = [party.name for party in outcome.changed[:NAMED]]
        rest = len(outcome.changed) - NAMED
        names += [f"+ {figure(rest)}"] if rest > 0 else []
        said.append(_("Changed meanwhile, and done all the same: %(names)s.") % {"names": ", ".join(names)})
    if outcome.gone:
        gone = ngettext(
            "%(count)s record was deleted or hidden from you meanwhile.",
            "%(count)s records were deleted or hidden from you meanwhile.",
            outcome.gone,
        )
        said.append(gone % {"count": figure(outcome.gone)})
    return said


def _done(by: Actor, tool: Tool, number: int, name: str) -> str:
    """Return what was done, with one record's name or the number of records."""
    says = tool.fate(by) if tool.fate else tool
    sentence = str(says.one if number == 1 else says.many)
    return sentence % {"name": name, "label": tool.label, "count": figure(number)}


def undo_url(by: Actor, outcome: Outcome) -> str:
    """Return the URL that undoes it by POST; "" if it can't be undone, or has too many ids for a URL."""
    if not outcome.undo or not 0 < len(outcome.done) <= UNDOABLE:
        return ""
    code, data = outcome.undo
    if not all(TOOLS[code].allowed(by, party.kind) for party in outcome.done):
        return ""
    params = {"ids": ",".join(str(party.pk) for party in outcome.done)}
    params |= {name: ",".join(value) if isinstance(value, list) else value for name, value in data.items()}
    return f"{to(by, 'toolbox:run', code)}?{urlencode(params)}"
