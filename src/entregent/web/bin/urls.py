"""The URL of «Corbeille»."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

BIN = [path("", views.bin_list, name="list")]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((BIN, "bin")))]
