"""The URLs of «Saisir»."""

from django.urls import URLPattern, URLResolver, include, path

from . import finding, views

_SAISIR = [
    path("", views.doors, name="page"),
    path("ajouter/", views.add, name="add"),
    path("modifier/", views.look, {"search": finding.EDIT}, name="edit"),
    path("informations-personnelles/", views.look, {"search": finding.PERSONAL}, name="personal"),
    path("supprimer/", views.look, {"search": finding.DELETE}, name="delete"),
    path("supprimer/contact/<int:pk>/", views.delete_party["p"], name="delete_contact"),
    path("supprimer/organisme/<int:pk>/", views.delete_party["o"], name="delete_organisation"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_SAISIR, "saisir")))]
