"""Links above a list: add, import, export."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.kinds import KINDS
from entregent.directory.selections.selections import Selection
from entregent.shell.frame import Link
from entregent.web.links import to
from entregent.web.words import adding


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
