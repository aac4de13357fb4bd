"""What the import has besides the pages of every long run: a template to fill in."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.exchange import reporting
from entregent.web import downloads
from entregent.web.door import door


@door(Can.IMPORT, methods=("GET", "HEAD"))
def template(request: Request) -> HttpResponseBase:
    kind = "organisations" if request.GET.get("kind") == "organisations" else "contacts"
    name = f"{_('template')}-{_(kind)}"
    return downloads.download(reporting.template(request.by, kind), request.GET.get("format"), name)
