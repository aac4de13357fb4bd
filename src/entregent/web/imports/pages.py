"""«Importer», as the pages of a long run: its words and its parts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.accounts.request import Request
from entregent.exchange import listing
from entregent.exchange.custom_columns import offered
from entregent.exchange.importing import IMPORT
from entregent.exchange.models import Import
from entregent.web.runs.files import FilePages
from entregent.web.runs.pages import State
from entregent.web.words import figure

from . import showing
from .forms import ON_DUPLICATE, UploadForm


class ImportPages(FilePages[Import]):
    use = IMPORT
    room, start = "imports", "imports:start"
    start_template = "web/imports/start.html"
    about, options = "web/imports/about.html", "web/imports/options.html"
    report, more_buttons = "web/imports/result.html", "web/imports/more_buttons.html"

    title = gettext_lazy("Import")
    steps_label = gettext_lazy("Steps of the import")
    start_heading = gettext_lazy("Import a file")
    start_hint = gettext_lazy("The columns are guessed; you can correct them on the next page.")
    earlier_heading = gettext_lazy("Earlier imports")
    check_hint = gettext_lazy("The next page shows what will happen, and writes nothing.")
    check = gettext_lazy("See the preview")
    missing = gettext_lazy("No column gives: %(fields)s. Choose it below; a row can't be kept without it.")
    progress = {
        State.CHECKING: gettext_lazy("Checking the file"),
        State.RUNNING: gettext_lazy("Import in progress"),
    }
    stays = gettext_lazy("What was imported before stays; the rest of the file was not read.")
    done = gettext_lazy("The import is done.")
    nothing = gettext_lazy("No row of this file adds anything.")
    again = gettext_lazy("Import another file")
    words = {
        State.DRAFT: gettext_lazy("not imported yet"),
        State.CHECKED: gettext_lazy("checked, not imported yet"),
        State.FAILED: gettext_lazy("interrupted"),
    }

    def heading(self, run: Import) -> str:
        return _("Import contacts") if run.kind == "contacts" else _("Import organisations")

    def form(self, request: Request) -> UploadForm:
        return UploadForm(request.by, request.POST or None, request.FILES or None)

    def receive(self, request: Request, form: Any) -> Import:
        into = listing.asked(request.by, form.cleaned_data.get("into", ""))
        source = super().receive(request, form)
        listing.keep(source, into)
        return source

    def constants(self, request: Request, run: Import) -> dict[str, str]:
        return {"function": request.POST.get("function", "").strip()} if run.kind == "contacts" else {}

    def choices(self, request: Request, run: Import) -> dict[str, Any]:
        on_duplicate = request.POST.get("on_duplicate", Import.OnDuplicate.COMPLETE)
        return super().choices(request, run) | {"on_duplicate": on_duplicate}

    def targets(self, request: Request, run: Import) -> Any:
        return offered(request.by, run.kind)

    def word(self, run: Import) -> str:
        if run.state == State.DONE:
            return ngettext("done, %(rows)s row", "done, %(rows)s rows", run.rows_done) % {
                "rows": figure(run.rows_done)
            }
        return super().word(run)

    def context(self, request: Request, run: Import, **more: Any) -> dict[str, Any]:
        asks = run.kind == "contacts" and "function" not in run.mapping
        own = {"into": showing.into(request, run), "on_duplicate": ON_DUPLICATE, "asks_function": asks}
        return super().context(request, run, **more) | own

    def reported(self, request: Request, run: Import) -> dict[str, Any]:
        return showing.counts(run) | showing.rejects(run)


IMPORTS = ImportPages()
