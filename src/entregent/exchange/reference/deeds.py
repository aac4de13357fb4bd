"""Deeds of the synchronisation of the shared directory."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

SYNCED = deed(
    "synced",
    says=_("{actor} brought the shared directory up to date: {what}"),
    name=_("Update of the shared directory"),
    place=360,
    housekeeping=True,
)
SYNC_UNDONE = deed(
    "sync_undone",
    says=_("{actor} undid an update of the shared directory: {what}"),
    name=_("Update of the shared directory undone"),
    place=370,
    housekeeping=True,
)
