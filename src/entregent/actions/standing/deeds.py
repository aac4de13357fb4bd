"""Deeds about statuses, assignments, refusals of mailings and activation."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

ACTIVATED = deed(
    "activated",
    says=_("{actor} activated {about}"),
    name=_("Activation"),
    undone=_("{actor} undid: activation of {about}"),
    icon="circle-check",
    tone="on",
    place=50,
    moves=True,
)
DEACTIVATED = deed(
    "deactivated",
    says=_("{actor} deactivated {about}"),
    name=_("Deactivation"),
    undone=_("{actor} undid: deactivation of {about}"),
    icon="circle-x",
    tone="off",
    place=60,
    moves=True,
)
STATUS_CHANGED = deed(
    "status_changed",
    says=_("{actor} changed the status of {about}"),
    name=_("Change of status"),
    undone=_("{actor} undid: change of the status of {about}"),
    icon="flag",
    tone="act",
    place=160,
    on_many=True,
)
ASSIGNED = deed(
    "assigned",
    says=_("{actor} assigned {about} to {what}"),
    name=_("Assignment"),
    undone=_("{actor} undid: assignment of {about}"),
    icon="user-check",
    tone="act",
    place=170,
)
MAIL_REFUSED = deed(
    "mail_refused",
    says=_("{actor} noted that {about} refuses mailings"),
    name=_("Refusal of mailings"),
    undone=_("{actor} undid: refusal of mailings by {about}"),
    icon="shield-x",
    tone="off",
    place=180,
)
MAIL_ACCEPTED = deed(
    "mail_accepted",
    says=_("{actor} noted that {about} accepts mailings again"),
    name=_("End of the refusal of mailings"),
    undone=_("{actor} undid: end of the refusal of mailings by {about}"),
    icon="mail",
    tone="on",
    place=190,
)
