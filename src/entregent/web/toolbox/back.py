"""Where to go after an action: back to the page that it was opened from."""

from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from entregent.accounts.actor import Actor
from entregent.accounts.request import Request
from entregent.directory.models import Party
from entregent.web.links import to, to_kind

from .chosen import Chosen

OWN_PAGES = {"toolbox", "jobs"}


def back_from(request: Request, chosen: Chosen) -> str:
    """Return the URL of the previous page, if it is in the account and still exists; else the list's."""
    by, headers = request.by, request.headers
    listed = to_kind(by, chosen.kind or "p", "list")
    came_from: str = request.POST.get("back") or headers.get("HX-Current-URL") or headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return listed
    parts = urlsplit(str(came_from))
    try:
        match = resolve(parts.path)
    except Resolver404:
        return listed
    if match.kwargs.get("account") != by.account.slug or OWN_PAGES & set(match.namespaces):
        return listed
    if _is_gone(by, match):
        record = _under(chosen, match.kwargs["pk"])
        namespace = match.namespaces[0]
        return to(by, f"{namespace}:page", record) if record else to(by, f"{namespace}:list")
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_gone(by: Actor, match: ResolverMatch) -> bool:
    """Whether it is the page of a record that is in the bin or deleted for good."""
    if not match.namespaces or match.namespaces[0] not in ("contacts", "organisations") or "pk" not in match.kwargs:
        return False
    return not Party.readable.visible_to(by).with_id(match.kwargs["pk"]).exists()


def _under(chosen: Chosen, pk: int) -> int | None:
    """Return the shared record's id if ``pk`` is one of the chosen layers, which the action may have deleted."""
    return next((party.base_id for party in chosen.parties if party.pk == pk), None)
