"""What an import is going to do with each row of its file."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.reading import Record
from entregent.formats.errors import Problem
from entregent.kernel.text import clean_line

from .file_card import FileCard

MOVED = (
    "moved_to_notes", "function_without_organisation", "number_destroyed", "cell_of_json", "birth_year_unknown",
    "site_as_email",
)  # fmt: skip
"""The codes of values that their row's notes hold, as their field can't."""
IMPLIED = "implied"
"""The outcome of a record that has no row: an organisation that rows of people name, or who has the address of a row.

It is not counted.
"""


class Aside(NamedTuple):
    """A value that its row came in without, and why: it is told in the report, and kept in the notes."""

    target: str
    code: str
    params: dict[str, Any]
    value: str


@dataclass(slots=True)
class Row:
    """A row of the file as a card, with remarks."""

    line: int
    cells: list[str]
    card: FileCard
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The plan of a row: ``outcome`` is one of models.OUTCOMES or ``IMPLIED``; ``problems`` as in ``Reject``."""

    row: Row | None
    kind: str
    outcome: str
    clean: Clean | None = None
    """The card that its record will have."""
    record: Record | None = None
    record_id: int | None = None
    differences: dict[str, list] = field(default_factory=dict)
    new_positions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Codes of remarks, which are counted."""
    asides: list[Aside] = field(default_factory=list)
    compare: list[dict[str, Any]] = field(default_factory=list)
    """Organisations of its row that may be others: see ``remarks``."""
    extra: list[str] = field(default_factory=list)
    """The vCard properties without a field here that its record will have, verbatim (std C17)."""
    given: frozenset[str] = frozenset()
    """The fields that the row gives; others in ``clean`` are defaults and don't change existing records."""
    completed: bool = False
    """Whether a later row adds to its record."""
    number: int = 0
    """Its number among the plans that later rows may be about; 0 if it is not one."""
    keys: set[str] = field(default_factory=set)
    changed: bool = False
    named: bool = False
    """Whether a row of the file is about it, though it was planned without one."""
    only_refusal: bool = False
    """Whether its row, which is skipped, gives nothing but its refusal of mailings."""
    also_refuse: list[int] = field(default_factory=list)
    """The ids of other existing records that refuse mailings because of its row."""
    settled: bool = False
    """Whether the items that it names were looked up."""

    @property
    def writes(self) -> bool:
        """Whether it creates or changes a record."""
        return self.clean is not None and (self.completed or self.outcome in ("created", "updated", IMPLIED))

    @property
    def listed(self) -> bool:
        """Whether its record belongs in the list that the file's records are put in."""
        return (self.row is not None or self.named) and not self.only_refusal

    @property
    def more_extra(self) -> bool:
        """Whether it adds vCard properties to an existing record."""
        return self.record is not None and self.extra != self.held_extra

    @property
    def held_extra(self) -> list[str]:
        """The vCard properties that its record has."""
        return list(self.record.party.extra.get("vcard", ())) if self.record else []

    def moved(self, clean: Clean) -> list[str]:
        """Return the lines of the row's notes that hold what its field can't, which a record with notes gets too."""
        problems = self.row.problems if self.row else []
        values = tuple(clean_line(one.value) for one in problems if one.code in MOVED and one.value)
        return [line for line in clean.columns["notes"].split("\n") if values and line.endswith(values)]

    @property
    def given_extra(self) -> list[str]:
        """The vCard properties without a field that its row has."""
        return list(self.row.card.get("extra", ())) if self.row and not self.only_refusal else []

    def refuses(self, clean: Clean) -> bool:
        """Return whether its row says that mailings are refused."""
        return "mail_refused" in self.given and bool(clean.standing["mail_refused"])

    def add_extra(self, record: Record | None, lines: list[str]) -> bool:
        """Add vCard properties; return whether its record lacked one. A layer's are the service's."""
        missing = [] if record and record.party.is_layer else [line for line in lines if line not in self.extra]
        self.extra += missing
        return bool(missing)

    @property
    def shown_name(self) -> str:
        """The name of its record."""
        return self.record.party.name if self.record else self.clean.name if self.clean else ""
