"""The changes of an entry, field by field, as one reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.permissions import Can
from entregent.directory.fields.custom import definitions
from entregent.directory.fields.custom_values import show
from entregent.directory.fields.field_types import Addresses, Day, Language
from entregent.directory.fields.register import CUSTOM, FIELDS, names_of
from entregent.directory.models import Party
from entregent.directory.selections.inputs import reader_language
from entregent.kernel.languages import language_name
from entregent.shell.dates import written

from .labels import LABELS, VISIBILITY

Changes = dict[str, list]
SENSITIVE = "custom"
"""The name that replaces sensitive fields that the reader may not see."""
UNSAID = frozenset({"list"})
"""Changes stored only for undoing; they are not shown, since the sentence names the list to those who may see it."""
_OPERATORS = frozenset({field.name for field in FIELDS if field.operators} | {"shared_with"})
_LINES = frozenset({"position"} | {field.name for field in FIELDS if isinstance(field.type, Addresses)})
_LANGUAGES = frozenset(names_of("p", Language))
_DAYS = frozenset({"since", "until", "retired_at", *names_of("p", Day)})
_FALLS_WITH_ORGANISATION = ("organisation", "function", "position")


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one field: its label, and its old and new value in words (``""``: empty)."""

    field: str
    label: str
    old: str
    new: str


class Reader:
    """Puts changes into words for ``by``; what they name is looked up for all ``several`` at once.

    Organisations that are deleted or that ``by`` may not see are not named, nor a person's position there (B3).
    """

    def __init__(self, by: Actor, several: Iterable[Changes]) -> None:
        pairs = [(name, value) for changes in several for name, pair in changes.items() for value in pair]
        organisations = {one["id"] for _name, value in pairs for one in references(value)}
        shares = {word for name, value in pairs if name == "shared_with" for word in value or []}
        shares |= {value for name, value in pairs if name == "assigned_to" and value}
        seen = Party.readable.seen_by(by).filter(pk__in=organisations)
        self._seen = set(seen.values_list("pk", flat=True))
        self._shares = _share_names(shares) if shares else {}
        self._by = by
        custom = any(name.startswith(CUSTOM) for name, _value in pairs)
        self._fields = definitions(by.account) if custom else {}

    def known(self, changes: Changes) -> Changes:
        """Return the changes that the reader may see, with references replaced by names."""
        changes = self._without_sensitive({name: pair for name, pair in changes.items() if _is_said(name, pair)})
        pairs = {name: [self._plain(name, value) for value in pair] for name, pair in changes.items()}
        for name in [name for name, pair in changes.items() if any(map(_is_several, pair)) and not any(pairs[name])]:
            del pairs[name]
        if any(is_reference(value) and value["id"] not in self._seen for pair in changes.values() for value in pair):
            return {name: pair for name, pair in pairs.items() if name not in _FALLS_WITH_ORGANISATION}
        return pairs

    def words(self, changes: Changes) -> list[Change]:
        """Return the changes that the reader may see, in words, in the current language."""
        return [self._in_words(name, old, new) for name, (old, new) in self.known(changes).items()]

    def _in_words(self, name: str, old: Any, new: Any) -> Change:
        if name == SENSITIVE:
            return Change(name, self.label(name), "", _("changed"))
        before = self.in_words(name, old) if old != new else ""
        return Change(name, self.label(name), before, self.in_words(name, new))

    def label(self, name: str) -> str:
        """Return the label of a built-in or custom field."""
        field = self._fields.get(name.removeprefix(CUSTOM)) if name.startswith(CUSTOM) else None
        return field.label if field else str(LABELS.get(name, name))

    def in_words(self, name: str, value: Any) -> str:
        """Return a value of a built-in or custom field in words."""
        field = self._fields.get(name.removeprefix(CUSTOM)) if name.startswith(CUSTOM) else None
        return show(field, value, self._by.account.country) if field else in_words(name, value)

    def _without_sensitive(self, changes: Changes) -> Changes:
        """Replace changes of sensitive fields: others only learn that one was changed, not which or how (std A57)."""
        if not self._fields or self._by.may(Can.READ_SENSITIVE):
            return changes
        secret = {CUSTOM + code for code, field in self._fields.items() if field.sensitive}
        if secret.isdisjoint(changes):
            return changes
        return {name: pair for name, pair in changes.items() if name not in secret} | {SENSITIVE: [None, None]}

    def _plain(self, name: str, value: Any) -> Any:
        if is_reference(value):
            return value["name"]
        if _is_several(value):
            return [one["name"] for one in value if one["id"] in self._seen]
        if name == "shared_with":
            return [self._shares.get(word, "…") for word in value or []]
        if name == "assigned_to" and value:
            return self._shares.get(value, "…")
        return value


