"""Responses that download a file: CSV is streamed, XLSX is written in memory first."""

from collections.abc import Callable, Iterator
from io import BytesIO

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from entregent.exchange import reporting
from entregent.exchange.source import SourceFile

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(pieces: Iterator[bytes], name: str) -> HttpResponseBase:
    """Return a streamed response of the pieces as ``name.csv``."""
    return _named(StreamingHttpResponse(pieces, content_type=CSV_TYPE), f"{name}.csv")


def as_xlsx(write: Callable[[BytesIO], None], name: str) -> HttpResponseBase:
    """Return a response with the file that ``write`` fills, as ``name.xlsx``."""
    target = BytesIO()
    write(target)
    return _named(HttpResponse(target.getvalue(), content_type=XLSX_TYPE), f"{name}.xlsx")


def rows_to_mend(source: SourceFile, format: str | None) -> HttpResponseBase:
    """Return the rejected rows of a file, each with its reason, as CSV or XLSX."""
    name = f"{source.name.rsplit('.', 1)[0]}.rejets"
    if format == "csv":
        return as_csv(reporting.rejects_csv(source), name)
    return as_xlsx(lambda target: reporting.rejects_xlsx(source, target), name)


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
