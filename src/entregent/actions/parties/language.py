"""Change the language of correspondence of one or many people."""

from collections.abc import Callable, Sequence

from entregent.accounts.actor import Actor
from entregent.actions.bulk.setting import set_columns
from entregent.actions.frame import act, fresh, twice_in_a_race
from entregent.actions.kinds import WRITE, needs
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.directory.models import Party

from .deeds import LANGUAGE_CHANGED


def change_language(by: Actor, people: Sequence[Party], code: str) -> Outcome:
    """Set the language of people by its ISO 639-1 code. Raises ``Invalid``, ``PermissionDenied``."""
    return set_language(by, people, lambda person: code)


@twice_in_a_race
def set_language(by: Actor, people: Sequence[Party], wanted: Callable[[Party], str]) -> Outcome:
    """Set each person's language to the one that ``wanted`` returns."""
    with act(by, LANGUAGE_CHANGED, *needs(WRITE, people)) as telling:
        held = fresh(people)
        done = set_columns(
            [
                (person, {"language": wanted(person)}, {"language": [person.language, wanted(person)]})
                for person in held
                if person.language != wanted(person)
            ],
            telling,
        )
    return Outcome(done, same=len(held) - len(done), undo=from_journal(telling))
