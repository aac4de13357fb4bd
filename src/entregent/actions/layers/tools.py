"""The tool «Informations personnelles», which opens a page."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.toolbox import Tool, offer

offer(
    Tool(
        code="layer",
        label=_("Personal information"),
        icon="notebook",
        needs=WRITE,
        place=20,
        page="layer",
        fits=lambda party: not party.in_bin and party.of_service,
        single=True,
        quick=True,
    )
)
