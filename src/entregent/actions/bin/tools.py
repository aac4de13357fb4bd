"""The tools of the bin: put in, restore, delete for good."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.actions.kinds import DELETE, PURGE
from entregent.actions.toolbox.toolbox import Fate, offer

from . import bin as bin_actions


def _gone(by: Actor) -> Fate:
    return Fate(
        text=gettext("This can't be undone."),
        one=_("The record of %(name)s is deleted for good."),
        many=_("%(count)s records are deleted for good."),
        final=True,
    )


def _binned(by: Actor) -> Fate:
    """What happens to deleted records: the bin, or deletion for good if the account keeps no bin."""
    days = by.account.bin_days
    if not days:
        return _gone(by)
    text = ngettext(
        "It goes to the bin, where it can be restored for %(days)d day, then is deleted for good.",
        "It goes to the bin, where it can be restored for %(days)d days, then is deleted for good.",
        days,
    )
    return Fate(text % {"days": days}, _("%(name)s is in the bin."), _("%(count)s records are in the bin."))


offer(
    "delete",
    rank=160,
    label=_("Delete"),
    icon="trash",
    needs=DELETE,
    run=bin_actions.delete,
    of_one=_("Delete %(the)s"),
    fate=_binned,
    of_record=True,
    danger=True,
)
offer(
    "restore",
    rank=170,
    label=_("Restore"),
    icon="restore",
    needs=DELETE,
    run=bin_actions.restore,
    fits=lambda party: party.in_bin,
    of_record=True,
    one=_("The record of %(name)s is restored."),
    many=_("%(count)s records are restored."),
)
offer(
    "purge",
    rank=180,
    label=_("Delete for good"),
    icon="trash-x",
    needs=PURGE,
    run=bin_actions.purge,
    fits=lambda party: party.in_bin,
    of_record=True,
    fate=_gone,
    danger=True,
)
