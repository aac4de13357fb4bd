"""The URLs of «Saisir»."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

_SAISIR = [
    path("", views.doors, name="page"),
    path("ajouter/", views.add, name="add"),
    path("modifier/", views.edit, name="edit"),
    path("informations-personnelles/", views.personal, name="personal"),
    path("supprimer/", views.delete, name="delete"),
    path("supprimer/contact/<int:pk>/", views.delete_party["p"], name="delete_contact"),
    path("supprimer/organisme/<int:pk>/", views.delete_party["o"], name="delete_organisation"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_SAISIR, "saisir")))]
