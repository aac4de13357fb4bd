"""The record itself, changed on pages of its own."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.toolbox import Tool, offer

offer(
    Tool(
        code="edit",
        label=_("Edit"),
        icon="pencil",
        needs=WRITE,
        place=10,
        page="edit",
        of_record=True,
        single=True,
        quick=True,
        in_menu=False,
    )
)
