"""The URLs of «Listes»."""

from django.urls import URLPattern, URLResolver, include, path

from . import index, making, members, several

LISTS = [
    path("", index.lists, name="list"),
    path("ajouter/", making.new, name="new"),
    path("deplacer/", several.move, name="move"),
    path("archiver/", several.archive, name="archive"),
    path("desarchiver/", several.unarchive, name="unarchive"),
    path("supprimer/", several.delete, name="delete"),
    path("<int:pk>/", members.page_of_list, name="page"),
    path("<int:pk>/organismes/", members.page_of_list, {"kind": "o"}, name="organisations"),
    path("<int:pk>/membres/", members.add, name="add"),
    path("<int:pk>/modifier/", making.edit, name="edit"),
    path("<int:pk>/dupliquer/", making.duplicate, name="duplicate"),
    path("<int:pk>/figer/", making.freeze, name="freeze"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((LISTS, "lists")))]
