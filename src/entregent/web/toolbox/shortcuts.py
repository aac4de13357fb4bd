"""«Modifier les raccourcis»: order, remove and add one's quick actions (E1)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.toolbox.toolbox import TOOLS, Tool, save_shortcuts, shortcut_codes
from entregent.shell.page import page, say
from entregent.web.door import door
from entregent.web.links import to


@door(Can.READ_CONTACTS, methods=("GET", "HEAD", "POST"))
def shortcuts(request: Request) -> HttpResponse:
    """Show the quick actions with buttons up, down and remove, and below them those that can be added."""
    by = request.by
    if request.method == "POST":
        _change(by, request.POST.get("do", ""))
        if request.POST.get("do") == "reset":
            say(request, _("The standard shortcuts are back."))
        return redirect(to(by, "toolbox:shortcuts"))
    codes = shortcut_codes(by)
    usable = [tool for tool in TOOLS.values() if _usable(by, tool)]
    chosen = [TOOLS[code] for code in codes if TOOLS[code] in usable]
    others = [tool for tool in usable if tool.code not in codes]
    return page(request, "web/toolbox/shortcuts.html", "lists", chosen=chosen, others=others)


def _usable(by: Actor, tool: Tool) -> bool:
    return tool.offered and any(tool.allowed(by, kind) for kind in tool.needs)


def _change(by: Actor, asked: str) -> None:
    """Take one step: ``up:tag``, ``down:tag``, ``remove:tag``, ``add:tag`` or ``reset``."""
    step, _, code = asked.partition(":")
    if step == "reset":
        save_shortcuts(by, None)
    if code not in TOOLS:
        return
    codes = shortcut_codes(by)
    if step == "add":
        codes.append(code)
    elif code in codes:
        index = codes.index(code)
        if step == "remove":
            codes.remove(code)
        elif step in ("up", "down"):
            codes.insert(max(index + (-1 if step == "up" else 1), 0), codes.pop(index))
    save_shortcuts(by, codes)
