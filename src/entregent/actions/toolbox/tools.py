"""The tool «Annuler»: undoes an action from its journal entry."""

from django.utils.translation import gettext_lazy as _

from entregent.accounts.permissions import Can

from .asks_named import Id
from .toolbox import Tool, offer
from .undoing import undo

offer(
    Tool(
        code="undo",
        label=_("Undo"),
        icon="arrow-back-up",
        needs={"p": Can.READ_CONTACTS, "o": Can.READ_CONTACTS},
        place=90,
        ask=(Id("entry"),),
        run=lambda by, parties, data: undo(by, parties, data["entry"]),
        fits=lambda party: True,
        one=_("Undone for %(name)s."),
        many=_("Undone for %(count)s records."),
        offered=False,
    )
)
