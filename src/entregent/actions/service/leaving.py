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
    with act(by, CHANGED, Can.OPERATE) as telling:
        writer = Writer(by.account, by.user_id, telling.at)
        held = records(fresh(parties)).values()
        retired = [record for record in held if not record.party.retired_at]
        for record in retired:
            told: dict[str, list] = {"retired_at": ["", telling.today.isoformat()]}
            current = [position for position in record.positions if still_held(position.until, telling.today)]
            if current:
                told["organisation"] = [reference(current[0].organisation_id, current[0].organisation.name), ""]
                told["function"] = [current[0].function, ""]
            for position in current:
                close(position, telling)
            writer.touch(record.party, {"retired_at": telling.at, **shown_of(record)})
            telling.tell(record.party, told)
    return Outcome([record.party for record in retired], same=len(held) - len(retired))


@twice_in_a_race
def reinstate(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Remove the mark "no longer in office". Positions that ended stay ended; new ones can be added."""
    operate(by)
    with act(by, CHANGED, Can.OPERATE) as telling:
        writer = Writer(by.account, by.user_id, telling.at)
        held = fresh(parties)
        back = [(party, party.retired_at) for party in held if party.retired_at]
        for party, since in back:
            writer.touch(party, {"retired_at": None})
            telling.tell(party, {"retired_at": [since.date().isoformat(), ""]})
    return Outcome([party for party, _since in back], same=len(held) - len(back))
