"""The deed of changing people's language; the journal defines the other deeds on records."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

LANGUAGE_CHANGED = deed(
    "language_changed",
    165,
    _("Change of language"),
    _("{actor} changed the language of {about}"),
    "language",
    "act",
    moves=True,
    on_many=True,
)
