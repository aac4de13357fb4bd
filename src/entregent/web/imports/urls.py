"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

patterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("modele/", views.template, name="template"),
    path("<int:pk>/", views.show, name="page"),
    path("<int:pk>/colonnes/", views.columns, name="columns"),
    path("<int:pk>/lecture/", views.reading, name="reading"),
    path("<int:pk>/lancer/", views.run, name="run"),
    path("<int:pk>/arreter/", views.stop, name="stop"),
    path("<int:pk>/reprendre/", views.resume, name="resume"),
    path("<int:pk>/abandonner/", views.discard, name="discard"),
    path("<int:pk>/lignes-a-corriger/", views.rejects, name="rejects"),
]

urlpatterns = [path("", include((patterns, "imports")))]
