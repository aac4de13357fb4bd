"""Export a selection as a file: choose the format, then download."""

from typing import Any
from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory.kinds import ORGANISATION, PERSON, Kind
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.exchange import exporting
from entregent.kernel.ids import read_ids
from entregent.shell.page import page
from entregent.web.door import door
from entregent.web.links import to_kind
from entregent.web.words import noun

FORMAT_CHOICES = {
    "csv": (_("CSV"), _("For a spreadsheet; can be imported again.")),
    "xlsx": (_("Excel (XLSX)"), _("For a spreadsheet, with every cell as text.")),
    "vcf": (_("Business cards (vCard)"), _("For phones and address books.")),
    "vcf4": (_("Business cards (vCard 4.0)"), _("For recent address books: with the language.")),
}
MANY_RECORDS = 500
"""From this number of records on, the page warns that it is a lot of personal data (std C32)."""


@door(Can.EXPORT)
def export(request: Request) -> HttpResponseBase:
    """The page that offers the formats, or with `format` the file. `?kind=organisations` and the list's filters."""
    kind = ORGANISATION if request.GET.get("kind") == ORGANISATION.many else PERSON
    selection = _selection(request, kind)
    problems = selection.problems_for(request.by)
    if request.GET.get("format") in exporting.FORMATS and not problems:
        return _file(request, selection)
    status = 422 if problems else 200
    return page(request, "web/exports/page.html", status=status, **_shown(request.by, kind, selection))


def _shown(by: Actor, kind: Kind, selection: Selection) -> dict[str, Any]:
    """Return what would be exported and how, for the template."""
    count = selection.parties(by).count()
    return {
        "kind": kind.many,
        "word": noun(by, kind.letter, count),
        "count": count,
        "narrowed": selection.narrowed,
        "many": MANY_RECORDS,
        "choices": FORMAT_CHOICES,
        "problem": " ".join(problem.message for problem in selection.problems_for(by)),
        "back": f"{to_kind(by, kind.letter, 'list')}?{urlencode(selection.params())}",
    }


def _selection(request: Request, kind: Kind) -> Selection:
    """Return the selection of the address: the list's filters, or the ticked rows in `id` parameters."""
    selection = Selection.read(kind.letter, params_in(request.GET))
    ids = frozenset(read_ids(request.GET.getlist("id")))
    return selection.of(ids) if ids else selection


def _file(request: Request, selection: Selection) -> StreamingHttpResponse:
    made = exporting.begin(request.by, selection, request.GET["format"])
    response = StreamingHttpResponse(exporting.pieces(made), content_type=exporting.FORMATS[made.format].media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return response
