"""The operator's tools; nobody else has the permission they need."""

from django.utils.translation import gettext_lazy as _

from entregent.accounts.permissions import Can
from entregent.actions.service import leaving
from entregent.actions.toolbox.toolbox import offer

NEEDS = {"p": Can.OPERATE, "o": Can.OPERATE}

offer(
    "retire",
    rank=190,
    label=_("No longer in office"),
    icon="user-off",
    needs=NEEDS,
    run=leaving.retire,
    fits=lambda party: party.retired_at is None and not party.in_bin,
    help=_("They are marked for all accounts, and their positions end today. Nothing is deleted."),
)
offer(
    "reinstate",
    rank=200,
    label=_("In office again"),
    icon="user-check",
    needs=NEEDS,
    run=leaving.reinstate,
    fits=lambda party: party.retired_at is not None and not party.in_bin,
)
