"""Change the language of correspondence of one or many people."""

from collections.abc import Callable, Sequence

from entregent.accounts.actor import Actor
from entregent.actions.bulk.setting import change_each
from entregent.actions.frame import refuse_service
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.undoing import Undone, put_back, undoes
from entregent.directory.models import Party

from .deeds import LANGUAGE_CHANGED


def change_language(by: Actor, people: Sequence[Party], language: str) -> Outcome:
    """Set the language of people by its ISO 639-1 code. Raises ``Invalid``, ``PermissionDenied``."""
    return _set_language(by, people, lambda person: language)


def _set_language(by: Actor, people: Sequence[Party], wanted: Callable[[Party], str]) -> Outcome:
    refuse_service(people)
    return change_each(
        by,
        people,
        LANGUAGE_CHANGED,
        "language",
        lambda person, at: ({"language": wanted(person)}, [person.language, wanted(person)]),
    )


@undoes(LANGUAGE_CHANGED)
def _undo_language(by: Actor, undone: Undone) -> Outcome:
    """Restore each person's earlier language."""
    return put_back(by, undone, "language", _set_language)
