"""Deeds about the reference lists."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed

ITEM_CREATED = account_deed(
    "item_created", 300, _("New item in the reference lists"), _("{actor} created in the reference lists: {what}")
)
ITEM_CHANGED = account_deed(
    "item_changed", 310, _("Reference lists"), _("{actor} changed in the reference lists: {what}")
)
ITEM_DELETED = account_deed(
    "item_deleted",
    320,
    _("Item of the reference lists deleted"),
    _("{actor} deleted from the reference lists: {what}"),
)
