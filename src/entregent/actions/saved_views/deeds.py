"""Deeds about saved views."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

VIEW_CHANGED = deed(
    "view_changed", says=_("{actor} changed the view {what}"), name=_("Views"), place=290, housekeeping=True
)
