"""Deeds between the operator of the shared directory and the accounts."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed, deed

CORRECTION_PROPOSED = deed(
    "correction_proposed", 380, _("Correction proposed"), _("{actor} proposed a correction of {about}")
)
CORRECTION_ANSWERED = account_deed(
    "correction_answered", 390, _("Correction answered"), _("{actor} answered a proposed correction: {what}")
)
ACCOUNT_OPENED = account_deed("account_opened", 410, _("New account"), _("{actor} opened the account {what}"))
