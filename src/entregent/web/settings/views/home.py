"""«Paramètres» itself."""

from django.http import HttpResponse
from django.shortcuts import redirect

from entregent.accounts.request import Request
from entregent.web.door import door
from entregent.web.subjects import subjects


@door()
def home(request: Request) -> HttpResponse:
    """The first subject that one may open."""
    return redirect(subjects(request.by)[0].url)
