"""Deeds about files."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.journal.deeds import deed

IMPORTED = deed(
    "imported",
    says=_("{actor} imported {what}"),
    name=pgettext_lazy("deed", "Import"),
    icon="file-import",
    tone="act",
    place=140,
    in_bulk=True,
)
EXPORTED = deed(
    "exported",
    says=_("{actor} exported {what}"),
    name=pgettext_lazy("deed", "Export"),
    icon="file-export",
    tone="act",
    place=150,
    housekeeping=True,
)
