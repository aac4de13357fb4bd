"""Deeds about who may see records."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

VISIBILITY_CHANGED = deed(
    "visibility_changed", 200, _("Visibility"), _("{actor} changed who can see {about}"), icon="eye", on_many=True
)
