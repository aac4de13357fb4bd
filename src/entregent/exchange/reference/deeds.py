"""Deeds of the synchronisation of the shared directory."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed

SYNCED = account_deed(
    "synced", 360, _("Update of the shared directory"), _("{actor} brought the shared directory up to date: {what}")
)
SYNC_UNDONE = account_deed(
    "sync_undone",
    370,
    _("Update of the shared directory undone"),
    _("{actor} undid an update of the shared directory: {what}"),
)
