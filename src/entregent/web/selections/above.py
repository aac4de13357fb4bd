"""What stands above a list: its conditions as short sentences, the links to add, import and export."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.kinds import KINDS
from entregent.directory.selections.asking import unmet
from entregent.directory.selections.selections import Selection
from entregent.directory.selections.sentences import said
from entregent.shell.frame import Link
from entregent.web.links import to
from entregent.web.words import adding


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
    wrong = {problem.field: problem.message for problem in selection.problems_for(by)}
    if selection.query:
        words = selection.params() | keep
        words.pop("q")
        sentence = _("Search: “%(words)s”") % {"words": selection.query}
        found.append(Chip(_explained(sentence, wrong.get("q")), address(words)))
    for name, value in selection.conditions.items():
        sentence, readable = said(by, name, value)
        remark = wrong.get(name) if wrong else unmet(by, name, value)
        told = _explained(sentence, remark if readable else None)
        found.append(Chip(told, address(selection.without(name).params() | keep), name == "f"))
    return found


def _explained(sentence: str, problem: str | None) -> str:
    """Return a condition's sentence, with what is wrong with it."""
    return _("%(sentence)s: %(problem)s") % {"sentence": sentence, "problem": problem} if problem else sentence


def address(params: dict[str, str]) -> str:
    """Return the address of a list with these parameters, relative to the list."""
    return f"?{urlencode(params)}"


def ways_in(by: Actor, kind: str = "p") -> list[Link]:
    """Return links to add and import records, as far as the role allows; those of ``kind`` first."""
    ways = [
        (Can.WRITE_CONTACTS, Link(adding(by, "p"), to(by, "contacts:new"), "user-plus")),
        (Can.IMPORT, Link(_("Import a file"), to(by, "imports:start"), "file-import")),
        (Can.WRITE_ORGANISATIONS, Link(adding(by, "o"), to(by, "organisations:new"), "building-plus")),
    ]
    if kind == "o":
        ways.reverse()
    return [link for can, link in ways if by.may(can)]


def doors(by: Actor, selection: Selection) -> list[Link]:
    """Return the buttons above a list: keep the search as a list, import, export."""
    links = []
    if by.may(Can.WRITE_LISTS) and selection.narrowed and not selection.problems_for(by):
        query = urlencode({"way": "search", "kind": selection.kind, "search": urlencode(selection.params())})
        links.append(Link(_("Save as a dynamic list"), f"{to(by, 'lists:new')}?{query}", "list-details"))
    if by.may(Can.IMPORT):
        links.append(Link(_("Import"), to(by, "imports:start"), "file-import"))
    if by.may(Can.EXPORT):
        query = urlencode({"kind": KINDS[selection.kind].many} | selection.params())
        links.append(Link(_("Export"), f"{to(by, 'exports:page')}?{query}", "download"))
    return links
