"""Convert a row of cells to a card (std C24, C26, C27; F8, F12, F16).

Text that its field can't hold is added to the notes, after the column's name, and counted, so that an import loses
nothing. Invalid values are left for the directory to refuse.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entregent.directory.fields.field_types import Choice, Day, Flag, Item, Language, Line, Number, Words
from entregent.directory.fields.register import CUSTOM, typed
from entregent.formats.errors import Problem
from entregent.formats.marked import Marked
from entregent.kernel.names import split_whole_name, title_case_name

from . import cell_values, refusals
from .birth_columns import BIRTHS, join_birth
from .cell_addresses import ADDRESS, AddressReader, alone, with_zero
from .cell_places import POSITION, place_of, without_place
from .fields import IGNORE, NOTE
from .file_card import FileCard
from .nothing_said import is_name_after_all, literal_targets, says_nothing
from .refusals import RefusalReader

Building = dict[str, Any]
Values = dict[str, list[str]]

COLUMN_AND_VALUE = _("%(column)s: %(value)s")
NOTE_OF_FUNCTION = _("Job function: %(value)s")

_SCALARS = typed(Line, Number, Choice, Language, Item, Day)
_DAYS, _CHOICES, _WORDS = typed(Day), typed(Choice), typed(Words)
_FLAGS = tuple(name for name in typed(Flag) if name not in refusals.TARGETS)
_TEXTS = frozenset({NOTE, "notes"})
_EMAILS = ("email", "email_2", "email_3")
_PHONES = (("phone", ""), ("phone_2", ""), ("mobile", "mobile"), ("fax", "fax"))
LONGEST = 1_000  # signs of a cell that is read as a value; a longer one is text, whatever its column


@dataclass
class RowReader:
    """Reads the rows of one file by one mapping; created once per file.

    Attributes:
        mapping: a target (code of `fields.FIELDS`) for each column.
        headers: names of the columns, for the notes.
        constants: target → value for rows where it is empty.
        country: ISO code for postal codes and cities.
        date_order: "dmy" or "mdy".
        repair_zeros: restore the leading zero of postal codes and French phones that a spreadsheet removed;
            only if the user asked for it (std C26).
        tidy_names: change people's names from all capitals to normal spelling (std F1); only if the user asked.
        custom: target → type, for custom fields.
        answers: column → whether it speaks of refusals of mailings ("refused" or "none"), as the user said.
    """

    mapping: Sequence[str]
    headers: Sequence[str] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    country: str = "FR"
    date_order: str = "dmy"
    repair_zeros: bool = False
    tidy_names: bool = False
    custom: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = [*self.headers, *[""] * (len(self.mapping) - len(self.headers))]
        self.columns = [(i, target) for i, target in enumerate(self.mapping) if target and target != IGNORE]
        self.constants = {target: value for target, value in self.constants.items() if value.strip()}
        self.literal = literal_targets(self.custom)
        self.long = _TEXTS | refusals.TARGETS | set(self.custom)
        self.this_year = timezone.localdate().year
        self.line_of_notes = str(COLUMN_AND_VALUE)
        targets = {target for _, target in self.columns} | set(self.constants)
        self.steps = self._steps(targets)
        self.refusals = RefusalReader(self.mapping, self.constants, self.answers, self.headers)
        self.addresses = AddressReader(targets, self.country, self.repair_zeros)

    def read(self, cells: Sequence[str]) -> tuple[FileCard, list[Problem]]:
        """Return the card of a row, and its problems and remarks.

        Only a row with too many cells, or a broken one, is rejected here; the directory validates the values.
        """
        card: Building = {}
        problems: list[Problem] = []
        values = self._values(cells, card, problems)
        for target, value in self.constants.items():
            values.setdefault(target, [value])
        for step in self.steps:
            step(values, card, problems)
        self.refusals.read(cells, values, card, problems)
        if self.tidy_names:
            _tidy(card)
        if isinstance(cells, Marked):
            problems.append(Problem(cells.code, fatal=cells.fatal))
        if len(cells) > len(self.mapping) and any(cells[len(self.mapping) :]):
            # The cells have shifted: none of them can be trusted.
            problems.append(Problem("too_many_cells", fatal=True))
        return cast("FileCard", card), problems

    def _values(self, cells: Sequence[str], card: Building, problems: list[Problem]) -> Values:
        """Return the values by target, without placeholders for empty values."""
        values: Values = {}
        suspects: list[tuple[str, str]] = []
        for i, target in self.columns:
            cell = cells[i].strip() if i < len(cells) else ""
            if not cell:
                continue
            if len(cell) > LONGEST and target not in self.long:
                self._to_notes(card, target, cell, problems)
                continue
            if target not in _TEXTS and (whole := cell_values.restored(cell)) != cell:
                if whole is None:
                    self._note(card, self.headers[i], cell)
                    problems.append(Problem("number_destroyed", target, cell))
                    continue
                cell = whole
            if target not in _TEXTS and target not in self.custom and (texts := cell_values.unpacked(cell)) != cell:
                if texts is None:
                    self._note(card, self.headers[i], cell)
                    problems.append(Problem("cell_of_json", target, cell))
                if not texts:
                    continue
                cell = texts
            if target not in self.literal and says_nothing(cell):
                suspects.append((target, cell))
            elif target == NOTE:
                self._note(card, self.headers[i], cell)
            else:
                values.setdefault(target, []).append(cell)
        for target, cell in suspects:
            if is_name_after_all(target, cell, values):
                values.setdefault(target, []).append(cell)
            else:
                problems.append(Problem("placeholder", target, cell))
        return values

    def _steps(self, targets: set[str]) -> list[Callable[[Values, Building, list[Problem]], None]]:
        """Return the reader methods that this mapping needs."""
        return [
            step
            for step, wanted in (
                (self._births, set(BIRTHS)),
                (self._scalars, set(_SCALARS) | set(BIRTHS)),
                (self._names, {"first_name", "middle_name", "whole_name"}),
                (self._emails, set(_EMAILS)),
                (self._phones, {target for target, _ in _PHONES}),
                (self._websites, {"website"}),
                (self._addresses, ADDRESS | {f"{target}_2" for target in ADDRESS}),
                (self._position, set(POSITION)),
                (self._words, set(_WORDS)),
                (self._flags, set(_FLAGS)),
                (self._notes, {"notes"}),
                (self._custom, set(self.custom)),
            )
            if targets & wanted
        ]

    def _births(self, values: Values, card: Building, problems: list[Problem]) -> None:
        for target, cell in join_birth(values):
            self._to_notes(card, target, cell, problems)

    def _scalars(self, values: Values, card: Building, problems: list[Problem]) -> None:
        """Read single values; words that are not among the field's choices, and mere years, go to the notes."""
        for target in _SCALARS:
            if target not in values:
                continue
            text = values[target][0]
            if target in _DAYS and (none := cell_values.no_day(text, self.date_order, self.this_year)):
                if none == "partial":
                    self._note(card, self._header_of(target), text)
                problems.append(Problem("birth_year_unknown" if none == "partial" else "placeholder", target, text))
            elif (target in _CHOICES and not cell_values.is_choice(target, text)) or (
                target in _DAYS and cell_values.is_year(text)
            ):
                self._to_notes(card, target, text, problems)
            else:
                card[target] = cell_values.date(text, self.date_order) if target in _DAYS else text

    def _names(self, values: Values, card: Building, problems: list[Problem]) -> None:
        first = [*values.get("first_name", ()), *values.get("middle_name", ())]
        if first:
            card["first_name"] = " ".join(first)
        whole = values.get("whole_name")
        if whole and not card.get("last_name"):
            civility, given, last = split_whole_name(whole[0])
            card["last_name"] = last
            card.setdefault("first_name", given)
            if civility:
                card.setdefault("civility", civility)
            problems.append(Problem("name_split", "whole_name", whole[0]))

    def _emails(self, values: Values, card: Building, problems: list[Problem]) -> None:
        found: list[str] = []
        for target in _EMAILS:
            for cell in values.get(target, ()):
                addresses, sites = cell_values.emails(cell)
                found += addresses
                for site in sites:
                    self._note(card, self._header_of(target), site)
                    problems.append(Problem("site_as_email", target, site))
        if found:
            distinct = {address.casefold(): address for address in reversed(found)}
            card["emails"] = [{"value": address, "label": ""} for address in reversed(distinct.values())]

    def _phones(self, values: Values, card: Building, problems: list[Problem]) -> None:
        found: dict[str, dict[str, str]] = {}
        for target, label in _PHONES:
            for cell in values.get(target, ()):
                if not cell_values.has_digit(cell):
                    self._to_notes(card, target, cell, problems)
                    continue
                for number in cell_values.phones(cell):
                    if self.repair_zeros:
                        number = with_zero(number, 9, self.country)
                    found.setdefault(number, {"value": number, "label": label})
        if found:
            card["phones"] = list(found.values())

    def _websites(self, values: Values, card: Building, problems: list[Problem]) -> None:
        sites = []
        for cell in values.get("website", ()):
            for site in cell_values.websites(cell):
                if "." in site and " " not in site and "@" not in site:
                    sites.append({"value": site, "label": ""})
                else:
                    self._to_notes(card, "website", site, problems)
        if sites:
            card["websites"] = sites

    def _addresses(self, values: Values, card: Building, problems: list[Problem]) -> None:
        found = [address for suffix in ("", "_2") if (address := self.addresses.read(values, "", suffix))]
        if found:
            card["addresses"] = found
        for target in ("country", "country_2"):
            if target not in self.constants and (country := alone(values, target, self.addresses)):
                self._to_notes(card, target, country, problems)

    def _position(self, values: Values, card: Building, problems: list[Problem]) -> None:
        if "organisation" not in values:
            function = values.get("function", [""])[0]
            if function and "function" not in self.constants:
                self._line(card, str(NOTE_OF_FUNCTION) % {"value": function})
                problems.append(Problem("function_without_organisation", "function", function))
            for target, cell in without_place(values):
                if target not in self.constants:
                    self._to_notes(card, target, cell, problems)
            return
        card["positions"] = [place_of(values, self.addresses, self.date_order)]

    def _words(self, values: Values, card: Building, problems: list[Problem]) -> None:
        for target in _WORDS:
            if found := [name for cell in values.get(target, ()) for name in cell_values.tags(cell)]:
                card[target] = list(dict.fromkeys(found))

    def _flags(self, values: Values, card: Building, problems: list[Problem]) -> None:
        for target in _FLAGS:
            if target in values:
                card[target] = cell_values.is_active(values[target][0])  # anything but «no»

    def _notes(self, values: Values, card: Building, problems: list[Problem]) -> None:
        for cell in values.get("notes", ()):
            self._line(card, cell)

    def _custom(self, values: Values, card: Building, problems: list[Problem]) -> None:
        found = {target: values[target][0] for target in self.custom if target in values}
        if found:
            card["custom"] = {
                target.removeprefix(CUSTOM): cell_values.date(cell, self.date_order)
                if self.custom[target] == "date"
                else cell
                for target, cell in found.items()
            }

    def _to_notes(self, card: Building, target: str, cell: str, problems: list[Problem]) -> None:
        """Add to the notes what a field can't hold, with a remark."""
        self._note(card, self._header_of(target), cell)
        problems.append(Problem("moved_to_notes", target, cell))

    def _header_of(self, target: str) -> str:
        return next((self.headers[i] for i, found in self.columns if found == target), "")

    def _note(self, card: Building, header: str, cell: str) -> None:
        self._line(card, self.line_of_notes % {"column": header, "value": cell} if header else cell)

    def _line(self, card: Building, line: str) -> None:
        card["notes"] = f"{card['notes']}\n{line}" if card.get("notes") else line


def _tidy(card: Building) -> None:
    """Change a person's names from all capitals to normal spelling (std F1)."""
    for name in ("last_name", "first_name"):
        if card.get(name, "").isupper():
            card[name] = title_case_name(card[name])
