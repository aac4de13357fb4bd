"""The deed of changing people's language; the journal defines the other deeds on records."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

LANGUAGE_CHANGED = deed(
    "language_changed",
    says=_("{actor} changed the language of {about}"),
    name=_("Change of language"),
    undone=_("{actor} undid: change of the language of {about}"),
    icon="language",
    tone="act",
    place=165,
    moves=True,
    on_many=True,
)
