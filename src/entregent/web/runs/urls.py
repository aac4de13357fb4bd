"""The addresses of a use's pages."""

from collections.abc import Callable
from functools import wraps

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from entregent.accounts.request import Request
from entregent.web.door import View, door

from . import file_views, views
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
    "columns": ("colonnes/", file_views.columns, WRITE),
    "reading": ("lecture/", file_views.reading, WRITE),
    "rejects": ("lignes-a-corriger/", file_views.rejects, READ),
}
UNDO = {"undo": ("annuler/", views.undo, BOTH)}


def addresses(pages: Pages) -> list[URLPattern]:
    """Return the addresses of a use's views: those of a run, by its id, and the upload of a file."""
    of_file = isinstance(pages, FilePages)
    every = VIEWS | (OF_A_FILE if of_file else OF_A_SET) | (UNDO if pages.use.undone else {})
    found = [
        path(
            f"<int:pk>/{pages.paths.get(name, usual)}",
            _door(pages, methods)(_of_run(pages, view)),
            name=pages.name(name),
        )
        for name, (usual, view, methods) in every.items()
    ]
    if of_file:
        found.append(path("", _door(pages, BOTH)(_of_pages(pages, file_views.start)), name=pages.name("start")))
    return found


def _door(pages: Pages, methods: tuple[str, ...]) -> Callable[[View], View]:
    return door(pages.use.opens, methods=methods)


def _of_pages(pages: Pages, view: View) -> View:
    @wraps(view)
    def found(request: Request) -> HttpResponseBase:
        return view(request, pages)

    return found


def _of_run(pages: Pages, view: OfRun) -> View:
    """Pass the view the run that its address names; redirect to the run's page when it returns None."""

    @wraps(view)
    def found(request: Request, pk: int) -> HttpResponseBase:
        run = get_object_or_404(pages.use.runs(request.by).select_related("account"), pk=pk)
        return view(request, pages, run) or redirect(pages.address(request.by, "page", pk))

    return found
