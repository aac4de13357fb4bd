"""Deeds about saved views."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed

VIEW_CHANGED = account_deed("view_changed", 290, _("Views"), _("{actor} changed the view {what}"))
