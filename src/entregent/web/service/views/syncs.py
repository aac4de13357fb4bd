"""«Synchronisation»: a file, its columns, what it would change, what it did, and the way back."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.messages import Invalid
from entregent.exchange import fields, intake
from entregent.exchange.messages import unreadable_text
from entregent.exchange.models import Sync
from entregent.exchange.reference.syncing import SYNC
from entregent.formats.errors import Unreadable
from entregent.runs import cycle
from entregent.shell.page import page, say
from entregent.web import downloads
from entregent.web.door import door
from entregent.web.links import to
from entregent.web.service.forms import FileForm
from entregent.web.service.showing import context_of

reading = door(Can.OPERATE)
posting = door(Can.OPERATE, methods=("POST",))
EARLIER = 20


def of_sync(view: Callable[..., HttpResponseBase | None]) -> Callable[..., HttpResponseBase]:
    """Give the view the sync that its address names, and come back to its page when it returns nothing."""

    @wraps(view)
    def found(request: Request, sync: int) -> HttpResponseBase:
        one: Sync = get_object_or_404(Sync.objects.select_related("account"), pk=sync)
        return view(request, one) or redirect(to(request.by, "service:sync", sync))

    return found


@door(Can.OPERATE, methods=("GET", "HEAD", "POST"))
def syncs(request: Request) -> HttpResponse:
    """Give a file; or open an earlier sync."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sync = SYNC.receive(request.by, file, file.name, form.cleaned_data["kind"])
            return redirect(to(request.by, "service:sync", sync.pk))
        except Unreadable as unreadable:
            form.add_error("file", unreadable_text(unreadable.code, unreadable.params))
    earlier = Sync.objects.select_related("by")[:EARLIER]
    return page(request, "web/service/syncs.html", form=form, earlier=earlier)


@reading
@of_sync
def show(request: Request, sync: Sync) -> HttpResponse:
    """The sync in its state: columns, progress, what it would change, what it did."""
    return page(request, "web/service/sync.html", part="state", **context_of(request, sync))


@posting
@of_sync
def columns(request: Request, sync: Sync) -> HttpResponse | None:
    """Keep what each column becomes, and compare."""
    if sync.state != Sync.State.DRAFT:
        return None
    mapping = [request.POST.get(f"column-{index}", fields.IGNORE) for index in range(len(sync.headers))]
    try:
        intake.map_columns(
            sync, mapping, {},
            repair_zeros="repair_zeros" in request.POST,
            date_order=request.POST.get("date_order", sync.date_order),
            tidy_names="tidy_names" in request.POST,
        )  # fmt: skip
        cycle.start_check(request.by, sync, complete="complete" in request.POST)
    except ValueError as refused:
        if not isinstance(refused, Invalid):
            text = _("One of the columns goes to a field that does not exist. Choose it again.")
            say(request, text, level=messages.ERROR)
            return None
        context = context_of(request, sync, missing=[problem.field for problem in refused.problems])
        return page(request, "web/service/sync.html", part="state", **context)
    return None


@posting
@of_sync
def run(request: Request, sync: Sync) -> HttpResponse | None:
    """Apply what was compared; a file that looks like half of one is asked about first."""
    try:
        cycle.start_run(request.by, sync, confirmed=request.POST.get("confirmed") == "1")
    except Invalid:
        return page(request, "web/service/sync.html", part="state", **context_of(request, sync, half=True))
    return None


@posting
@of_sync
def back(request: Request, sync: Sync) -> None:
    """Return to the columns."""
    cycle.reopen(sync)


@door(Can.OPERATE, methods=("GET", "POST"))
@of_sync
def undo(request: Request, sync: Sync) -> HttpResponse | None:
    """Take it back, once asked for."""
    if request.method == "POST":
        cycle.start_undo(request.by, sync)
        return None
    return page(request, "web/service/undo.html", sync=sync)


@reading
@of_sync
def rejects(request: Request, sync: Sync) -> HttpResponseBase:
    """The rows to mend, as a file to send again."""
    return downloads.rows_to_mend(sync, request.GET.get("format"))


@posting
@of_sync
def discard(request: Request, sync: Sync) -> HttpResponse | None:
    """Forget a file that was not applied."""
    if not cycle.discard(sync):
        return None
    say(request, _("The file is forgotten. Nothing was written."))
    return redirect(to(request.by, "service:syncs"))
