"""Undo adding and removing tags, from the journal's data."""

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import Undone, undoes
from entregent.directory.parties.cleaning import tag_key

from .deeds import TAGGED, UNTAGGED
from .tagging import retag


@undoes(TAGGED, UNTAGGED)
def _undo_tags(by: Actor, undone: Undone) -> Outcome:
    put_on: dict[int, set[str]] = {}
    taken_off: dict[int, dict[str, str]] = {}
    for party, changes in undone:
        old, new = ({tag_key(name): name for name in names or []} for names in changes.get("tags", [[], []]))
        put_on[party.pk] = new.keys() - old.keys()
        taken_off[party.pk] = {key: old[key] for key in old.keys() - new.keys()}
    asked = {key: name for names in taken_off.values() for key, name in names.items()}
    deed = TAGGED if asked else UNTAGGED
    return retag(
        by,
        [party for party, _changes in undone],
        deed,
        asked,
        lambda party, held: (
            taken_off.get(party.pk, {}).keys() - held.keys(),
            put_on.get(party.pk, set()) & held.keys(),
        ),
    )
