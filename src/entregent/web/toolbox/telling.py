"""What came of an action, in a sentence."""

from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from entregent.accounts.actor import Actor
from entregent.actions.outcome import Outcome
from entregent.actions.toolbox import TOOLS, Tool
from entregent.web.links import to

MOST_REFUSALS = 5
UNDOABLE = 300

_DONE = {
    "tag": ngettext_lazy("Tags added to the record of %(name)s.", "Tags added to %(count)s records.", "number"),
    "untag": ngettext_lazy(
        "Tags removed from the record of %(name)s.", "Tags removed from %(count)s records.", "number"
    ),
    "attach": ngettext_lazy("%(name)s now has a place there.", "%(count)s people now have a place there.", "number"),
    "activate": ngettext_lazy("The record of %(name)s is active.", "%(count)s records are active.", "number"),
    "deactivate": ngettext_lazy("The record of %(name)s is inactive.", "%(count)s records are inactive.", "number"),
    "delete": ngettext_lazy("%(name)s is in the bin.", "%(count)s records are in the bin.", "number"),
    "restore": ngettext_lazy("The record of %(name)s is restored.", "%(count)s records are restored.", "number"),
    "purge": ngettext_lazy(
        "The record of %(name)s is deleted for good.", "%(count)s records are deleted for good.", "number"
    ),
}  # fmt: skip
_OTHER = ngettext_lazy("%(label)s: done for %(name)s.", "%(label)s: done for %(count)s records.", "number")


def tell(by: Actor, tool: Tool, outcome: Outcome) -> str:
    """One or a few sentences: what was done, what needed nothing, what was refused and why."""
    sentences = [done(by, tool, len(outcome.done), outcome.done[0].name)] if outcome.done else []
    if outcome.same and not outcome.done and not outcome.refused:
        sentences.append(_("Nothing to do: it was so already."))
    elif outcome.same:
        sentences.append(
            _("Needed nothing: %(count)s.") % {"count": number_format(outcome.same, force_grouping=True)}
        )
    for party, reason in outcome.refused[:MOST_REFUSALS]:
        sentences.append(_("Refused for %(name)s: %(reason)s") % {"name": party.name, "reason": reason})
    if rest := len(outcome.refused) - MOST_REFUSALS:
        if rest > 0:
            sentences.append(_("Refused too: %(count)s.") % {"count": rest})
    return " ".join(sentences)


def done(by: Actor, tool: Tool, number: int, name: str) -> str:
    """What was done, to one by its name, to many by their number."""
    code = "purge" if tool.code == "delete" and not by.account.bin_days else tool.code
    values = {
        "name": name,
        "label": tool.label,
        "number": number,
        "count": number_format(number, force_grouping=True),
    }
    return str(_DONE.get(code, _OTHER) % values)


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


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True)
