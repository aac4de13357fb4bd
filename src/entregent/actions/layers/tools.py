"""The tool «Informations personnelles», which opens a page."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.toolbox import offer

offer(
    "layer",
    rank=20,
    label=_("Personal information"),
    icon="notebook",
    needs=WRITE,
    page="layer",
    fits=lambda party: not party.in_bin and party.of_service,
    single=True,
    quick=True,
)
