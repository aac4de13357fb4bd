"""Deeds about tags."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

TAGGED = deed(
    "tagged",
    says=_("{actor} tagged {about}"),
    name=_("Tagging"),
    undone=_("{actor} undid: tags put on {about}"),
    icon="tag",
    tone="act",
    place=30,
    on_many=True,
)
UNTAGGED = deed(
    "untagged",
    says=_("{actor} removed tags from {about}"),
    name=_("Removal of tags"),
    undone=_("{actor} undid: tags removed from {about}"),
    icon="tag",
    tone="act",
    place=40,
    on_many=True,
)
TAG_CHANGED = deed(
    "tag_changed",
    says=_("{actor} changed the tag {what}"),
    name=_("Tags of the account"),
    icon="tag",
    place=420,
    housekeeping=True,
)
