"""The types of a record's fields: the value in a card, and the value in the journal.

Interfaces derive the rest from the type: a form input, a list cell, an API annotation, a column of a file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from entregent.kernel.errors import Bad
from entregent.kernel.languages import language_code
from entregent.kernel.text import clean_line, clean_text, fold

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ADDRESS_PARTS = ("street", "postal_code", "city", "province", "country")


class Type:
    """The type of a field: its value in a card."""

    several = False
    """Whether the value is a list."""

    def blank(self) -> Any:
        """Return the value of a blank card."""
        return [] if self.several else ""

    def plain(self, value: Any) -> Any:
        """Return the value that the journal compares and stores."""
        return value


class Text(Type):
    """A text column of ``Party``. ``check`` returns the cleaned value, or raises ``Bad``."""

    def check(self, text: str, /) -> Any:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Line(Text):
    """One line of at most ``limit`` characters."""

    limit: int

    def check(self, text: str, /) -> str:
        return clean_line(text, self.limit)


class LongText(Text):
    """Several lines."""

    check = staticmethod(clean_text)


@dataclass(frozen=True, slots=True)
class Day(Text):
    """A date, in ISO 8601 in cards, parsed by ``known_by``, which raises ``Bad``."""

    known_by: Callable[[str | date], date]

    def check(self, text: str | date, /) -> date:
        return self.known_by(text)


class Language(Text):
    """A language by its code."""

    def check(self, text: str, /) -> str:
        code = language_code(text)
        if not code:
            raise Bad("language")
        return code


@dataclass(frozen=True, slots=True)
class Choice(Text):
    """One of ``offered``, also given by ``words`` (folded word → choice). ``wrong``: the problem for others."""

    offered: tuple[str, ...]
    words: Mapping[str, str]
    wrong: str

    def check(self, text: str, /) -> str:
        if text in self.offered:
            return text
        found = self.words.get(fold(text))
        if found is None:
            raise Bad(self.wrong)
        return found


@dataclass(frozen=True, slots=True)
class Number(Text):
    """An identifier, parsed by ``known_by``, which raises ``Bad``."""

    known_by: Callable[[str], str]

    def check(self, text: str, /) -> str:
        return self.known_by(text)


@dataclass(frozen=True, slots=True)
class Flag(Type):
    """Yes or no; ``usual`` is the default."""

    usual: bool = False

    def blank(self) -> bool:
        return self.usual


@dataclass(frozen=True, slots=True)
class Item(Type):
    """One item of a reference list, by its name."""

    items: str
    unsaid: str | None = ""
    """The value of a blank card; None means the account's default."""

    def blank(self) -> str | None:
        return self.unsaid


@dataclass(frozen=True, slots=True)
class Words(Type):
    """Several items of a reference list, by name; ``limit``: maximum length of a name."""

    items: str
    limit: int = 150
    several = True

    def plain(self, value: Iterable[str]) -> list[str]:
        return sorted(value, key=str.casefold)


@dataclass(frozen=True, slots=True)
class Ways(Type):
    """E-mails, phones or websites, the main one first, which alone has the name ``short`` and a label."""

    short: str
    short_label: "_StrPromise"
    several = True

    def plain(self, value: Iterable[Mapping[str, Any]]) -> list[str]:
        return [f"{item['value']} ({item['label']})" if item.get("label") else item["value"] for item in value]


class Addresses(Type):
    """Postal addresses, the main one first. ``short``: the name of the main one alone."""

    short = "address"
    several = True

    def plain(self, value: Iterable[Mapping[str, Any]]) -> list[str]:
        return [address_line(address) for address in value]


class User(Type):
    """A user of the account, by id."""

    def blank(self) -> None:
        return None

    def plain(self, value: int | None) -> str | None:
        return f"user:{value}" if value else None


class Seen(Type):
    """Who may see the record."""

    def blank(self) -> dict[str, Any]:
        return {"mode": "everyone", "teams": [], "users": []}

    def plain(self, value: Mapping[str, Any]) -> str:
        return value["mode"]

    @staticmethod
    def shared_with(value: Mapping[str, Any]) -> list[str]:
        """Return the teams and users of a visibility, as the journal stores them: ``team:3``, ``user:12``."""
        teams, users = sorted(value["teams"]), sorted(value["users"])
        return [*(f"team:{pk}" for pk in teams), *(f"user:{pk}" for pk in users)]


def address_line(address: Mapping[str, Any]) -> str:
    """Return an address on one line."""
    street = ", ".join((address.get("street") or "").splitlines())
    city = " ".join(filter(None, (address.get("postal_code"), address.get("city"))))
    return ", ".join(filter(None, (street, city, address.get("province"), address.get("country"))))
