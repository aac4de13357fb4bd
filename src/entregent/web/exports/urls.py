"""Addresses of this room."""

from django.urls import include, path

from . import views

urlpatterns = [path("", include(([path("", views.export, name="page")], "exports")))]
