"""What is known of a party, as far as other values are computed from it: its row, what a file recognises it by.

Made of a stored record as it stands, or of a card about to be kept: nothing is checked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from entregent.accounts.models import Account
from entregent.directory.fields.custom import definitions, searched
from entregent.kernel.text import fold, name_key

from .cleaning import Clean
from .reading import Record


class Way(Protocol):
    """An e-mail, phone or site, with what it is compared by."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def key(self) -> str: ...


@dataclass(slots=True)
class Facts:
    """A party's values. ``columns``: its own by name; ``words``: those of custom fields that a search finds."""

    kind: str
    columns: Mapping[str, Any]
    ways: Sequence[Way]
    addresses: Sequence[Mapping[str, str]]
    tags: Sequence[str]
    skills: Sequence[str]
    family: str
    words: Sequence[str]

    @property
    def emails(self) -> list[Way]:
        return [way for way in self.ways if way.kind == "email"]

    @property
    def phones(self) -> list[Way]:
        return [way for way in self.ways if way.kind == "phone"]

    @property
    def born(self) -> date | None:
        return self.columns["birth_date"]

    @property
    def town(self) -> str:
        """The town of the main address, folded."""
        return fold(self.addresses[0]["city"]) if self.addresses else ""

    @property
    def name_key(self) -> str:
        return name_key_of(self.kind, self.columns)


def name_key_of(kind: str, columns: Mapping[str, Any]) -> str:
    """The folded name, as ``Party.name_key`` holds it."""
    if kind == "p":
        return name_key(columns["last_name"], columns["first_name"])
    return name_key(columns["name"], "")


def facts_of(record: Record, account: Account) -> Facts:
    """The facts of a stored record. ``account``: whose custom fields it has."""
    party, card = record.party, record.card
    columns = card | {"birth_date": party.birth_date}
    words = searched(definitions(account), card["custom"], account.country) if card["custom"] else ()
    return Facts(
        party.kind, columns, record.ways, card["addresses"], card["tags"], card.get("skills", ()),
        card.get("family", ""), words,
    )  # fmt: skip


def facts_given(clean: Clean) -> Facts:
    """The facts of a card about to be kept."""
    names = clean.standing
    return Facts(
        clean.kind, clean.columns, clean.channels, clean.addresses, clean.tags, names.get("skills", ()),
        names.get("family") or "", clean.searched,
    )  # fmt: skip
