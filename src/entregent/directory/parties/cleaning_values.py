"""Clean the single values of a card: texts, choices, lists of names."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from entregent.accounts.models import Account
from entregent.directory.messages import Problem, problem_of
from entregent.kernel.errors import Bad
from entregent.kernel.ids import read_id
from entregent.kernel.text import clean_line, fold

MOST_ITEMS = 50


class Values:
    """Cleans values of one account's cards and collects their problems."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.problems: list[Problem] = []

    def _text(self, card: Mapping[str, Any], name: str, check: Callable[[str], Any], required: bool = False) -> Any:
        """Return the cleaned value of a field; ``''`` if empty, or if invalid, which adds a problem."""
        value = card.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            self.problems.append(Problem(name, "shape"))
            return ""
        text = "" if value is None else str(value)
        try:
            result = check(text) if text.strip() else ""
        except Bad as bad:
            self.problems.append(problem_of(name, bad))
            return ""
        if result == "" and required:
            self.problems.append(Problem(name, "required"))
        return result

    def _day(self, card: Mapping[str, Any], name: str, check: Callable[[str | date], date]) -> date | None:
        """Return the cleaned date of a field; None if it is empty, or if invalid, which adds a problem."""
        value = card.get(name)
        return self._text({name: value.isoformat() if isinstance(value, date) else value}, name, check) or None

    def _flag(self, card: Mapping[str, Any], name: str, usual: bool) -> bool:
        value = card.get(name, usual)
        if not isinstance(value, bool):
            self.problems.append(Problem(name, "boolean"))
        return bool(value)

    def _list(self, card: Mapping[str, Any], plural: str, clean_item: Callable[[dict, str], Any]) -> list:
        items = card.get(plural) or []
        if not items:
            return []
        if not isinstance(items, list) or not all([isinstance(item, dict) for item in items]):
            self.problems.append(Problem(_singular(plural), "shape"))
            return []
        if len(items) > MOST_ITEMS:
            self.problems.append(Problem(plural, "many", {"limit": MOST_ITEMS}))
            return []
        cleaned = []
        for index, item in enumerate(items):
            name = f"{plural}.{index}" if index else _singular(plural)
            try:
                result = clean_item(item, name)
            except Bad as bad:
                self.problems.append(problem_of(name, bad))
                continue
            if result is not None:
                cleaned.append(result)
        return cleaned

    def _names(self, card: Mapping[str, Any], field: str, limit: int) -> list[str]:
        """Return the names of tags or skills, without repetitions that differ in case or accents."""
        names = card.get(field) or []
        if not names:
            return []
        if not isinstance(names, list) or len(names) > 100:
            self.problems.append(Problem(field, f"{field}_many" if isinstance(names, list) else "shape"))
            return []
        found: dict[str, str] = {}
        # Commas separate tags in forms and files, so a tag can't contain one.
        for name in (part for names_typed in names for part in string(names_typed).split(",")):
            try:
                text = clean_line(name, limit)
            except Bad:
                self.problems.append(Problem(field, field[:-1]))
                continue
            if text:
                found.setdefault(tag_key(text), text)
        return list(found.values())

    def _user(self, value: Any) -> int | None:
        """Return a user's id, given as a number or text; None if empty."""
        if value in (None, ""):
            return None
        found = read_id(value)
        if found is None:
            self.problems.append(Problem("assigned_to", "user_unknown"))
        return found


@lru_cache(maxsize=4_096)
def tag_key(name: str) -> str:
    """Return the key that is equal for tags that differ only in case, accents and hyphens."""
    return fold(name)[:60] or name.casefold()[:60]


@lru_cache(maxsize=4_096)
def item_key(name: str) -> str:
    """Return the key that is equal for items of reference lists that differ only in case and accents."""
    return fold(name)[:150] or name.casefold()[:150]


def _singular(plural: str) -> str:
    return plural[:-2] if plural == "addresses" else plural[:-1]


def string(value: Any) -> str:
    """Return a value sent by a program as text."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def label_of(item: dict) -> str:
    """Return the label of an e-mail, phone or website."""
    label = item.get("label")
    return clean_line(string(label), 60) if label else ""
