"""Rename items of reference lists in stored searches, which refer to them by name."""

from collections.abc import Mapping
from typing import Any

from entregent.directory.models import ContactList, SavedView
from entregent.directory.selections.nested import Leaf, mapped, parse, write
from entregent.directory.selections.register import CONDITIONS
from entregent.kernel.errors import Bad


def rename_in_searches(code: str, old_key: str, name: str) -> None:
    """Rename an item in the account's dynamic lists and saved views."""
    for model in (ContactList, SavedView):
        for kept in model.objects.exclude(search={}):  # type: ignore[attr-defined]
            search = renamed(kept.search, code, old_key, name)
            if search != kept.search:
                model.objects.filter(pk=kept.pk).update(search=search)  # type: ignore[attr-defined]


def renamed(search: Mapping[str, Any], code: str, old_key: str, name: str) -> dict[str, Any]:
    """Return ``search`` with the item of key ``old_key`` in the reference list ``code`` called ``name``.

    What can't be read stays as it is: it finds nobody anyway.
    """

    def word(condition: str, value: str) -> str:
        found = CONDITIONS.get(condition)
        if found is None or found.input.items != code:
            return value
        try:
            return found.input.renamed(value, old_key, name)
        except Bad:
            return value

    found = {key: word(key, value) if isinstance(value, str) else value for key, value in search.items()}
    if nested := found.get("f"):
        try:
            found["f"] = write(mapped(parse(nested), lambda leaf: Leaf(leaf.name, word(leaf.name, leaf.value))))
        except Bad:
            return found
    return found
