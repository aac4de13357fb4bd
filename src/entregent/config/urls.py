"""Every address of the program; each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("service/style/", include("entregent.shell.urls")),
]
