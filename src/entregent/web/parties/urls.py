"""URLs of this room; config/urls.py joins ``CONTACTS`` and ``ORGANISATIONS`` with those of the lists."""

from django.urls import URLPattern, URLResolver, include, path

from . import layer, pages, places, saving


def _of(kind: str) -> list[URLPattern]:
    """Return the addresses that contacts and organisations have alike."""
    return [
        path("ajouter/", saving.new[kind], name="new"),
        path("<int:pk>/", pages.overview, {"kind": kind}, name="page"),
        path("<int:pk>/modifier/", saving.edit[kind], name="edit"),
        path("<int:pk>/informations-personnelles/", layer.layer[kind], name="layer"),
        path("<int:pk>/informations-personnelles/retirer/", layer.remove[kind], name="layer_remove"),
        path("<int:pk>/visibilite/", pages.viewers_page, {"kind": kind}, name="viewers"),
        path("<int:pk>/historique/", pages.history, {"kind": kind}, name="history"),
    ]


CONTACTS = [
    *_of("p"),
    path("<int:pk>/fiche/", saving.sheet, name="sheet"),
    path("<int:pk>/vue-du-contact/", pages.as_contact, name="as_contact"),
    path("<int:pk>/organismes/", pages.positions, name="positions"),
]
ORGANISATIONS = [*_of("o"), path("<int:pk>/contacts/", pages.people, name="people")]
_PLACES = [
    path("contacts/<int:pk>/organismes/ajouter/", places.new, name="new"),
    path("fiches/<int:pk>/modifier/", places.edit, name="edit"),
    path("fiches/<int:pk>/clore/", places.close, name="close"),
    path("fiches/<int:pk>/supprimer/", places.delete, name="delete"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_PLACES, "positions")))]
