"""The toolbox beside a record: quick actions and menu."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.actions.tags.tools import ADD
from entregent.actions.toolbox.toolbox import Tool, shortcut_codes, tools_for
from entregent.directory.kinds import KINDS
from entregent.directory.models import Party
from entregent.shell.icons import icon
from entregent.web.links import to

from .chosen import Chosen

KEYS = 9


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A link to a tool; ``dialog``: whether it opens over the page, rather than as a page."""

    code: str
    label: str
    icon: str
    url: str
    help: str = ""
    dialog: bool = True
    danger: bool = False
    in_menu: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """The tools on a record's page, as HTML: the ``quick`` ones, and the «Actions» ``menu``.

    ``tag_url``: the form to add a tag; ``all_url``: the page of all tools; empty if the user may run none.
    """

    quick: SafeString
    menu: SafeString
    tag_url: str
    all_url: str
    shortcuts_url: str


def panel(by: Actor, party: Party) -> Panel:
    """Return the panel of a record (E4). No query."""
    chosen = Chosen(by, party.kind, (party.pk,))
    links = {tool.code: link(tool, chosen, party) for tool in tools_for(by, party.kind, party)}
    quick = [links[code] for code in shortcut_codes(by) if code in links]
    return Panel(
        quick=SafeString("".join([_draw_quick(number, one) for number, one in enumerate(quick, 1)])),
        menu=SafeString("".join([_draw_entry(one) for one in links.values() if one.in_menu])),
        tag_url=links[ADD.code].url if ADD.code in links else "",
        all_url=f"{to(by, 'toolbox:all')}?{chosen.query_string}" if links else "",
        shortcuts_url=to(by, "toolbox:shortcuts"),
    )


def _draw(one: ToolLink, more: str = "", key: str = "") -> str:
    """Return a tool's HTML. ``more``: further attributes; ``key``: HTML after the label.

    It uses no template, since a page has twenty tools.
    """
    dialog = " data-dialog" if one.dialog else ""
    return f'<a href="{escape(one.url)}"{dialog}{more}>{icon(one.icon)} {escape(one.label)}{key}</a>'


def _draw_entry(one: ToolLink) -> str:
    return _draw(one, ' class="danger"' if one.danger else "")


def _draw_quick(number: int, one: ToolLink) -> str:
    """Return a quick action's HTML; the first nine have a keyboard shortcut."""
    if number > KEYS:
        return _draw(one)
    keys = f' data-key="{number}" aria-keyshortcuts="Alt+{number}"'
    return _draw(one, keys, f' <kbd aria-hidden="true">{number}</kbd>')


def link(tool: Tool, chosen: Chosen, party: Party | None = None) -> ToolLink:
    """Return the link of a tool for the chosen records, or to its own page if it has one."""
    by = chosen.by
    if tool.page and party:
        url, dialog = to(by, f"{KINDS[party.kind].space}:{tool.page}", party.pk), False
    else:
        url, dialog = f"{to(by, 'toolbox:run', tool.code)}?{chosen.query_string}", True
    label = label_of(by, tool, party.kind if party else "")
    return ToolLink(tool.code, label, tool.icon, url, str(tool.help), dialog, tool.danger, tool.in_menu)


def label_of(by: Actor, tool: Tool, kind: str = "") -> str:
    """Return a tool's label; for one open record of ``kind``, possibly with a noun («Supprimer le contact», B6)."""
    return str(tool.of_one) % {"the": noun_of(by, kind)} if tool.of_one and kind else str(tool.label)


def noun_of(by: Actor, kind: str) -> str:
    """Return the noun with its article: «le contact», «l’organisme»."""
    return _("the contact") if kind == "p" else organisation_word(by.account).the
