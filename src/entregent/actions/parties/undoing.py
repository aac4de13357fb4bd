"""Undo a change of language."""

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import Undone, undoes

from .deeds import LANGUAGE_CHANGED
from .language import set_language


@undoes(LANGUAGE_CHANGED)
def _undo_language(by: Actor, undone: Undone) -> Outcome:
    """Restore each person's earlier language, unless it has been changed again since."""
    back = {
        person.pk: old for person, changes in undone for old, new in [changes["language"]] if person.language == new
    }
    outcome = set_language(
        by, [person for person, _changes in undone if person.pk in back], lambda person: back[person.pk]
    )
    outcome.same += len(undone) - len(back)
    return outcome
