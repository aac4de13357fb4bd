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
    """Return the links to the subjects that ``by`` may open; ``here``: the name of the current one.

    The reference lists are in «Saisir», but some users look for them here.
    """
    offered = [
        ("settings:account", _("Account"), "building", Can.MANAGE_ACCOUNT),
        ("settings:users", _("Users"), "users", Can.MANAGE_USERS),
        ("settings:teams", _("Teams"), "users-group", Can.MANAGE_USERS),
        ("settings:roles", _("Roles and permissions"), "lock", Can.MANAGE_ROLES),
        ("settings:fields", _("Custom fields"), "forms", Can.WRITE_FIELDS),
        ("settings:events", _("Security log"), "history", Can.MANAGE_ACCOUNT),
        ("parametrage:home", _("Reference lists"), "list-details", Can.WRITE_ITEMS),
        ("settings:profile", _("My profile"), "user-circle", None),
        ("settings:visibility", _("Visibility of what I add"), "eye", None),
        ("settings:security", _("Security"), "shield-check", None),
        ("settings:tokens", _("API tokens"), "key", Can.USE_API),
    ]
    return [
        Link(label, to(by, name), icon, current=name == f"settings:{here}", apart=name == "settings:profile")
        for name, label, icon, need in offered
        if need is None or by.may(need)
    ]


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
