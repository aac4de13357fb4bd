"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from entregent.web.runs.urls import addresses

from .pages import IMPORTS, template

patterns: list[URLPattern | URLResolver] = [
    path("modele/", template, name="template"),
    *addresses(IMPORTS),
]

urlpatterns = [path("", include((patterns, "imports")))]
