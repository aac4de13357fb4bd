"""The values of a party from which others are computed: its shown columns, the keys by which imports recognise it.

They come from a stored record or from a cleaned card; nothing is checked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from entregent.accounts.models import Account
from entregent.directory.fields.custom import searched
from entregent.kernel.text import fold, name_key

from .cleaning import Clean
from .cleaning_ways import Way
from .reading import Record


@dataclass(slots=True)
class Facts:
    """A party's values. ``columns``: its columns by name; ``words``: search words from custom fields."""

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
        """The e-mail addresses."""
        return [way for way in self.ways if way.kind == "email"]

    @property
    def phones(self) -> list[Way]:
        """The phone numbers."""
        return [way for way in self.ways if way.kind == "phone"]

    @property
    def born(self) -> date | None:
        """The date of birth."""
        return self.columns["birth_date"]

    @property
    def town(self) -> str:
        """The city of the main address, folded."""
        return fold(self.addresses[0]["city"]) if self.addresses else ""

    @property
    def name_key(self) -> str:
        """The folded name."""
        return name_key_of(self.kind, self.columns)


def name_key_of(kind: str, columns: Mapping[str, Any]) -> str:
    """Return the folded name, for ``Party.name_key``."""
    if kind == "p":
        return name_key(columns["last_name"], columns["first_name"])
    return name_key(columns["name"], "")


def facts_of(record: Record, account: Account) -> Facts:
    """Return the facts of a stored record. ``account``: the one whose custom fields it has."""
    party, card = record.party, record.card
    columns = card | {"birth_date": party.birth_date}
    words = searched(account, card["custom"]) if card["custom"] else ()
    return Facts(
        party.kind, columns, record.ways, card["addresses"], card["tags"], card.get("skills", ()),
        card.get("family", ""), words,
    )  # fmt: skip


def facts_given(clean: Clean) -> Facts:
    """Return the facts of a cleaned card."""
    names = clean.standing
    return Facts(
        clean.kind, clean.columns, clean.channels, clean.addresses, clean.tags, names.get("skills", ()),
        names.get("family") or "", clean.searched,
    )  # fmt: skip
