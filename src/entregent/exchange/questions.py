"""What a file leaves open, to be shown or asked before anything is imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entregent.kernel.names import title_case_name

from . import columns, refusals
from .cell_values import date_order
from .custom_columns import labels
from .models import Import, SavedMapping
from .signatures import signature
from .source import SourceFile


def doubtful(source: SourceFile, rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the columns whose guess stands and is doubtful; none once the user has mapped such a file."""
    if SavedMapping.objects.filter(kind=source.kind, signature=signature(source.headers)).exists():
        return set()
    own = labels(source.account, source.kind) if isinstance(source, Import) else {}
    guesses = columns.scored(source.headers, rows, source.kind, own)
    return {
        index
        for index, (found, code) in enumerate(zip(guesses, source.mapping, strict=True))
        if found.doubtful and found.target == code
    }


def alarms(name: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, str]]:
    """Return what of a file sounds like refusals of mailings, as ``Import.refusals`` holds it, unanswered."""
    found = {}
    if refusals.of_file(name):
        found["file"] = {"sounds": name, "by": "file", "answer": ""}
    for index, header in enumerate(headers):
        cells = [row[index] for row in rows if index < len(row)]
        if word := refusals.unsure(header, cells):
            found[str(index)] = {"sounds": word[:80], "by": refusals.UNSURE, "answer": ""}
        elif sounds := refusals.smells(header, cells):
            by = "header" if sounds == header else "cell"
            found[str(index)] = {"sounds": sounds[:80], "by": by, "answer": ""}
    return found


def unanswered(source: SourceFile) -> list[str]:
    """Return the keys of ``refusals`` whose column is read otherwise, and that the user has not answered."""
    return open_questions(source.refusals, source.mapping, source.constants) if isinstance(source, Import) else []


def open_questions(
    asked: Mapping[str, Mapping[str, str]], mapping: Sequence[str], constants: Mapping[str, str]
) -> list[str]:
    """Return the keys of ``asked``, from ``alarms``, that neither mapping nor constants nor an answer settle."""
    said = {str(index) for index, code in enumerate(mapping) if code in refusals.TARGETS}
    if refusals.REFUSED in constants:
        said.add("file")
    return [
        key for key, one in asked.items() if not one["answer"] and (key not in said or one["by"] == refusals.UNSURE)
    ]


def is_vague(source: SourceFile, key: str, mapping: Sequence[str]) -> bool:
    """Return whether only a column's heading is about refusals: its target has to say which of its words refuse."""
    one = source.refusals.get(key) if isinstance(source, Import) else None
    return one is not None and one["by"] == "header" and mapping[int(key)] not in refusals.TARGETS


def answer(source: Import, answers: Mapping[str, str]) -> None:
    """Note the user's answers: key of ``refusals`` → "refused" or "none". Does not save ``source``."""
    for key, one in source.refusals.items():
        said = answers.get(key)
        if said in ("none", "") or (said == "refused" and not is_vague(source, key, source.mapping)):
            one["answer"] = said
    everybody = source.refusals.get("file", {}).get("answer")
    if everybody == "refused":
        source.constants = {**source.constants, refusals.REFUSED: "1"}


@dataclass(frozen=True, slots=True)
class Doubts:
    """Questions that the first rows leave open, for the user to answer."""

    lost_zeros: bool
    """French postal codes that have only four digits (std C26)."""
    dates: bool
    """Dates that can be read both ways, such as 03/04/2026 (std F16)."""
    capitals: tuple[str, str] | None
    """A name in capitals and how it would be written (std F1); None if names are not in capitals."""


DATES = ("birth_date", "since", "until")


def doubts(source: SourceFile, rows: Sequence[Sequence[str]]) -> Doubts:
    """Return the open questions in ``rows`` (from ``sample``) under the present mapping."""

    def cells(*codes: str) -> list[str]:
        columns = [index for index, code in enumerate(source.mapping) if code in codes]
        return [row[index] for row in rows for index in columns if index < len(row)]

    short = any(len(cell) == 4 and cell.isdecimal() for cell in cells("postal_code", "organisation_postal_code"))
    return Doubts(
        lost_zeros=short and source.account.country == "FR",
        dates=date_order(cells(*DATES)) == "",
        capitals=_capitals(cells("last_name", "whole_name")),
    )


def _capitals(names: list[str]) -> tuple[str, str] | None:
    """Return a good example, with a particle or an apostrophe, if most names are in capitals; else None."""
    shouted = [name for name in names if len(name) > 2 and name.isupper()]
    if len(shouted) * 2 <= len(names):
        return None
    name = max(shouted, key=lambda name: (sum(sign in name for sign in " '’-"), len(name)))
    return name, title_case_name(name)
