"""URLs of this room."""

from django.urls import URLPattern, URLResolver, include, path

from . import jobs, shortcuts, views

TOOLBOX = [
    path("actions/", views.every_tool, name="all"),
    path("actions/<slug:code>/", views.run, name="run"),
    path("raccourcis/", shortcuts.shortcuts, name="shortcuts"),
]
JOBS = [path("<int:pk>/", jobs.job, name="page"), path("<int:pk>/annuler/", jobs.undo, name="undo")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((TOOLBOX, "toolbox"))),
    path("travaux/", include((JOBS, "jobs"))),
]
