"""Deeds about tags."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

TAGGED = deed("tagged", 30, _("Tagging"), _("{actor} tagged {about}"), "tag", "act", on_many=True)
UNTAGGED = deed(
    "untagged", 40, _("Removal of tags"), _("{actor} removed tags from {about}"), "tag", "act", on_many=True
)
TAG_CHANGED = deed(
    "tag_changed", 420, _("Tags of the account"), _("{actor} changed the tag {what}"), icon="tag", housekeeping=True
)
