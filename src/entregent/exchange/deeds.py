"""Deeds about files."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.journal.deeds import deed

IMPORTED = deed(
    "imported", 140, pgettext_lazy("deed", "Import"), _("{actor} imported {what}"), "file-import", "act", in_bulk=True
)
EXPORTED = deed(
    "exported",
    150,
    pgettext_lazy("deed", "Export"),
    _("{actor} exported {what}"),
    "file-export",
    "act",
    housekeeping=True,
)
