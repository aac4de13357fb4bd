"""Deeds about lists."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

LISTED = deed(
    "listed",
    says=_("{actor} put {about} in the list {what}"),
    name=_("Put in a list"),
    undone=_("{actor} undid: {about} put in the list {what}"),
    icon="list-details",
    tone="act",
    place=240,
)
UNLISTED = deed(
    "unlisted",
    says=_("{actor} took {about} out of the list {what}"),
    name=_("Taken out of a list"),
    undone=_("{actor} undid: {about} taken out of the list {what}"),
    icon="list-details",
    tone="wait",
    place=250,
)
LIST_CREATED = deed(
    "list_created", says=_("{actor} created the list {what}"), name=_("New list"), place=260, housekeeping=True
)
LIST_CHANGED = deed(
    "list_changed", says=_("{actor} changed the list {what}"), name=_("Lists"), place=270, housekeeping=True
)
LIST_DELETED = deed(
    "list_deleted", says=_("{actor} deleted the list {what}"), name=_("List deleted"), place=280, housekeeping=True
)
