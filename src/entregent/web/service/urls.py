"""The operator's console: addresses of this room, in the shared directory's account."""

from django.urls import URLPattern, URLResolver, include, path

from entregent.web.runs.urls import addresses

from . import views
from .pages import SYNCS

SERVICE: list[URLPattern | URLResolver] = [
    path("comptes/", views.accounts, name="accounts"),
    path("comptes/ouvrir/", views.account_new, name="account_new"),
    path("synchronisation/", include(addresses(SYNCS))),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<int:correction>/", views.correction, name="correction"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((SERVICE, "service")))]
