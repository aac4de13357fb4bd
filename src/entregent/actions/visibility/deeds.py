"""Deeds about who may see records."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

VISIBILITY_CHANGED = deed(
    "visibility_changed",
    says=_("{actor} changed who can see {about}"),
    name=_("Visibility"),
    icon="eye",
    place=200,
    on_many=True,
)
