"""What every page's door does: the permission, and the way from an address to a record."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.reading import find
from entregent.kernel.errors import Bad

View = Callable[..., HttpResponseBase]


def door(*needs: Can, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """A page of an account: who lacks one of ``needs`` gets 403. Never kept by a browser (std E25).

    The view carries ``needs``, which tests/laws/test_urls.py holds against its table.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args, **kwargs) -> HttpResponseBase:
            if request.by is None:  # the first word belongs to the program, as «dav» does, and leads nowhere yet
                raise Http404
            request.by.require(*needs)
            try:
                return view(request, *args, **kwargs)
            except Bad as bad:
                raise BadRequest(bad.code) from bad  # a damaged address: a cursor that is none

        wrapped = never_cache(require_http_methods(list(methods))(checked))
        wrapped.needs = needs  # type: ignore[attr-defined]
        return wrapped

    return wrap


def party_or_404(by: Actor, pk: int, kind: str) -> Party:
    """The one way from an address to a record: what ``by`` may not see is not there (B3)."""
    party = find(by, pk)
    if party is None or party.kind != kind:
        raise Http404
    return party


def add_problems(form, invalid: Invalid, names: dict[str, str] | None = None) -> None:
    """Put what an action refused beside the fields it concerns; ``names``: the action's field → the form's."""
    for problem in invalid.problems:
        name = (names or {}).get(problem.field, problem.field)
        form.add_error(name if name in form.fields else None, problem.message)


def saved(form: forms.BaseForm, do: Callable[[], Any], names: dict[str, str] | None = None) -> Any:
    """What ``do`` returns when the form holds and nothing was refused, else None with the problems in the form.

    True where ``do`` returns nothing. ``names``: as of ``add_problems``.
    """
    if not form.is_valid():
        return None
    try:
        done = do()
    except Invalid as invalid:
        add_problems(form, invalid, names)
        return None
    return True if done is None else done
