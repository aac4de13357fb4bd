"""URLs of this room; config/urls.py joins ``CONTACTS`` and ``ORGANISATIONS`` with those of the lists."""

from django.urls import URLPattern, URLResolver, include, path

from . import layer, pages, places, saving, sheet, viewers

CONTACTS: list[URLPattern] = [
    path("ajouter/", saving.new["p"], name="new"),
    path("<int:pk>/", pages.overview, {"kind": "p"}, name="page"),
    path("<int:pk>/modifier/", saving.edit["p"], name="edit"),
    path("<int:pk>/informations-personnelles/", layer.layer["p"], name="layer"),
    path("<int:pk>/informations-personnelles/retirer/", layer.remove["p"], name="layer_remove"),
    path("<int:pk>/visibilite/", viewers.viewers_page["p"], name="viewers"),
    path("<int:pk>/fiche/", sheet.sheet, name="sheet"),
    path("<int:pk>/vue-du-contact/", pages.as_contact, name="as_contact"),
    path("<int:pk>/organismes/", pages.positions, name="positions"),
    path("<int:pk>/historique/", pages.history, {"kind": "p"}, name="history"),
]
ORGANISATIONS: list[URLPattern] = [
    path("ajouter/", saving.new["o"], name="new"),
    path("<int:pk>/", pages.overview, {"kind": "o"}, name="page"),
    path("<int:pk>/modifier/", saving.edit["o"], name="edit"),
    path("<int:pk>/informations-personnelles/", layer.layer["o"], name="layer"),
    path("<int:pk>/informations-personnelles/retirer/", layer.remove["o"], name="layer_remove"),
    path("<int:pk>/visibilite/", viewers.viewers_page["o"], name="viewers"),
    path("<int:pk>/contacts/", pages.people, name="people"),
    path("<int:pk>/historique/", pages.history, {"kind": "o"}, name="history"),
]
_PLACES = [
    path("contacts/<int:pk>/organismes/ajouter/", places.new, name="new"),
    path("fiches/<int:pk>/modifier/", places.edit, name="edit"),
    path("fiches/<int:pk>/clore/", places.close, name="close"),
    path("fiches/<int:pk>/supprimer/", places.delete, name="delete"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_PLACES, "positions")))]
