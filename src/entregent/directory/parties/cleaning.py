"""Clean cards: the values from every interface are validated and normalised here, and only here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from entregent.directory.fields import custom, custom_values
from entregent.directory.fields.field_types import Day, Flag, Item, Line, Text, Type, User, Words
from entregent.directory.fields.register import BY_NAME, fields_of
from entregent.directory.messages import Invalid, Problem, problem_of
from entregent.kernel.dates import parse_date, parse_known
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_ids
from entregent.kernel.text import clean_line

from .cards import CUSTOM, Card, card_of
from .cleaning_values import MOST_ITEMS, item_key, string, tag_key
from .cleaning_ways import Way, Ways

__all__ = ["MOST_ITEMS", "Clean", "Cleaner", "item_key", "tag_key"]
Value = TypeVar("Value")
_NO_DATES: Mapping[str, str] = MappingProxyType({"since": "", "until": ""})


@dataclass(slots=True)
class Clean:
    """A cleaned card: the columns of ``Party``, the related rows, and the values of custom fields."""

    kind: str
    columns: dict[str, Any]
    channels: list[Way]
    addresses: list[dict[str, str]]
    tags: list[str]
    visibility: dict[str, Any]
    positions: list[dict[str, Any]] = field(default_factory=list)
    standing: Card = field(default_factory=Card)
    """The ``standing`` fields as given; spelled as in the reference lists after ``actions.standing.settle``."""
    items: dict[str, Any] = field(default_factory=dict)
    """The columns for ``standing`` (ids, rank); empty until ``actions.standing.settle`` sets them."""
    custom: dict[str, Any] = field(default_factory=dict)
    """Values of custom fields by code, retired fields included."""
    searched: list[str] = field(default_factory=list)
    """The search words of ``custom``."""

    @property
    def emails(self) -> list[Way]:
        """The e-mail addresses."""
        return [channel for channel in self.channels if channel.kind == "email"]

    @property
    def name(self) -> str:
        """The shown name."""
        return self.columns["name"]

    def settled(self, standing: Card, items: dict[str, Any]) -> "Clean":
        """Return a copy with the ``standing`` fields spelled as in the reference lists, and their columns."""
        return replace(self, standing=standing, items=items)

    def card(self) -> Card:
        """Return it as a card, to compare with the stored one."""
        card = dict(self.columns)
        for kind, plural in (("email", "emails"), ("phone", "phones"), ("website", "websites")):
            card[plural] = [channel.plain() for channel in self.channels if channel.kind == kind]
        for name, _check in _DAYS[self.kind]:
            card[name] = card[name] and card[name].isoformat()
        card |= {
            "custom": self.custom,
            "addresses": self.addresses,
            "tags": self.tags,
            "visibility": self.visibility,
        }
        return card_of(card) | self.standing


class Cleaner(Ways):
    """Cleans cards of one account, collecting all problems of a card."""

    def clean(self, kind: str, card: Card, lacking: Collection[str] = (), held: Card | None = None) -> Clean:
        """Clean a full card (see ``cards.merged``). Raises ``Invalid`` with every problem.

        ``lacking``: required names that a person may lack («À compléter»), if the other or an e-mail is there.
        ``held``: the record's card; dates that it has stay, even if they are refused today.
        """
        self.problems, held = [], held or Card()
        columns = self._columns(kind, card, lacking, held)
        addresses = self._list(card, "addresses", self._address)
        country = (addresses[0]["country"] if addresses else "") or self.account.country
        channels = [
            *self._list(card, "emails", self._email),
            *self._list(card, "phones", lambda item, name: self._phone(item, name, country)),
            *self._list(card, "websites", self._website),
        ]
        self._refuse_repeats(channels)
        if kind == "p" and not columns["name"]:
            self._name_by_address(columns, channels)
        clean = Clean(
            kind=kind,
            columns=columns,
            channels=channels,
            addresses=addresses,
            tags=self._names(card, "tags", _LIMITS["tags"]),
            visibility=self._visibility(card.get("visibility", BY_NAME["visibility"].type.blank())),
            positions=self._list(card, "positions", self._position),
            standing=card_of({name: check(self, card, name) for name, check in _STANDING[kind]}),
        )
        if card.get("custom"):
            self._custom(clean, card["custom"], held.get("custom") or {})
        if self.problems:
            raise Invalid(self.problems, clean)
        return clean

    def names(self, field: str, names: list[str]) -> list[str]:
        """Clean the names of ``tags`` or ``skills`` only. Raises ``Invalid``."""
        return self._alone(lambda: self._names({field: names}, field, _LIMITS[field]))

    def place(self, given: dict[str, Any], held: Mapping[str, Any] = _NO_DATES) -> dict[str, Any] | None:
        """Clean one position; None if it names no organisation. Raises ``Invalid``.

        ``held``: as it is; dates that it has stay, even if they are refused today.
        """
        clean = partial(self._position, held=held)
        found = self._alone(lambda: self._list({"positions": [given]}, "positions", clean))
        return found[0] if found else None

    def visibility(self, value: Any) -> dict[str, Any]:
        """Clean a visibility. Raises ``Invalid``."""
        return self._alone(lambda: self._visibility(value))

    def _alone(self, read: Callable[[], Value]) -> Value:
        self.problems = []
        found = read()
        if self.problems:
            raise Invalid(self.problems)
        return found

    def _name_by_address(self, columns: dict[str, Any], channels: list[Way]) -> None:
        """Show a person without a name by their e-mail address; refuse one who has neither."""
        columns["name"] = next((way.value for way in channels if way.kind == "email"), "")
        if not columns["name"]:
            told = {problem.field for problem in self.problems}
            self.problems += [Problem(name, "required") for name in REQUIRED_NAMES if name not in told]

    def _columns(self, kind: str, card: Card, lacking: Collection[str], held: Card) -> dict[str, Any]:
        """Return the text columns, and the two that are derived from others."""
        columns: dict[str, Any] = {}
        for name, check, needed in _TEXTS[kind]:
            required = needed and name not in lacking
            empty = card.get(name) in _EMPTY and not required  # most are: skips a costly call
            columns[name] = "" if empty else self._text(card, name, check, required)
        for name, check_day in _DAYS[kind]:
            columns[name] = self._day(card, name, parse_date if card.get(name) == held.get(name) else check_day)
        for name, usual in _FLAGS:
            columns[name] = self._flag(card, name, usual)
        if kind == "p":
            columns["name"] = f"{columns['first_name']} {columns['last_name']}".strip()
        else:
            columns["siren"] = columns["siren"] or columns["siret"][:9]
        return columns

    def _item(self, card: Mapping[str, Any], name: str) -> str | None:
        """Return an item's name; whether it exists is checked later, for many cards at once."""
        if card.get(name) is None:
            return BY_NAME[name].type.blank()
        return self._text(card, name, _item_name)

    def _custom(self, clean: Clean, values: Any, held: Mapping[str, Any]) -> None:
        """Set the values of custom fields; ``actions.parties.custom`` checks which may change."""
        if not isinstance(values, dict):
            self.problems.append(Problem("custom", "shape"))
            return
        known = custom.definitions(self.account)
        for code, value in values.items():
            name = f"{CUSTOM}{code}"
            found = known.get(code)
            if found is None or found.kind != clean.kind:
                self.problems.append(Problem(name, "custom_unknown"))
                continue
            try:
                read = custom_values.understood if value == held.get(code) else custom_values.clean
                kept = read(found, value, self.account.country)
            except Bad as bad:
                self.problems.append(problem_of(name, bad))
                continue
            if kept is not None:
                clean.custom[code] = kept
        clean.searched = custom.searched(self.account, clean.custom)

    def _visibility(self, value: Any) -> dict[str, Any]:
        mode = value.get("mode") if isinstance(value, dict) else None
        if mode not in ("everyone", "creator", "shared"):
            self.problems.append(Problem("visibility", "visibility"))
            return BY_NAME["visibility"].type.blank()
        if mode != "shared":
            if value.get("teams") or value.get("users"):
                self.problems.append(Problem("visibility", "visibility_mode"))
            return {"mode": mode, "teams": [], "users": []}
        teams, users = (sorted(read_ids(value.get(name))) for name in ("teams", "users"))
        if not teams and not users:
            self.problems.append(Problem("visibility", "visibility_nobody"))
        return {"mode": mode, "teams": teams, "users": users}

    def _position(self, item: dict, name: str, held: Mapping[str, Any] = _NO_DATES) -> dict[str, Any] | None:
        """Return a cleaned position; its organisation is given by id, or by name, code, city… from a file."""
        known = _NOTHING_KNOWN | {
            key: clean_line(string(value), 300) for key, value in item.items() if value and key in _NOTHING_KNOWN
        }
        organisation = item.get("organisation")
        if not organisation and not known["organisation_name"]:
            return None
        dates = {
            key: self._day(item, key, parse_date if str(item.get(key)) == str(held[key]) else parse_known)
            for key in _NO_DATES
        }
        if dates["since"] and dates["until"] and dates["since"] > dates["until"]:
            self.problems.append(Problem("until", "dates_order"))
        function = clean_line(string(item.get("function")), 150)
        return {"organisation": organisation, "function": function, **dates, **known}


