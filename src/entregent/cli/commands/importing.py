"""``entregent import``"""

import json
import sys
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.accounts.scope import inside
from entregent.cli.language import _
from entregent.cli.people import actor_named
from entregent.directory.messages import Invalid
from entregent.exchange import intake, listing, reporting
from entregent.exchange.messages import unreadable_text
from entregent.exchange.models import OUTCOMES, Import, Sync
from entregent.formats.errors import Unreadable
from entregent.runs import cycle
from entregent.runs.cycle import use_of

REJECTS_SHOWN = 20


@click.command("import", help=_("Import a file of contacts or organisations: CSV, XLSX, ODS or vCard."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--account", required=True, help=_("The account's address (slug)."))
@click.option("--user", required=True, help=_("E-mail of the user in whose name it is done."))
@click.option("--kind", type=click.Choice(["contacts", "organisations"]), default="contacts", show_default=True)
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help=_('JSON: {"columns": {"Header": "target"}, "constants": {"function": "Maire"}}.'))  # fmt: skip
@click.option("--on-duplicate", type=click.Choice([value for value in Import.OnDuplicate.values]),
              default="complete", show_default=True)  # fmt: skip
@click.option("--list", "into", default="", metavar="L", help=_("Put all of them in this list: its name, or its id."))
@click.option("--dry-run", is_flag=True, help=_("Check and count; write nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the result as JSON."))
def import_file(
    file: Path,
    account: str,
    user: str,
    kind: str,
    map_file: Path | None,
    on_duplicate: str,
    into: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    by = actor_named(account, user)
    with inside(by.account):
        place = _into(by, into)
        source = _receive(by, file, kind, map_file, on_duplicate)
        listing.keep(source, place)
        job = cycle.start_check(by, source) if dry_run else cycle.start_run(by, source)
        _do(source, job)
        source.refresh_from_db()
        mended = write_rejects(source, file) if source.counts.get("rejected") and not dry_run else None
        _print(source, mended, as_json)
        if dry_run and not as_json:
            _print_rejects(source)
        failed = source.state == Import.State.FAILED
        if dry_run:
            cycle.discard(source)
    if failed or job is None:
        sys.exit(1)


def _into(by: Actor, text: str) -> listing.Into:
    try:
        return listing.asked(by, text)
    except Invalid as invalid:
        raise click.ClickException(invalid.problems[0].message) from invalid


def _receive(by: Actor, file: Path, kind: str, map_file: Path | None, on_duplicate: str) -> Import:
    asked = read_map(map_file) if map_file else {}
    try:
        source: Import = intake.receive(by, file, file.name, kind)
    except Unreadable as unreadable:
        raise click.ClickException(unreadable_text(unreadable.code, unreadable.params)) from unreadable
    if source.read_as.kind == "vcard":
        Import.objects.filter(pk=source.pk).update(on_duplicate=on_duplicate)
        source.on_duplicate = on_duplicate
        return source
    columns = asked.get("columns", {})
    mapping = [columns.get(header, target) for header, target in zip(source.headers, source.mapping, strict=True)]
    unknown = set(columns) - set(source.headers)
    if unknown:
        cycle.discard(source)
        raise click.ClickException(_("The file has no column %(names)s.") % {"names": ", ".join(sorted(unknown))})
    try:
        intake.map_columns(source, mapping, source.constants | asked.get("constants", {}), on_duplicate)
    except ValueError as error:
        cycle.discard(source)
        raise click.ClickException(_("%(file)s names a field that does not exist.") % {"file": map_file}) from error
    if missing := intake.missing_targets(source):
        cycle.discard(source)
        raise click.ClickException(
            _("No column gives: %(fields)s. Say which with --map.") % {"fields": ", ".join(missing)}
        )
    return source


def read_map(path: Path) -> dict[str, Any]:
    """What ``--map`` says. Raises a clear error for a file that is none."""
    try:
        asked = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise click.ClickException(_("%(file)s is not a JSON file.") % {"file": path}) from error
    if not isinstance(asked, dict) or not set(asked) <= {"columns", "constants"}:
        raise click.ClickException(_('%(file)s must hold {"columns": {…}, "constants": {…}}.') % {"file": path})
    return asked


def _do(source: Import, job: Job | None) -> None:
    if job is None:
        return
    with tqdm(unit="", disable=None, desc=source.name) as bar:

        def show() -> None:
            done = Import.objects.values_list("rows_done", flat=True).get(pk=source.pk)
            bar.update(done - bar.n)

        jobs.do_here(job, show)
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise click.ClickException(_("The import stumbled; a worker will go on with it. %(error)s")
                                   % {"error": job.error.strip().rsplit("\n", 1)[-1]})  # fmt: skip


def write_rejects(source: Import | Sync, file: Path) -> Path:
    """Beside the file, as XLSX for a spreadsheet and CSV for the rest."""
    spreadsheet = source.read_as.kind in ("xlsx", "ods")
    path = file.with_name(f"{file.name}.rejets.{'xlsx' if spreadsheet else 'csv'}")
    if spreadsheet:
        reporting.rejects_xlsx(source, path)
    else:
        path.write_bytes(b"".join(reporting.rejects_csv(source)))
    return path


def _print_rejects(source: Import) -> None:
    """The first rows that would be refused, each with its reason."""
    for reject in source.rejects.all()[:REJECTS_SHOWN]:
        click.echo(_("Row %(line)s: %(why)s") % {"line": reject.line, "why": reporting.why(source, reject)})


def _print(source: Import, mended: Path | None, as_json: bool) -> None:
    counts = {outcome: source.counts.get(outcome, 0) for outcome in OUTCOMES}
    error = use_of(source).error(source)
    if as_json:
        result = counts | {
            "rows": source.rows_done,
            "rejects": str(mended) if mended else None,
            "error": error or None,
        }
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    for outcome, count in counts.items():
        click.echo(f"{outcome}: {count}")
    for remark in reporting.remarks(source):
        click.echo(remark)
    if mended:
        click.echo(_("Rows to mend: %(file)s") % {"file": mended})
    if error:
        click.echo(error, err=True)
