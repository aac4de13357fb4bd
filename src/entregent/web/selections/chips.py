"""A selection's conditions as short sentences, each with the address of the list without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.selections.selections import Selection
from entregent.directory.selections.sentences import said


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition: its ``sentence``, the address of the list ``without`` it, whether it is a ``nested`` filter."""

    sentence: str
    without: str
    nested: bool = False


def chips(by: Actor, selection: Selection, keep: Mapping[str, str] | None = None) -> list[Chip]:
    """Return a chip for the search's words and one for each condition.

    ``keep``: what the addresses hold besides, such as the open view.
    """
    found, keep = [], dict(keep or {})
    if selection.query:
        words = selection.params() | keep
        words.pop("q")
        found.append(Chip(_("Search: “%(words)s”") % {"words": selection.query}, address(words)))
    wrong = {problem.field: problem.message for problem in selection.problems_for(by)}
    for name, value in selection.conditions.items():
        sentence, readable = said(by, name, value)
        if readable and name in wrong:
            sentence = _("%(sentence)s: %(problem)s") % {"sentence": sentence, "problem": wrong[name]}
        found.append(Chip(sentence, address(selection.without(name).params() | keep), name == "f"))
    return found


def address(params: dict[str, str]) -> str:
    """Return the address of a list with these parameters, relative to the list."""
    return f"?{urlencode(params)}"
