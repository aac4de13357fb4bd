"""Run long runs in a terminal: read the file and the map, show progress, write the rejected rows to a file."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.exchange import intake, questions, reporting
from entregent.exchange.custom_columns import label_of
from entregent.exchange.file_use import REFUSALS, FileUse
from entregent.exchange.messages import unreadable_text
from entregent.exchange.source import SourceFile
from entregent.formats.errors import Unreadable
from entregent.runs import cycle
from entregent.runs.models import Run

from .language import _
from .progress import progress

F = TypeVar("F", bound=SourceFile)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how a file is read, where the guess is wrong; passed as ``reading``."""

    @click.option("--encoding", metavar="NAME", help=_("The file's encoding, such as utf-8, cp1252 or mac_roman."))
    @click.option("--delimiter", type=click.Choice([";", ",", "tab", "|"]), help=_("What separates the cells."))
    @click.option("--sheet", metavar="NAME", help=_("The sheet to read."))
    @click.option("--header-row", type=click.IntRange(0, 1000), metavar="N",
                  help=_("The row that names the columns; 0 if none does."))  # fmt: skip
    @click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help=_("How to read dates such as 03/04/2026."))
    @wraps(command)
    def run(*by: Actor, delimiter: str | None, header_row: int | None, **options: Any) -> None:
        asked = {name: options.pop(name) for name in ("encoding", "sheet", "date_order")}
        asked["delimiter"] = "\t" if delimiter == "tab" else delimiter
        asked |= {"header_row": header_row or None, "has_header": None if header_row is None else header_row > 0}
        command(*by, reading={name: value for name, value in asked.items() if value is not None}, **options)

    return run


def receive(
    use: FileUse[F], by: Actor, file: Path, kind: str, map_file: Path | None, reading: dict[str, Any], **choices: Any
) -> F:
    """Save the file as a draft with its columns mapped.

    ``reading``: see ``reading_options``. ``choices``: further arguments of ``intake.map_columns``.

    Raises ``ClickException``, and saves nothing, if the file or the map can't be used.
    """
    asked = _read_map(map_file) if map_file else {}
    order = reading.pop("date_order", "")
    try:
        run = use.receive(by, file, file.name, kind)
    except Unreadable as unreadable:
        raise click.ClickException(unreadable_text(unreadable.code, unreadable.params)) from unreadable
    try:
        if reading:
            _read_otherwise(use, run, reading)
        _map(run, asked, map_file, {"date_order": order or run.date_order, **choices})
        _refuse_missing(use, run)
    except click.ClickException:
        cycle.discard(run)
        raise
    return run


def _read_otherwise(use: FileUse[F], run: F, reading: dict[str, Any]) -> None:
    try:
        use.reread(run, **reading)
    except Unreadable as unreadable:
        raise click.ClickException(unreadable_text(unreadable.code, unreadable.params)) from unreadable


def _read_map(path: Path) -> dict[str, Any]:
    try:
        asked = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise click.ClickException(_("%(file)s is not a JSON file.") % {"file": path}) from error
    parts = {"columns", "constants", "refusals"}
    if (
        not isinstance(asked, dict)
        or not set(asked) <= parts
        or not all(isinstance(one, dict) for one in asked.values())
    ):
        raise click.ClickException(
            _("%(file)s must hold nothing but “columns”, “constants” and “refusals”.") % {"file": path}
        )
    return asked


def _map(run: SourceFile, asked: dict[str, Any], map_file: Path | None, choices: dict[str, Any]) -> None:
    columns = asked.get("columns", {})
    if unknown := set(columns) - set(run.headers):
        raise click.ClickException(_("The file has no column %(names)s.") % {"names": ", ".join(sorted(unknown))})
    mapping = [columns.get(header, target) for header, target in zip(run.headers, run.mapping, strict=True)]
    constants = run.constants | asked.get("constants", {})
    said = _answers(run, asked.get("refusals", {}), mapping)
    try:
        intake.map_columns(run, mapping, constants, answers=said, **choices)
    except ValueError as error:
        raise click.ClickException(_("%(file)s names a field that does not exist.") % {"file": map_file}) from error


