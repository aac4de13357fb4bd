"""The sentence of an entry, in the reader's language."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Door
from entregent.directory.items.uses import USES_COUNTED as COUNTED

from .deeds import deed_of
from .models import Entry

NONE: Mapping[str, int] = MappingProxyType({})

REPLACED = _("{actor} replaced {what} by {other}: {about}")
REPLACED_NOWHERE = _("{actor} replaced {what} by {other}")
"""The sentences about a replaced item of a reference list: with records, and if the reader sees none."""
UNDONE = _("{actor} undid “{deed}”: {about}")
UNDONE_THERE = _("{actor} undid “{deed}” ({what}): {about}")
"""The sentences of an undo: alone, and if the entry names something besides parties, such as a list."""

ITEMS: dict[str, Promise] = {
    "categories": _("the category {name}"),
    "functions": _("the function {name}"),
    "skills": _("the skill {name}"),
    "families": _("the family of organisations {name}"),
    "statuses": _("the status {name}"),
    "tags": _("the tag {name}"),
}
"""Reference list → the sentence part that names an item."""

DOORS: dict[Door, Promise | str] = {
    Door.PAGE: "",
    Door.API: _("through the API"),
    Door.IMPORT: _("by import"),
    Door.COMMAND: _("from the command line"),
    Door.SYSTEM: _("automatically"),
}
"""Interface → words; nothing for pages, the usual one."""

_WHAT = "file filename email name role team tag token list view item field format".split()
"""The data of an entry that its sentence names: the first that it has."""


def words(entry: Entry, names: list[str], more: int = 0, deed: str = "", numbers: Mapping[str, int] = NONE) -> str:
    """Return the sentence of an entry as plain text.

    ``names``: the names of parties that the reader may see; ``more``: how many others there are; ``deed``: that of
    one party if it differs from the entry's (in an import); ``numbers``: kind → number of parties, to count several
    instead of naming them.
    """
    return _say(str.format, entry, names, more, deed, numbers)


def html(
    entry: Entry, names: list[str], more: int = 0, deed: str = "", numbers: Mapping[str, int] = NONE
) -> SafeString:
    """Return the sentence as HTML; arguments as for ``words``. Names that are safe strings are not escaped."""
    return SafeString(_say(format_html, entry, names, more, deed, numbers))


def _say(
    put: Callable[..., str], entry: Entry, names: list[str], more: int, deed: str, numbers: Mapping[str, int]
) -> str:
    if sum(numbers.values()) > len(names[:1]):  # a single one is named, unless the first few were hidden
        names, more = _counts(numbers), 0
    shown = [*names, _others(more)] if more and names else names
    nobody = gettext("several records") if more else gettext("a deleted record")
    holes = put("\x00".join(["{}"] * len(shown)), *shown) if shown else nobody
    about = get_text_list(holes.split("\x00"), gettext("and"))
    actor = entry.by_name or gettext("Someone")
    undone = entry.data.get("undoes")
    done = deed_of(undone["deed"] if undone else deed or entry.deed)
    what, other = _what(entry.data), entry.data.get("other", "")
    sentence = done.says
    if undone:
        sentence = UNDONE_THERE if what else UNDONE
    elif other:
        sentence = REPLACED if shown else REPLACED_NOWHERE
    filled = {"what": what or "…", "other": other, "code": done, "deed": done.name}
    return put(str(sentence), actor=actor, about=_same(holes, about), **filled)


def _others(number: int) -> str:
    """Return «598 autres», after the names of the first parties."""
    return npgettext("besides those named", "{} other", "{} others", number).format(_capped(number))


def _counts(numbers: Mapping[str, int]) -> list[str]:
    """Return «26 contacts», «3 organismes»."""
    people, organisations = numbers.get("p", 0), numbers.get("o", 0)
    counted = (
        (people, ngettext("{} contact", "{} contacts", people)),
        (organisations, ngettext("{} organisation", "{} organisations", organisations)),
    )
    return [words.format(_capped(number)) for number, words in counted if number]


def _capped(number: int) -> str:
    """Return «26», or «1 000+» above the limit of counting."""
    return number_format(min(number, COUNTED), force_grouping=True) + ("+" if number > COUNTED else "")


def _same(model: str, text: str) -> str:
    """Return ``text``, marked as safe if ``model`` is."""
    return SafeString(text) if isinstance(model, SafeString) else text


def _what(data: dict[str, Any]) -> str:
    """Return what an entry names besides parties (a file, an address, a role), with its number of rows if any."""
    name = next((str(data[key]) for key in _WHAT if data.get(key)), "")
    if name and data.get("of") in ITEMS:
        name = str(ITEMS[data["of"]]).format(name=name)
    count = data.get("count", data.get("rows"))
    if isinstance(count, int):
        rows = ngettext("{} row", "{} rows", count).format(count)
        return f"{name} ({rows})" if name else rows
    return name


def door_words(entry: Entry) -> str:
    """Return the interface of an entry in words; ``""`` for a page."""
    return str(DOORS[Door(entry.door)])
