"""Deeds about lists."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed, deed

LISTED = deed("listed", 240, _("Put in a list"), _("{actor} put {about} in the list {what}"), "list-details", "act")
UNLISTED = deed(
    "unlisted",
    250,
    _("Taken out of a list"),
    _("{actor} took {about} out of the list {what}"),
    "list-details",
    "wait",
)
LIST_CREATED = account_deed("list_created", 260, _("New list"), _("{actor} created the list {what}"))
LIST_CHANGED = account_deed("list_changed", 270, _("Lists"), _("{actor} changed the list {what}"))
LIST_DELETED = account_deed("list_deleted", 280, _("List deleted"), _("{actor} deleted the list {what}"))
