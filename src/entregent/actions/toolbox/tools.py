"""The tool «Annuler»: undoes an action from its journal entry."""

from django.utils.translation import gettext_lazy as _

from entregent.accounts.permissions import Can

from .asks_named import Id
from .toolbox import offer
from .undoing import undo

offer(
    "undo",
    rank=90,
    label=_("Undo"),
    icon="arrow-back-up",
    needs={"p": Can.READ_CONTACTS, "o": Can.READ_CONTACTS},
    ask=(Id("entry"),),
    run=undo,
    fits=lambda party: True,
    one=_("Undone for %(name)s."),
    many=_("Undone for %(count)s records."),
    offered=False,
)
