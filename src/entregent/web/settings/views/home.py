"""«Paramètres» itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from entregent.web.door import door

from ..subjects import subjects


@door()
def home(request: HttpRequest) -> HttpResponse:
    """The first subject that one may open."""
    return redirect(subjects(request.by)[0].url)
