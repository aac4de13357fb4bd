"""Import: file, columns, preview, result. The page follows the import's state; the worker does the work."""

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
from entregent.exchange import intake, listing, reporting
from entregent.exchange.messages import unreadable_text
from entregent.exchange.models import Import
from entregent.formats.errors import Unreadable
from entregent.runs import cycle
from entregent.shell.page import page, say
from entregent.web import downloads
from entregent.web.door import add_problems, door
from entregent.web.links import to

from .forms import ReadingForm, UploadForm
from .showing import context_of

importing_door = door(Can.IMPORT, methods=("GET", "HEAD"))
posting_door = door(Can.IMPORT, methods=("POST",))


def import_or_404(request: Request, pk: int) -> Import:
    """One's own imports; an administrator's view is no wider: a file may hold what they may not see."""
    return get_object_or_404(Import, pk=pk, by=request.by.user_id)


def of_import(view: Callable[..., HttpResponseBase | None]) -> Callable[..., HttpResponseBase]:
    """Give the view the import that its address names, and come back to its page when it returns nothing."""

    @wraps(view)
    def found(request: Request, pk: int) -> HttpResponseBase:
        source = import_or_404(request, pk)
        return view(request, source) or redirect(to(request.by, "imports:page", pk))

    return found


@door(Can.IMPORT, methods=("GET", "HEAD", "POST"))
def start(request: Request) -> HttpResponse:
    form = UploadForm(request.by, request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            into = listing.asked(request.by, form.cleaned_data.get("into", ""))
            source: Import = intake.receive(request.by, file, file.name, form.cleaned_data["kind"])
            listing.keep(source, into)
            if source.read_as.kind == "vcard":  # its properties need no mapping
                cycle.start_check(request.by, source)
            return redirect(to(request.by, "imports:page", source.pk))
        except Unreadable as unreadable:
            form.add_error("file", unreadable_text(unreadable.code, unreadable.params))
        except Invalid as invalid:
            add_problems(form, invalid, {"list": "into"})
    earlier = Import.objects.filter(by=request.by.user_id).exclude(state=Import.State.DRAFT)[:20]
    drafts = Import.objects.filter(by=request.by.user_id, state=Import.State.DRAFT)[:5]
    return page(request, "web/imports/start.html", form=form, earlier=earlier, drafts=drafts)


@importing_door
def template(request: Request) -> HttpResponseBase:
    kind = "organisations" if request.GET.get("kind") == "organisations" else "contacts"
    name = f"{_('template')}-{_(kind)}"
    if request.GET.get("format") == "csv":
        return downloads.as_csv(reporting.template_csv(request.by, kind), name)
    return downloads.as_xlsx(lambda target: reporting.template_xlsx(request.by, kind, target), name)


@importing_door
@of_import
def show(request: Request, source: Import) -> HttpResponse:
    return page(request, "web/imports/page.html", part="state", **context_of(request, source))


@posting_door
@of_import
def columns(request: Request, source: Import) -> HttpResponse | None:
    if source.state not in (Import.State.DRAFT, Import.State.CHECKED):
        return None
    mapping = [request.POST.get(f"column-{index}", "ignore") for index in range(len(source.headers))]
    constants = {"function": request.POST.get("function", "").strip()} if source.kind == "contacts" else {}
    try:
        intake.map_columns(
            source,
            mapping,
            constants,
            request.POST.get("on_duplicate", "complete"),
            repair_zeros="repair_zeros" in request.POST,
            date_order=request.POST.get("date_order", source.date_order),
            tidy_names="tidy_names" in request.POST,
        )
    except ValueError:
        text = _("One of the columns goes to a field that does not exist. Choose it again.")
        say(request, text, level=messages.ERROR)
        return None
    if intake.missing_targets(source):
        return page(request, "web/imports/page.html", part="state", **context_of(request, source, refused=True))
    cycle.start_check(request.by, source)
    return None


@posting_door
@of_import
def reading(request: Request, source: Import) -> HttpResponse | None:
    """Read the file another way, or come back to the columns from the preview."""
    if source.state not in (Import.State.DRAFT, Import.State.CHECKED):
        return None
    context = context_of(request, source)
    form: ReadingForm = context["reading"]
    if request.POST.get("back") or not form.is_valid():
        Import.objects.filter(pk=source.pk, state=Import.State.CHECKED).update(state=Import.State.DRAFT)
        return None
    try:
        intake.reread(source, **form.cleaned_data)
    except Unreadable as unreadable:
        say(request, unreadable_text(unreadable.code, unreadable.params), level=messages.ERROR)
    return None


@posting_door
@of_import
def run(request: Request, source: Import) -> None:
    cycle.start_run(request.by, source)


@posting_door
@of_import
def stop(request: Request, source: Import) -> None:
    cycle.ask_stop(source)


@posting_door
@of_import
def resume(request: Request, source: Import) -> None:
    cycle.resume(request.by, source)


@posting_door
@of_import
def discard(request: Request, source: Import) -> HttpResponse | None:
    if not cycle.discard(source):
        return None
    say(request, _("The file is forgotten. Nothing was written."))
    return redirect(to(request.by, "imports:start"))


@importing_door
@of_import
def rejects(request: Request, source: Import) -> HttpResponseBase:
    return downloads.rows_to_mend(source, request.GET.get("format"))
