"""The toolbox beside a record: its quick actions, and all of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.actions.toolbox import Tool, shortcuts, tools_for
from entregent.directory.models import Party
from entregent.web.links import to
from entregent.web.words import organisation_word

from .chosen import Chosen


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A tool as a link: ``dialog`` when it opens over the page, else a page of its own."""

    code: str
    label: str
    icon: str
    url: str
    help: str = ""
    dialog: bool = True
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """What ``web/toolbox/panel.html`` draws. ``all``: every tool of the record, for its «Actions» menu."""

    quick: list[ToolLink]
    all: list[ToolLink]
    all_url: str
    shortcuts_url: str


def panel(by: Actor, party: Party) -> Panel:
    """The toolbox of a record, which is selected already (E4). One query."""
    chosen = Chosen(by, party.kind, (party.pk,))
    return Panel(
        quick=[link(tool, chosen, party) for tool in shortcuts(by, party.kind, party)],
        all=[link(tool, chosen, party) for tool in tools_for(by, party.kind, party)],
        all_url=f"{to(by, 'toolbox:all')}?{chosen.query_string}",
        shortcuts_url=to(by, "toolbox:shortcuts"),
    )


def link(tool: Tool, chosen: Chosen, party: Party | None = None) -> ToolLink:
    """A tool with those it would run on; one that has a page of its own leads there."""
    by = chosen.by
    if tool.page and party:
        url, dialog = to(by, tool.page[party.kind], party.pk), False
    else:
        url, dialog = f"{to(by, 'toolbox:run', tool.code)}?{chosen.query_string}", True
    label = label_of(by, tool, party.kind if party else "")
    return ToolLink(tool.code, label, tool.icon, url, str(tool.help), dialog, tool.danger)


def label_of(by: Actor, tool: Tool, kind: str = "") -> str:
    """A tool's label; deleting names what is deleted («Supprimer le contact», B6) where one is open."""
    if tool.code == "delete" and kind:
        return _("Delete %(the)s") % {"the": noun_of(by, kind)}
    return str(tool.label)


def noun_of(by: Actor, kind: str) -> str:
    """«le contact», «l’organisme»."""
    return _("the contact") if kind == "p" else organisation_word(by.account).the
