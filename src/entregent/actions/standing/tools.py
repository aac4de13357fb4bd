"""The tools for status, assignment, refusal of mailings, and activation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.asks import LongText
from entregent.actions.toolbox.asks_named import Item, User
from entregent.actions.toolbox.toolbox import offer
from entregent.directory.models import Party

from . import relations, states

NOTE = LongText("note", _("Description"), required=False, help=_("Recorded in the history with the change."))


def _refuses(party: Party) -> bool:
    """Whether a party refuses the account's mailings; what the operator noted on a shared record doesn't count."""
    return party.mail_refused_at is not None and (party.is_layer or not party.of_service)


offer(
    "status",
    rank=50,
    label=_("Status"),
    icon="flag",
    needs=WRITE,
    ask=(Item("status", _("Status"), of="statuses", none=_("No status")), NOTE),
    run=relations.give_status,
    one=_("The status of %(name)s is changed."),
    many=_("The status of %(count)s records is changed."),
    quick=True,
)
offer(
    "assign",
    rank=60,
    label=_("Assign"),
    icon="user-check",
    needs=WRITE,
    ask=(User("assigned_to", pgettext_lazy("assign", "To"), none=_("Nobody")), NOTE),
    run=relations.assign,
    one=_("The record of %(name)s is assigned."),
    many=_("%(count)s records are assigned."),
    quick=True,
)
offer(
    "refuse-mail",
    rank=70,
    label=_("Refusal of mailings"),
    icon="speakerphone",
    needs=WRITE,
    ask=(NOTE,),
    run=relations.refuse_mail,
    fits=lambda party: not _refuses(party) and not party.in_bin,
    one=_("%(name)s refuses mailings."),
    many=_("%(count)s records refuse mailings."),
    help=_("They will receive no mailings of the account until the refusal is lifted."),
    again=True,
)
offer(
    "accept-mail",
    rank=80,
    label=_("Lift the refusal of mailings"),
    icon="mail",
    needs=WRITE,
    ask=(NOTE,),
    run=relations.accept_mail,
    fits=lambda party: _refuses(party) and not party.in_bin,
    one=_("%(name)s can receive mailings again."),
    many=_("%(count)s records can receive mailings again."),
    help=_("Only at their own request."),
    again=True,
)
offer(
    "activate",
    rank=140,
    label=_("Activate"),
    icon="circle-check",
    needs=WRITE,
    run=states.activate,
    fits=lambda party: not party.active and not party.in_bin,
    one=_("The record of %(name)s is active."),
    many=_("%(count)s records are active."),
    quick=True,
    again=True,
)
offer(
    "deactivate",
    rank=150,
    label=_("Deactivate"),
    icon="circle-off",
    needs=WRITE,
    run=states.deactivate,
    fits=lambda party: party.active and not party.in_bin,
    one=_("The record of %(name)s is inactive."),
    many=_("%(count)s records are inactive."),
    quick=True,
    again=True,
)
