"""The URL of exports."""

from django.urls import include, path

from . import views

urlpatterns = [path("", include(([path("", views.export, name="page")], "exports")))]
