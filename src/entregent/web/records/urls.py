"""Addresses of this room: ``CONTACTS`` and ``ORGANISATIONS`` are joined with the lists' in config/urls.py."""

from django.urls import URLPattern

CONTACTS: list[URLPattern] = []
ORGANISATIONS: list[URLPattern] = []
urlpatterns: list[URLPattern] = []
