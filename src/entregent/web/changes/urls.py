"""The URLs of «Ce qui a changé» and of proposed corrections."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

CHANGES: list[URLPattern | URLResolver] = [
    path("changements/", views.changes, name="page"),
    path("changements/courriel/", views.weekly, name="weekly"),
    path("changements/corrections/", views.proposals, name="proposals"),
    path("changements/corrections/<int:party>/", views.propose, name="propose"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((CHANGES, "changes")))]
