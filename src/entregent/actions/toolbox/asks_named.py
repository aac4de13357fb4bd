"""Asks whose value refers to something in the account: users, teams, records, lists, items of reference lists."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.models import Team
from entregent.actions.standing.standing import users
from entregent.directory.items.register import choice_names
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import Party
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id

from .asks import NONE, Ask, Choices, line_of


@dataclass(frozen=True)
class Id(Ask):
    """The id of something that the action looks up itself; a hidden field on pages."""

    type = "id"

    def value(self, by: Actor, given: Any) -> int:
        return _id(given, "shape")

    def said(self, by: Actor, value: Any) -> str:
        return ""


@dataclass(frozen=True)
class User(Ask):
    """An active user, by id; None for nobody."""

    type = "user"

    def value(self, by: Actor, given: Any) -> int:
        pk = _id(given, "user_unknown")
        if str(pk) not in dict(users(by)):
            raise Bad("user_unknown")
        return pk

    def choices(self, by: Actor) -> Choices:
        return [*users(by), (NONE, self.none)] if self.none else users(by)


@dataclass(frozen=True)
class Users(Ask):
    """Active users, by id."""

    type = "users"
    empty = ()

    def choices(self, by: Actor) -> Choices:
        return users(by)

    def value(self, by: Actor, given: Any) -> list[int]:
        found = _ids(given, "visibility_unknown")
        if not {str(pk) for pk in found} <= dict(self.choices(by)).keys():
            raise Bad("visibility_unknown")
        return found


@dataclass(frozen=True)
class Teams(Users):
    """Teams, by id."""

    type = "teams"

    def choices(self, by: Actor) -> Choices:
        return [(str(pk), name) for pk, name in Team.objects.values_list("pk", "name")]


@dataclass(frozen=True)
class Parties(Ask):
    """Records of one kind that the user may see, by id."""

    type = "parties"
    empty = ()
    _: KW_ONLY
    kind: str = "p"

    def value(self, by: Actor, given: Any) -> list[int]:
        unknown = "contact_unknown" if self.kind == "p" else "organisation_unknown"
        found = _ids(given, unknown)
        if Party.readable.visible_to(by).filter(pk__in=found, kind=self.kind).count() < len(found):
            raise Bad(unknown)
        return found

    def said(self, by: Actor, value: Sequence[int]) -> str:
        names = Party.readable.visible_to(by).filter(pk__in=list(value)).order_by("sort_name", "id")
        return ", ".join(names.values_list("name", flat=True)) if value else ""


@dataclass(frozen=True)
class Organisation(Ask):
    """An organisation: its id, or a name, which may be new. Digits are an id."""

    type = "organisation"

    def value(self, by: Actor, given: Any) -> int | str:
        return read_id(given) or line_of(given, 300)

    def said(self, by: Actor, value: int | str) -> str:
        found = Party.readable.visible_to(by).filter(pk=value).first() if isinstance(value, int) else None
        return found.name if found else str(value)


@dataclass(frozen=True)
class InList(Ask):
    """A list of records: a number is its id; a text is its name, or its id if it is all digits.

    ``new``: whether it may be the name of a list to create.
    """

    type = "list"
    _: KW_ONLY
    new: bool = False

    def value(self, by: Actor, given: Any) -> int | str:
        return _id(given, "list_unknown") if isinstance(given, int) else line_of(given, 150)

    def said(self, by: Actor, value: int | str) -> str:
        pk = read_id(value)
        found = seen_lists(by).filter(pk=pk).first() if pk else None
        return found.name if found else str(value)


@dataclass(frozen=True)
class Item(Ask):
    """An item of a reference list, by name; ``""`` for none. The action checks the name.

    ``of``: the list's code; ``new``: whether a new item may be typed.
    """

    type = "item"
    empty = ""
    _: KW_ONLY
    of: str
    new: bool = False

    def value(self, by: Actor, given: Any) -> str:
        return line_of(given, 150)

    def choices(self, by: Actor) -> Choices:
        if self.new:
            return ()
        names = [(name, name) for name in choice_names(by, self.of)]
        return [*names, (NONE, self.none)] if self.none else names


def _id(given: Any, unknown: str) -> int:
    pk = read_id(given)
    if pk is None:
        raise Bad(unknown)
    return pk


def _ids(given: Any, unknown: str) -> list[int]:
    """Return the ids in a list, or in a comma-separated text. Raises ``Bad(unknown)``."""
    words = given.split(",") if isinstance(given, str) else given if isinstance(given, list) else [given]
    return list(dict.fromkeys(_id(word, unknown) for word in words))
