"""Change who may see records, and the default for records that a user adds (B3)."""

from collections.abc import Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.actions.frame import act, fresh, refuse_service, twice_in_a_race
from entregent.actions.kinds import WRITE, needs
from entregent.actions.parties import parties as records
from entregent.actions.parties.checks import check_visibility
from entregent.actions.toolbox.outcome import Outcome
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.parties.cleaning import Cleaner

from .deeds import VISIBILITY_CHANGED


@twice_in_a_race
def show_to(by: Actor, parties: Sequence[Party], visibility: dict[str, Any], sure: bool = False) -> Outcome:
    """Set who may see these records; ``visibility`` as in a card.

    Unless ``sure``, records that ``by`` would no longer see are refused. Raises ``Invalid``.
    """
    refuse_service(parties)
    outcome = Outcome()
    with act(by, VISIBILITY_CHANGED, *needs(WRITE, parties)) as telling:
        for party in fresh(parties):
            if not sure and not _would_see(by, party, visibility):
                outcome.refused.append((party, Problem("", "visibility_lost").message))
            elif records.change(by, party, {"visibility": visibility}, telling):
                outcome.done.append(party)
            else:
                outcome.same += 1
    return outcome


def _would_see(by: Actor, party: Party, visibility: dict[str, Any]) -> bool:
    if visibility["mode"] == "everyone" or party.created_by_id == by.user_id:
        return True
    named = by.user_id in visibility.get("users", ()) or not set(by.team_ids).isdisjoint(visibility.get("teams", ()))
    return visibility["mode"] == "shared" and named


def prefer(by: Actor, visibility: dict[str, Any]) -> None:
    """Save the default visibility of records that ``by`` adds. Raises ``Invalid``.

    It is a personal preference, so it is not in the journal.
    """
    wanted = Cleaner(by.account).visibility(visibility)
    if problems := check_visibility([wanted], [None])[0]:
        raise Invalid(problems)
    kept = None if wanted["mode"] == "everyone" else wanted
    Membership.objects.filter(pk=by.membership_id).update(default_visibility=kept)
