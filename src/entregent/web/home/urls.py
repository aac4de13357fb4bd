"""The URL of «Accueil»."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [path("", include(([path("", views.home, name="page")], "home")))]