_NOTHING_KNOWN = {
    f"organisation_{part}": ""
    for part in ("name", "code", "city", "postal_code", "province", "email", "phone", "street", "country")
}


def _item_name(text: str) -> str:
    return clean_line(text, 150)


_CHECKS: dict[type[Type], Callable[[Cleaner, Mapping[str, Any], str], Any]] = {
    Item: Cleaner._item,
    Flag: lambda cleaner, card, name: cleaner._flag(card, name, BY_NAME[name].type.blank()),
    User: lambda cleaner, card, name: cleaner._user(card.get(name)),
    Words: lambda cleaner, card, name: cleaner._names(card, name, _LIMITS[name]),
}
_TEXTS = {
    kind: [
        (one.name, one.type.check, one.required)  # type: ignore[attr-defined]
        for one in fields_of(kind, Text)
        if not isinstance(one.type, Day)
    ]
    for kind in "po"
}
_DAYS = {
    kind: [(one.name, one.type.check) for one in fields_of(kind, Day)]  # type: ignore[attr-defined]
    for kind in "po"
}
_EMPTY = ("", None)
REQUIRED_NAMES = tuple(one.name for one in fields_of("p", Line) if one.required)
"""The names that a person has, unless the record is «À compléter»."""
_FLAGS = [(one.name, one.type.blank()) for one in fields_of("p", Flag) if not one.standing]
_STANDING = {kind: [(one.name, _CHECKS[type(one.type)]) for one in fields_of(kind) if one.standing] for kind in "po"}
_LIMITS: dict[str, int] = {one.name: one.type.limit for one in fields_of("p", Words)}  # type: ignore[attr-defined]
