"""What every view needs: the check of permissions, the look-up of records, wrong cursors, errors of forms."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.frame import Conflict
from entregent.actions.kinds import DELETE
from entregent.directory.messages import Invalid, problem_of
from entregent.directory.models import Party
from entregent.directory.parties.reading import find
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id
from entregent.shell.page import page, say_at

from .refusing import refused

View = Callable[..., HttpResponseBase]

MORE = "more"
"""The name of the buttons that add a row to a set: the form is shown again with the row, without saving."""


class InBin(Http404):
    """A record that is in the bin: its pages say so, and offer to restore it."""

    def __init__(self, party: Party) -> None:
        super().__init__()
        self.party = party


def door(*needs: Can, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Decorate a view of an account: 403 for users who lack one of ``needs``.

    A refusal that the view doesn't handle is told to the user, on the page they came from.

    The view gets the attribute ``needs``, which tests/laws/test_urls.py compares with its table.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args, **kwargs) -> HttpResponseBase:
            if request.by is None:  # the slug is a reserved word of the program, such as «dav»
                raise Http404
            request.by.require(*needs)
            try:
                return view(request, *args, **kwargs)
            except Bad as bad:
                raise BadRequest(bad.code) from bad  # a damaged address, such as a wrong cursor
            except Invalid as invalid:
                return refused(request, " ".join(problem.message for problem in invalid.problems))
            except Conflict:
                return refused(request, _("Someone has changed this record meanwhile. Look at it as it is now."))
            except InBin as found:
                return in_bin(request, found.party)

        wrapped = require_http_methods(list(methods))(checked)
        wrapped.needs = needs  # type: ignore[attr-defined]
        return wrapped

    return wrap


def party_or_404(by: Actor, pk: int, kind: str) -> Party:
    """Return a record of this kind that ``by`` may see; 404 otherwise (B3). All views get records through it.

    What is in the bin is a 404 too, but says so.
    """
    party = find(by, pk)
    if party is not None and party.kind == kind:
        return party
    if binned := Party.objects.in_bin_of(by).filter(pk=pk, kind=kind).select_related("binned_by").first():
        raise InBin(binned)
    raise Http404


def in_bin(request: Request, party: Party, status: int = 404) -> HttpResponse:
    """Show that a record is in the bin, since when and by whom, with «Restaurer» for those who may."""
    until = request.by.account.bin_keeps(party.binned_at or timezone.now())
    may_restore = request.by.may(DELETE[party.kind])
    context: dict[str, Any] = {"party": party, "until": until, "may_restore": may_restore}
    return page(request, "web/bin/record.html", status=status, **context)


def to_first_page(request: Request, bad: Bad, url: str) -> HttpResponse:
    """Say that the cursor in the address can't be read, and redirect to the first page of the list, ``url``."""
    return say_at(request, url, problem_of("cursor", bad).message, level=messages.WARNING)


def is_sent(request: Request) -> bool:
    """Whether a form was sent to be saved, rather than to get another row."""
    return request.method == "POST" and MORE not in request.POST


def data_of(request: Request, most: int) -> QueryDict | None:
    """Return the data that was sent; with ``more=phones``, with one more row of phones, but not over ``most``."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    name = f"{data.get(MORE)}-TOTAL_FORMS"
    if (count := read_id(data.get(name))) is not None:
        data[name] = str(min(count + 1, most))
    return data


def status_of(form: forms.BaseForm) -> int:
    """Return the status of a page with a form: 422 when it shows what was refused."""
    return 422 if form.is_bound and form.errors else 200


def add_problems(form, invalid: Invalid, names: dict[str, str] | None = None) -> None:
    """Show the problems of an action beside the form's fields; ``names``: the action's field → the form's."""
    for problem in invalid.problems:
        name = (names or {}).get(problem.field, problem.field)
        form.add_error(name if name in form.fields else None, problem.message)


def attempt(do: Callable[[], Any]) -> tuple[Any, str]:
    """Call ``do``. Return its result and "", or None and the sentences of its problems if it raises ``Invalid``."""
    try:
        return do(), ""
    except Invalid as invalid:
        return None, " ".join(problem.message for problem in invalid.problems)


def saved(form: forms.BaseForm, do: Callable[[], Any], names: dict[str, str] | None = None) -> Any:
    """Call ``do`` if the form is valid. Return its result, or True if that is None.

    Return None, with the problems in the form, if the form is invalid or ``do`` raises ``Invalid``. ``names``: as for
    ``add_problems``.
    """
    if not form.is_valid():
        return None
    try:
        done = do()
    except Invalid as invalid:
        add_problems(form, invalid, names)
        return None
    return True if done is None else done
