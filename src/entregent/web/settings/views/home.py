"""The entry page of «Paramètres»."""

from django.http import HttpResponse
from django.shortcuts import redirect

from entregent.accounts.request import Request
from entregent.web.door import door
from entregent.web.subjects import subjects


@door()
def home(request: Request) -> HttpResponse:
    """Redirect to the first subject that the user may open."""
    return redirect(subjects(request.by)[0].url)
