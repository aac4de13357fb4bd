"""Rename items of reference lists and choices of custom fields in stored searches, which refer to them by name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from entregent.directory.fields.custom_values import choice_codes
from entregent.directory.models import ContactList, CustomField, SavedView
from entregent.directory.parties.cards import CUSTOM
from entregent.directory.selections.asking import leaves_of, names_in
from entregent.directory.selections.inputs import NONE
from entregent.directory.selections.nested import Leaf, mapped, parse, write
from entregent.directory.selections.register import CONDITIONS
from entregent.kernel.errors import Bad

Word = Callable[[str, str], str]
"""The new value of a condition, of its name and old value. May raise ``Bad``: then the value stays."""


def rename_in_searches(code: str, old_key: str, name: str) -> None:
    """Rename an item in the account's dynamic lists and saved views."""
    _reword(lambda search: renamed(search, code, old_key, name))


def searches_naming(code: str, key: str) -> list[Any]:
    """Return the account's lists and saved views whose search names the item of this key; everywhere, all of them."""
    return [kept for kept in _kept() if (code, key) in names_in(kept.search)]


def renamed(search: Mapping[str, Any], code: str, old_key: str, name: str) -> dict[str, Any]:
    """Return ``search`` with the item of key ``old_key`` in the reference list ``code`` called ``name``."""

    def word(condition: str, value: str) -> str:
        found = CONDITIONS.get(condition)
        return found.input.renamed(value, old_key, name) if found and found.input.items == code else value

    return reworded(search, word)


def rename_choices_in_searches(before: CustomField, replace: Mapping[str, str]) -> None:
    """Name choices of a field by their codes, which stay when labels change, and those replaced by the others'.

    ``before``: the field with its choices until now. ``replace``: old code → new code.
    """

    def word(condition: str, value: str) -> str:
        if condition != CUSTOM + before.code or value in (NONE, "*"):
            return value
        return ";".join(dict.fromkeys(replace.get(code, code) for code in choice_codes(before, value)))

    _reword(lambda search: reworded(search, word))


def choices_asked(field: CustomField) -> set[str]:
    """Return the codes of the choices that the account's stored searches name."""
    return {code for kept in _kept() for leaf in leaves_of(kept.search) for code in _codes(field, leaf)}


def _codes(field: CustomField, leaf: Leaf) -> list[str]:
    try:
        return choice_codes(field, leaf.value) if leaf.name == CUSTOM + field.code else []
    except Bad:
        return []


def reworded(search: Mapping[str, Any], word: Word) -> dict[str, Any]:
    """Return ``search`` with the values of its conditions changed by ``word``.

    What can't be read stays as it is: it finds nobody anyway.
    """

    def new(condition: str, value: str) -> str:
        try:
            return word(condition, value)
        except Bad:
            return value

    found = {key: new(key, value) if isinstance(value, str) else value for key, value in search.items()}
    if nested := found.get("f"):
        try:
            found["f"] = write(mapped(parse(nested), lambda leaf: Leaf(leaf.name, new(leaf.name, leaf.value))))
        except Bad:
            return found
    return found


def _kept() -> Iterator[Any]:
    for model in (ContactList, SavedView):
        yield from model.objects.exclude(search={})  # type: ignore[attr-defined]


def _reword(change: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
    for kept in _kept():
        search = change(kept.search)
        if search != kept.search:
            type(kept).objects.filter(pk=kept.pk).update(search=search)
