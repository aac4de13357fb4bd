"""Deeds about statuses, assignments, refusals of mailings and activation."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

ACTIVATED = deed("activated", 50, _("Activation"), _("{actor} activated {about}"), "circle-check", "on", moves=True)
DEACTIVATED = deed(
    "deactivated", 60, _("Deactivation"), _("{actor} deactivated {about}"), "circle-x", "off", moves=True
)
STATUS_CHANGED = deed(
    "status_changed",
    160,
    _("Change of status"),
    _("{actor} changed the status of {about}"),
    "flag",
    "act",
    on_many=True,
)
ASSIGNED = deed(
    "assigned",
    170,
    _("Assignment"),
    _("{actor} changed the assignment of {about}"),
    "user-check",
    "act",
    on_many=True,
)
MAIL_REFUSED = deed(
    "mail_refused", 180, _("Refusal of mailings"), _("{actor} noted that {about} refuses mailings"), "shield-x", "off"
)
MAIL_ACCEPTED = deed(
    "mail_accepted",
    190,
    _("End of the refusal of mailings"),
    _("{actor} noted that {about} accepts mailings again"),
    "mail",
    "on",
)
