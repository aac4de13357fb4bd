"""Deeds between the operator of the shared directory and the accounts."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

CORRECTION_PROPOSED = deed(
    "correction_proposed",
    says=_("{actor} proposed a correction of {about}"),
    name=_("Correction proposed"),
    place=380,
)
CORRECTION_ANSWERED = deed(
    "correction_answered",
    says=_("{actor} answered a proposed correction: {what}"),
    name=_("Correction answered"),
    place=390,
    housekeeping=True,
)
ACCOUNT_OPENED = deed(
    "account_opened", says=_("{actor} opened the account {what}"), name=_("New account"), place=410, housekeeping=True
)
