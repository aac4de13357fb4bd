"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from entregent.web.runs.urls import addresses

from . import views
from .pages import IMPORTS

patterns: list[URLPattern | URLResolver] = [
    path("modele/", views.template, name="template"),
    *addresses(IMPORTS),
]

urlpatterns = [path("", include((patterns, "imports")))]
