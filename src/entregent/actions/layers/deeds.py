"""Deeds about the personal information on shared records."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

LAYER_CHANGED = deed(
    "layer_changed",
    220,
    _("Personal information"),
    _("{actor} changed the personal information on {about}"),
    "notebook",
    "act",
)
LAYER_REMOVED = deed(
    "layer_removed",
    230,
    _("Personal information removed"),
    _("{actor} removed the personal information on {about}"),
    "notebook",
    "off",
)
