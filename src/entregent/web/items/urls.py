"""The URLs of «Paramétrage»."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

_PARAMETRAGE = [
    path("", views.home, name="home"),
    path("<slug:what>/", views.listing, name="list"),
    path("<slug:what>/creer/", views.edit, name="new"),
    path("<slug:what>/choix/", views.proposed, name="choices"),
    path("<slug:what>/<int:pk>/modifier/", views.edit, name="edit"),
    path("<slug:what>/<int:pk>/supprimer/", views.delete, name="delete"),
    path("<slug:what>/<int:pk>/deplacer/", views.move, name="move"),
    path("<slug:what>/<int:pk>/masquer/", views.hide, name="hide"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_PARAMETRAGE, "parametrage")))]