def alike(several: Sequence[Changes]) -> Changes:
    """Return the changes that all of ``several`` records have in common.

    For lists: the items that all gained or lost; else the new value that all got, with the old one if common.
    """
    found: Changes = {}
    for name in [name for name in several[0] if all(name in each for each in several)] if several else ():
        olds, news = zip(*(each[name] for each in several), strict=True)
        if any(isinstance(value, list) for value in (*olds, *news)):
            lost = [value for value in olds[0] or [] if _all_have(olds, value) and not _any_has(news, value)]
            gained = [value for value in news[0] or [] if _all_have(news, value) and not _any_has(olds, value)]
            if lost or gained:
                found[name] = [lost, gained]
        elif all(new == news[0] for new in news):
            found[name] = [olds[0] if all(old == olds[0] for old in olds) else None, news[0]]
    return found


def _all_have(lists: Iterable[list | None], value: Any) -> bool:
    return all(value in (held or ()) for held in lists)


def _any_has(lists: Iterable[list | None], value: Any) -> bool:
    return any(value in (held or ()) for held in lists)


def is_operators(name: str) -> bool:
    """Whether a field of a shared record is only for the operator (A6)."""
    return name in _OPERATORS or name.startswith(CUSTOM)


def is_reference(value: Any) -> bool:
    """Whether a journal value is a reference to an organisation: ``{"id": …, "name": …}``."""
    return isinstance(value, dict) and "id" in value


def _is_said(name: str, pair: list) -> bool:
    """Whether a change is shown: one that changed something, or the organisation where something else changed."""
    return name not in UNSAID and (pair[0] != pair[1] or bool(references(pair[1])))


def _is_several(value: Any) -> bool:
    """Whether a journal value is a list of references, only some of which a reader may see."""
    return isinstance(value, list) and any(map(is_reference, value))


def references(value: Any) -> list[dict[str, Any]]:
    """Return the references in a journal value: itself, or those in its list."""
    return [value] if is_reference(value) else list(filter(is_reference, value)) if isinstance(value, list) else []


def in_words(name: str, value: Any) -> str:
    """Return a value of a built-in field in words."""
    if value is None:
        return ""
    if name == "active":
        return _("Active") if value else _("Inactive")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not value:
        return ""
    if isinstance(value, list):
        separator = "\n" if name in _LINES else ", "
        return separator.join(str(item) for item in value)
    if name == "visibility":
        return str(VISIBILITY.get(value, value))
    if name in _LANGUAGES:
        return language_name(str(value), reader_language())
    if name in _DAYS:
        return _date(str(value))
    return str(value)


def _date(text: str) -> str:
    try:
        return written(date.fromisoformat(text))
    except ValueError:
        return text


def _share_names(words: set[str]) -> dict[str, str]:
    """Return the names of ``team:3`` and ``user:12``, by these keys."""
    ids = {kind: [int(word[5:]) for word in words if word.startswith(f"{kind}:")] for kind in ("team", "user")}
    names = {f"team:{team.pk}": team.name for team in Team.objects.filter(pk__in=ids["team"])}
    members = Membership.objects.filter(user_id__in=ids["user"]).select_related("user")
    return names | {f"user:{member.user_id}": str(member) for member in members}
