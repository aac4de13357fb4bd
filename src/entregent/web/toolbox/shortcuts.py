"""«Modifier les raccourcis»: order, remove and add one's quick actions (E1)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.toolbox.toolbox import TOOLS, save_shortcuts, shortcut_codes
from entregent.shell.page import page, say
from entregent.web.door import door
from entregent.web.steps import stepped


@door(Can.READ_CONTACTS, methods=("GET", "HEAD", "POST"))
def shortcuts(request: Request) -> HttpResponse:
    """Show the quick actions with buttons up, down and remove, and below them those that can be added."""
    by = request.by
    codes = shortcut_codes(by)
    if request.method == "POST":
        after = stepped(codes, request.POST.get("do", ""), TOOLS)
        if after != codes:
            save_shortcuts(by, after)
        if after is None:
            say(request, _("The standard shortcuts are back."))
        return redirect(request.path)
    usable = [tool for tool in TOOLS.values() if tool.offered and any(tool.allowed(by, kind) for kind in tool.needs)]
    chosen = [TOOLS[code] for code in codes if TOOLS[code] in usable]
    others = [tool for tool in usable if tool.code not in codes]
    return page(request, "web/toolbox/shortcuts.html", "lists", chosen=chosen, others=others)
