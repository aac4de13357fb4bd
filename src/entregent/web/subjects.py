"""The side menu of «Paramètres», and what its pages have in common."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.shell.frame import Link
from entregent.shell.page import page, say_at

from .door import attempt
from .links import to


def subjects(by: Actor, here: str = "") -> list[Link]:
    """Return the links to the subjects that ``by`` may open; ``here``: the name of the current one."""
    offered = [
        ("account", _("Account"), "building", Can.MANAGE_ACCOUNT),
        ("users", _("Users"), "users", Can.MANAGE_USERS),
        ("teams", _("Teams"), "users-group", Can.MANAGE_USERS),
        ("roles", _("Roles and permissions"), "lock", Can.MANAGE_ROLES),
        ("fields", _("Custom fields"), "forms", Can.WRITE_FIELDS),
        ("events", _("Security log"), "history", Can.MANAGE_ACCOUNT),
        ("profile", _("My profile"), "user-circle", None),
        ("visibility", _("Visibility of what I add"), "eye", None),
        ("security", _("Security"), "shield-check", None),
        ("tokens", _("API tokens"), "key", Can.USE_API),
    ]
    links = [
        Link(label, to(by, f"settings:{name}"), icon, current=name == here, apart=name == "profile")
        for name, label, icon, need in offered
        if need is None or by.may(need)
    ]
    if by.may(Can.WRITE_ITEMS):  # it is in «Saisir», but some users look for it here
        place = next(index for index, link in enumerate(links) if link.apart)
        links.insert(place, Link(_("Reference lists"), to(by, "parametrage:home"), "list-details"))
    return links


def settings_page(request: Request, subject: str, template: str, **context: Any) -> HttpResponse:
    """Render a template of ``subject`` with the side menu."""
    folder = "fields" if subject == "fields" else "settings"
    links = subjects(request.by, subject)
    return page(request, f"web/{folder}/{template}.html", subjects=links, **context)


def confirm(request: Request, *, back: str, do: Callable[[], Any], done: str, **words: Any) -> HttpResponse:
    """Ask for confirmation, then call ``do``. ``words``: heading, text, submit; ``back``: the address to return to.

    ``done``: the message shown afterwards.
    """
    refusal = ""
    if request.method == "POST":
        _result, refusal = attempt(do)
        if not refusal:
            return say_at(request, back, done)
    return page(request, "web/settings/confirm.html", back=back, refusal=refusal, **words)
