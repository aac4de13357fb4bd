"""The operator's console: addresses of this room, in the shared directory's account."""

from django.urls import URLPattern, URLResolver, include, path

from entregent.web.runs.urls import addresses

from .pages import SYNCS
from .views import accounts, corrections

SERVICE: list[URLPattern | URLResolver] = [
    path("comptes/", accounts.accounts, name="accounts"),
    path("comptes/ouvrir/", accounts.account_new, name="account_new"),
    path("synchronisation/", include(addresses(SYNCS))),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:correction>/", corrections.correction, name="correction"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((SERVICE, "service")))]
