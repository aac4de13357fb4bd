"""Deeds about the personal information on shared records."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

LAYER_CHANGED = deed(
    "layer_changed",
    says=_("{actor} changed the personal information on {about}"),
    name=_("Personal information"),
    icon="notebook",
    tone="act",
    place=220,
)
LAYER_REMOVED = deed(
    "layer_removed",
    says=_("{actor} removed the personal information on {about}"),
    name=_("Personal information removed"),
    icon="notebook",
    tone="off",
    place=230,
)
