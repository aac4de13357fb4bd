"""Addresses of the lists, of the search and of the suggestions.

``CONTACTS`` and ``ORGANISATIONS`` share their namespaces with the room ``records``; config/urls.py joins them.
"""

from django.urls import URLPattern

CONTACTS: list[URLPattern] = []
ORGANISATIONS: list[URLPattern] = []
urlpatterns: list[URLPattern] = []
