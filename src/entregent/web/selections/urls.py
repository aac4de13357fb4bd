"""Addresses of the lists, of the search and of the suggestions.

``CONTACTS`` and ``ORGANISATIONS`` share their namespaces with ``web/parties``; config/urls.py joins them.
"""

from django.urls import URLPattern, URLResolver, include, path

from entregent.directory.kinds import KINDS

from . import builder, columns, search, suggestions, views
from . import saved_views as saved

CONTACTS, ORGANISATIONS = (
    [
        path("", views.parties, {"kind": kind}, name="list"),
        path("filtre/", builder.build, {"kind": kind}, name="filter"),
    ]
    for kind in KINDS
)
SUGGESTIONS = [
    path("organismes/", suggestions.organisations, name="organisations"),
    path("contacts/", suggestions.contacts, name="contacts"),
    path("balises/", suggestions.tags, name="tags"),
    path("fonctions/", suggestions.functions, name="functions"),
    path("competences/", suggestions.skills, name="skills"),
    path("villes/", suggestions.cities, name="cities"),
    path("listes/", suggestions.lists, name="lists"),
    path("telephone/", suggestions.phone, name="phone"),
]
VIEWS = [
    path("contacts/ajouter/", saved.new, {"kind": "p"}, name="new_of_contacts"),
    path("organismes/ajouter/", saved.new, {"kind": "o"}, name="new_of_organisations"),
    path("contacts/colonnes/", columns.choose, {"kind": "p"}, name="columns_of_contacts"),
    path("organismes/colonnes/", columns.choose, {"kind": "o"}, name="columns_of_organisations"),
    path("<int:pk>/modifier/", saved.edit, name="edit"),
    path("<int:pk>/mettre-a-jour/", saved.update, name="update"),
    path("<int:pk>/supprimer/", saved.delete, name="delete"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("recherche/", include(([path("", search.search, name="page")], "search"))),
    path("vues/", include((VIEWS, "views"))),
    path("suggestions/", include((SUGGESTIONS, "suggest"))),
]
