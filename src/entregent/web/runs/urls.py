"""The addresses of a use's pages."""

from collections.abc import Callable
from functools import partial, wraps

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from entregent.accounts.request import Request
from entregent.web.door import View, door

from . import views
from .files import FilePages
from .pages import Pages

READ, WRITE, BOTH = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")
OfRun = Callable[..., HttpResponseBase | None]
VIEWS: dict[str, tuple[str, OfRun, tuple[str, ...]]] = {
    "page": ("", views.show, READ),
    "back": ("revenir/", views.back, WRITE),
    "run": ("lancer/", views.go, WRITE),
    "stop": ("arreter/", views.stop, WRITE),
    "resume": ("reprendre/", views.resume, WRITE),
    "discard": ("abandonner/", views.discard, WRITE),
}
"""Name → the path after a run's id, the view, and the HTTP methods."""
OF_A_SET = {"check": ("verifier/", views.check, WRITE)}
OF_A_FILE: dict[str, tuple[str, OfRun, tuple[str, ...]]] = {
    "columns": ("colonnes/", views.columns, WRITE),
    "reading": ("lecture/", views.reading, WRITE),
    "rejects": ("lignes-a-corriger/", views.rejects, READ),
}
UNDO = {"undo": ("annuler/", views.undo, BOTH)}


def addresses(pages: Pages) -> list[URLPattern]:
    """Return the addresses of a use's views: those of a run, by its id, and the upload of a file."""
    every = VIEWS | (OF_A_FILE if isinstance(pages, FilePages) else OF_A_SET) | (UNDO if pages.use.undone else {})
    found = [
        path(
            f"<int:pk>/{pages.paths.get(name, usual)}",
            door(pages.use.opens, methods=methods)(_of_run(pages, view)),
            name=pages.name(name),
        )
        for name, (usual, view, methods) in every.items()
    ]
    if isinstance(pages, FilePages):
        start = door(pages.use.opens, methods=BOTH)(partial(views.start, pages=pages))
        found.append(path("", start, name=pages.name("start")))
    return found


def _of_run(pages: Pages, view: OfRun) -> View:
    """Pass the view the run that its address names; redirect to the run's page when it returns None."""

    @wraps(view)
    def found(request: Request, pk: int) -> HttpResponseBase:
        run = get_object_or_404(pages.use.runs(request.by).select_related("account"), pk=pk)
        return view(request, pages, run) or redirect(pages.address(request.by, "page", pk))

    return found
