"""Responses that download a file: CSV is streamed, XLSX is written in memory first."""

from io import BytesIO

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from entregent.exchange import reporting
from entregent.exchange.models import Import, Remark
from entregent.exchange.reporting import Table
from entregent.exchange.source import SourceFile

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(table: Table, format: str | None, name: str) -> HttpResponseBase:
    """Return a table as the file ``name``, CSV or XLSX."""
    if format == "csv":
        return _named(StreamingHttpResponse(reporting.as_csv(table), content_type=CSV_TYPE), f"{name}.csv")
    target = BytesIO()
    reporting.as_xlsx(table, target)
    return _named(HttpResponse(target.getvalue(), content_type=XLSX_TYPE), f"{name}.xlsx")


def rows_to_mend(source: SourceFile, format: str | None, about: str | None = None) -> HttpResponseBase:
    """Return the rejected rows of a file, each with its reason; with ``about``, the remarks on those that came in."""
    name = source.name.rsplit(".", 1)[0]
    if isinstance(source, Import) and about in Remark.About.values:
        return download(reporting.told(source, about), format, f"{name}.{_('to check')}")
    return download(reporting.rejects(source), format, f"{name}.rejets")


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
