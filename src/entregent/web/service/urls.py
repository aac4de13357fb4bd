"""The operator's console: addresses of this room, in the shared directory's account."""

from django.urls import URLPattern, URLResolver, include, path

from .views import accounts, corrections, syncs

SERVICE: list[URLPattern | URLResolver] = [
    path("comptes/", accounts.accounts, name="accounts"),
    path("comptes/ouvrir/", accounts.account_new, name="account_new"),
    path("synchronisation/", syncs.syncs, name="syncs"),
    path("synchronisation/<int:sync>/", syncs.show, name="sync"),
    path("synchronisation/<int:sync>/colonnes/", syncs.columns, name="sync_columns"),
    path("synchronisation/<int:sync>/revenir/", syncs.back, name="sync_back"),
    path("synchronisation/<int:sync>/appliquer/", syncs.run, name="sync_run"),
    path("synchronisation/<int:sync>/annuler/", syncs.undo, name="sync_undo"),
    path("synchronisation/<int:sync>/rejets/", syncs.rejects, name="sync_rejects"),
    path("synchronisation/<int:sync>/abandonner/", syncs.discard, name="sync_discard"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:correction>/", corrections.correction, name="correction"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((SERVICE, "service")))]