def _answers(run: SourceFile, asked: dict[str, str], mapping: Sequence[str]) -> dict[str, str]:
    """Return the answers about refusals of mailings by their keys: those of all columns of a name, or of the file.

    Mapping a column to something else is no answer: a refusal would be dropped unsaid.
    """
    keys: dict[str, list[str]] = {run.name: ["file"]}
    for index in range(len(run.headers)):
        keys.setdefault(_named(run, str(index)), []).append(str(index))
    if unknown := set(asked) - set(keys):
        raise click.ClickException(_("The file has no column %(names)s.") % {"names": ", ".join(sorted(unknown))})
    if wrong := [str(word) for word in asked.values() if word not in ("refused", "none")]:
        raise click.ClickException(
            _("“%(word)s” is no answer about refusals: say “refused” or “none”.") % {"word": wrong[0]}
        )
    said = {key: word for name, word in asked.items() for key in keys[name]}
    if vague := [key for key in said if said[key] == "refused" and questions.is_vague(run, key, mapping)]:
        raise click.ClickException(
            _("The heading of %(column)s does not say which of its words refuse: map it to mail_refused "
              "(its yes refuses) or mail_wanted (its no refuses).")
            % {"column": _named(run, vague[0])}
        )  # fmt: skip
    return said


def _named(run: SourceFile, key: str) -> str:
    """Return how a question about refusals is named: by the column's header or number, or by the file."""
    return run.name if key == "file" else run.headers[int(key)] or str(int(key) + 1)


def _refuse_missing(use: FileUse[F], run: F) -> None:
    missing = use.missing(run)
    asked = [name.removeprefix(REFUSALS) for name in missing if name.startswith(REFUSALS)]
    fields = [code for code in missing if not code.startswith(REFUSALS)]
    if fields:
        named = ", ".join(f"{label_of(run.account, code)} ({code})" for code in fields)
        raise click.ClickException(_("No column gives: %(fields)s. Say which with --map.") % {"fields": named})
    if asked:
        about = ", ".join(dict.fromkeys(_named(run, key) for key in asked))
        raise click.ClickException(
            _("This may be about refusals of mailings: %(columns)s. Answer in the file of --map, under “refusals”: "
              "after each name, “refused” or “none”; or map the column to mail_refused or mail_wanted.")
            % {"columns": about}
        )  # fmt: skip


def follow(run: Run, job: Job | None) -> None:
    """Do the job, or follow the worker that took it first, with a progress bar; refresh ``run``.

    Ctrl+C leaves the rest to a worker.
    """
    if job is None:
        return
    shown = 0
    with progress(run.name, run.rows_total) as update:

        def show() -> None:
            nonlocal shown
            done = type(run).objects.values_list("rows_done", flat=True).get(pk=run.pk)
            update(done - shown)
            shown = done

        try:
            jobs.do_here(job, show)
        except KeyboardInterrupt as interrupt:
            raise click.ClickException(_("Interrupted: a worker will continue it.")) from interrupt
    run.refresh_from_db()
    if job.state != Job.State.DONE:
        reason = job.error.strip().rsplit("\n", 1)[-1]
        raise click.ClickException(_("An error occurred; a worker will continue. %(error)s") % {"error": reason})


def write_rejects(run: SourceFile, file: Path) -> Path | None:
    """Write the rejected rows next to the file (XLSX for a spreadsheet, else CSV); return the path, if any."""
    if not (run.counts.get("rejected") or run.counts.get("refused")):
        return None
    spreadsheet = run.read_as.kind in ("xlsx", "ods")
    path = file.with_name(f"{file.name}.rejets.{'xlsx' if spreadsheet else 'csv'}")
    if spreadsheet:
        reporting.as_xlsx(reporting.rejects(run), path)
    else:
        path.write_bytes(b"".join(reporting.as_csv(reporting.rejects(run))))
    return path


def tell_file(run: SourceFile) -> None:
    """Print what is to be known of the file: which sheet is read, which columns are not."""
    for line in reporting.about_file(run):
        click.echo(line, err=True)
    if left := reporting.left_out(run):
        click.echo(_("Columns left out: %(columns)s.") % {"columns": ", ".join(left)}, err=True)


def tell_mended(path: Path | None) -> None:
    """Print the path of the rejected rows, if any."""
    if path:
        click.echo(_("Rows to fix: %(file)s") % {"file": path})


def tell_row(run: SourceFile, row: Any) -> None:
    """Print the problems of one row of the file."""
    click.echo(_("Row %(line)s: %(why)s") % {"line": row.line, "why": reporting.why(run, row)})
