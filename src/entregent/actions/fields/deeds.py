"""Deeds about custom fields."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

FIELD_CREATED = deed(
    "field_created",
    says=_("{actor} created the custom field {what}"),
    name=_("New custom field"),
    place=330,
    housekeeping=True,
)
FIELD_CHANGED = deed(
    "field_changed",
    says=_("{actor} changed the custom field {what}"),
    name=_("Custom fields"),
    place=340,
    housekeeping=True,
)
FIELD_RETIRED = deed(
    "field_retired",
    says=_("{actor} retired the custom field {what}"),
    name=_("Custom field retired"),
    place=350,
    housekeeping=True,
)
