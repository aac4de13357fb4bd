"""Deeds about custom fields."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed

FIELD_CREATED = account_deed(
    "field_created", 330, _("New custom field"), _("{actor} created the custom field {what}")
)
FIELD_CHANGED = account_deed("field_changed", 340, _("Custom fields"), _("{actor} changed the custom field {what}"))
FIELD_RETIRED = account_deed(
    "field_retired", 350, _("Custom field retired"), _("{actor} retired the custom field {what}")
)
