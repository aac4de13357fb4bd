"""What came of an action, in a sentence."""

from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Tool
from entregent.web.figures import figure
from entregent.web.links import to

MOST_REFUSALS = 5
UNDOABLE = 300
"""An undo carries its ids in its address: so many at most."""

_ONE = {
    "tag": _("Tags added to the record of %(name)s."),
    "untag": _("Tags removed from the record of %(name)s."),
    "status": _("The status of %(name)s is changed."),
    "assign": _("The record of %(name)s is assigned."),
    "refuse-mail": _("%(name)s refuses mailings."),
    "accept-mail": _("%(name)s may get mailings again."),
    "list": _("The record of %(name)s is in the list."),
    "unlist": _("The record of %(name)s is no more in the list."),
    "undo": _("It is taken back for %(name)s."),
    "attach": _("%(name)s now has a place there."),
    "activate": _("The record of %(name)s is active."),
    "deactivate": _("The record of %(name)s is inactive."),
    "delete": _("%(name)s is in the bin."),
    "restore": _("The record of %(name)s is restored."),
    "purge": _("The record of %(name)s is deleted for good."),
}
_MANY = {
    "tag": _("Tags added to %(count)s records."),
    "untag": _("Tags removed from %(count)s records."),
    "status": _("The status of %(count)s records is changed."),
    "assign": _("%(count)s records are assigned."),
    "refuse-mail": _("%(count)s records refuse mailings."),
    "accept-mail": _("%(count)s records may get mailings again."),
    "list": _("%(count)s records are in the list."),
    "unlist": _("%(count)s records are no more in the list."),
    "undo": _("It is taken back for %(count)s records."),
    "attach": _("%(count)s people now have a place there."),
    "activate": _("%(count)s records are active."),
    "deactivate": _("%(count)s records are inactive."),
    "delete": _("%(count)s records are in the bin."),
    "restore": _("%(count)s records are restored."),
    "purge": _("%(count)s records are deleted for good."),
}


def tell(by: Actor, tool: Tool, outcome: Outcome) -> str:
    """One or a few sentences: what was done, what needed nothing, what was refused and why."""
    sentences = [_done(by, tool, len(outcome.done), outcome.done[0].name)] if outcome.done else []
    if outcome.same and not outcome.done and not outcome.refused:
        sentences.append(gettext("Nothing to do: it was so already."))
    elif outcome.same:
        sentences.append(gettext("Needed nothing: %(count)s.") % {"count": figure(outcome.same)})
    for party, reason in outcome.refused[:MOST_REFUSALS]:
        sentences.append(gettext("Refused for %(name)s: %(reason)s") % {"name": party.name, "reason": reason})
    rest = len(outcome.refused) - MOST_REFUSALS
    if rest > 0:
        sentences.append(gettext("Refused too: %(count)s.") % {"count": figure(rest)})
    return " ".join(sentences)


def _done(by: Actor, tool: Tool, number: int, name: str) -> str:
    """What was done, to one by its name, to many by their number."""
    code = "purge" if tool.code == "delete" and not by.account.bin_days else tool.code
    if number == 1:
        sentence = _ONE.get(code, _("%(label)s: done for %(name)s."))
    else:
        sentence = _MANY.get(code, _("%(label)s: done for %(count)s records."))
    return str(sentence) % {"name": name, "label": tool.label, "count": figure(number)}


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
