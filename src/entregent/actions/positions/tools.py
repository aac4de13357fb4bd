"""The tool that attaches people to an organisation."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.asks import Day
from entregent.actions.toolbox.asks_named import Item, Organisation
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import offer
from entregent.directory.messages import Invalid
from entregent.directory.models import Party

from . import positions


def _attach(
    by: Actor, parties: Sequence[Party], organisation: int | str, function: str = "", since: date | None = None
) -> Outcome:
    """Attach each person, and report those who can't be attached. Raises ``Invalid`` if there is only one."""
    outcome = Outcome()
    named = {"organisation" if isinstance(organisation, int) else "organisation_name": organisation}
    given = {**named, "function": function, "since": since.isoformat() if since else ""}
    for party in parties:
        try:
            positions.attach(by, party, given)
        except Invalid as invalid:
            if len(parties) == 1 or not all(problem.code == "position_exists" for problem in invalid.problems):
                raise
            outcome.refused.append((party, invalid.problems[0].message))
        else:
            outcome.done.append(party)
    return outcome


offer(
    "attach",
    rank=130,
    label=_("Attach to an organisation"),
    icon="building-plus",
    needs={"p": WRITE["p"]},
    ask=(
        Organisation("organisation", _("Organisation")),
        Item("function", _("Function"), of="functions", new=True, required=False),
        Day("since", _("Since"), required=False),
    ),
    run=_attach,
    one=_("%(name)s now has a position there."),
    many=_("%(count)s people now have a position there."),
    quick=True,
)
