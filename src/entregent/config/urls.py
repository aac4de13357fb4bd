"""The root URL configuration; each room defines its own URLs."""

from django.urls import URLPattern, URLResolver, include, path

from entregent.api.app import api
from entregent.api.docs import docs
from entregent.web.parties import urls as records
from entregent.web.selections import urls as browse

ACCOUNT = [
    path("", include("entregent.web.home.urls")),
    path("", include("entregent.web.selections.urls")),
    path("contacts/", include((browse.CONTACTS + records.CONTACTS, "contacts"))),
    path("organismes/", include((browse.ORGANISATIONS + records.ORGANISATIONS, "organisations"))),
    path("", include("entregent.web.parties.urls")),
    path("listes/", include("entregent.web.lists.urls")),
    path("infobox/", include("entregent.web.infobox.urls")),
    path("", include("entregent.web.toolbox.urls")),
    path("corbeille/", include("entregent.web.bin.urls")),
    path("saisir/parametrage/", include("entregent.web.items.urls")),
    path("saisir/", include("entregent.web.saisir.urls")),
    path("import/", include("entregent.web.imports.urls")),
    path("export/", include("entregent.web.exports.urls")),
    path("parametres/", include("entregent.web.settings.urls")),
    path("", include("entregent.web.changes.urls")),
    path("", include("entregent.web.service.urls")),
]

handler500 = "entregent.web.errors.failure"
handler429 = "entregent.web.errors.too_many"  # allauth's

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entregent.web.sign_in.urls")),
    path("service/style/", include("entregent.shell.urls")),
    path("api/v1/docs", docs, name="api_docs"),
    path("api/v1/", api.urls),
    path("<slug:account>/", include(ACCOUNT)),
]
