"""«N'est plus en fonction»: the operator marks people who left by hand; a complete file does it for many (A6)."""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, fresh, twice_in_a_race
from entregent.actions.positions.organisations import close
from entregent.actions.toolbox.outcome import Outcome
from entregent.directory.models import Party
from entregent.directory.parties.cards import reference
from entregent.directory.parties.reading import records
from entregent.directory.parties.shown import shown_of
from entregent.directory.parties.writing import Writer
from entregent.directory.positions.held import still_held
from entregent.journal.deeds import CHANGED

from .operating import operate


@twice_in_a_race
def retire(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Mark these people as no longer in office and end their positions today. Nothing is deleted."""
    operate(by)
    outcome = Outcome(undo=None)
    with act(by, CHANGED, Can.OPERATE) as telling:
        writer = Writer(by.account, by.user_id, telling.at)
        for record in records(fresh(parties)).values():
            party = record.party
            if party.retired_at:
                outcome.same += 1
                continue
            held = [position for position in record.positions if still_held(position.until, telling.today)]
            told: dict[str, list] = {"retired_at": ["", telling.today.isoformat()]}
            if held:
                told["organisation"] = [reference(held[0].organisation_id, held[0].organisation.name), ""]
                told["function"] = [held[0].function, ""]
            for position in held:
                close(position, telling)
            writer.touch(party, {"retired_at": telling.at, **shown_of(record)})
            telling.tell(party, told)
            outcome.done.append(party)
    return outcome


@twice_in_a_race
def reinstate(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Remove the mark "no longer in office". Positions that ended stay ended; new ones can be added."""
    operate(by)
    outcome = Outcome(undo=None)
    with act(by, CHANGED, Can.OPERATE) as telling:
        writer = Writer(by.account, by.user_id, telling.at)
        for party in fresh(parties):
            if party.retired_at is None:
                outcome.same += 1
                continue
            gone = party.retired_at.date().isoformat()
            writer.touch(party, {"retired_at": None})
            telling.tell(party, {"retired_at": [gone, ""]})
            outcome.done.append(party)
    return outcome
