"""Deeds about the reference lists."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

ITEM_CREATED = deed(
    "item_created",
    says=_("{actor} created in the reference lists: {what}"),
    name=_("New item in the reference lists"),
    place=300,
    housekeeping=True,
)
ITEM_CHANGED = deed(
    "item_changed",
    says=_("{actor} changed in the reference lists: {what}"),
    name=_("Reference lists"),
    place=310,
    housekeeping=True,
)
ITEM_DELETED = deed(
    "item_deleted",
    says=_("{actor} deleted from the reference lists: {what}"),
    name=_("Item of the reference lists deleted"),
    place=320,
    housekeeping=True,
)
