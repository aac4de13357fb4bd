"""The toolbox beside a record: quick actions and menu."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.actions.tags.tools import ADD
from entregent.actions.toolbox.toolbox import Tool, shortcut_codes, tools_for
from entregent.directory.models import Party
from entregent.shell.icons import icon
from entregent.web.links import to, to_kind

from .chosen import Chosen

KEYS = 9


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A link to a tool; ``dialog``: whether it opens over the page, rather than as a page."""

    tool: Tool
    label: str
    url: str
    dialog: bool


def panel(by: Actor, party: Party) -> dict[str, str]:
    """Return the tools on a record's page (E4), as HTML: the ``quick`` ones, and the «Actions» ``menu``. No query.

    ``tag_url``: the form to add a tag; ``all_url``: the page of all tools; empty if the user may run none.
    """
    chosen = Chosen(by, party.kind, (party.pk,))
    links = {tool.code: link(tool, chosen, party) for tool in tools_for(by, party.kind, party)}
    quick = [links[code] for code in shortcut_codes(by) if code in links]
    return {
        "quick": SafeString("".join([_draw(one, number) for number, one in enumerate(quick, 1)])),
        "menu": SafeString("".join([_draw(one) for one in links.values() if one.tool.in_menu])),
        "tag_url": links[ADD.code].url if ADD.code in links else "",
        "all_url": f"{to(by, 'toolbox:all')}?{chosen.query_string}" if links else "",
        "shortcuts_url": to(by, "toolbox:shortcuts"),
    }


def _draw(one: ToolLink, number: int = 0) -> str:
    """Return a tool's HTML; ``number``: its place among the quick ones, the first nine of which have a shortcut.

    It uses no template, since a page has twenty tools.
    """
    dialog = " data-dialog" if one.dialog else ""
    more, key = ' class="danger"' if one.tool.danger and not number else "", ""
    if 0 < number <= KEYS:
        more = f' data-key="{number}" aria-keyshortcuts="Alt+{number}"'
        key = f' <kbd aria-hidden="true">{number}</kbd>'
    return f'<a href="{escape(one.url)}"{dialog}{more}>{icon(one.tool.icon)} {escape(one.label)}{key}</a>'


def link(tool: Tool, chosen: Chosen, party: Party | None = None) -> ToolLink:
    """Return the link of a tool for the chosen records, or to its own page if it has one."""
    by = chosen.by
    if tool.page and party:
        url, dialog = to_kind(by, party.kind, tool.page, party.pk), False
    else:
        url, dialog = f"{to(by, 'toolbox:run', tool.code)}?{chosen.query_string}", True
    return ToolLink(tool, label_of(by, tool, party.kind if party else ""), url, dialog)


def label_of(by: Actor, tool: Tool, kind: str = "") -> str:
    """Return a tool's label; for one open record of ``kind``, possibly with a noun («Supprimer le contact», B6)."""
    if not tool.of_one or not kind:
        return str(tool.label)
    return str(tool.of_one) % {"the": _("the contact") if kind == "p" else organisation_word(by.account).the}
