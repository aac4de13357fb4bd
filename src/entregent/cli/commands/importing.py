"""``entregent import``: imports a file of contacts or organisations."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from entregent.accounts.actor import Actor
from entregent.cli.following import follow, reading_options, receive, tell_file, tell_mended, tell_row, write_rejects
from entregent.cli.language import _
from entregent.cli.people import acting, json_option
from entregent.exchange import listing, reporting
from entregent.exchange.importing import IMPORT
from entregent.exchange.models import OUTCOMES, Import
from entregent.runs import cycle

REJECTS_SHOWN = 20


@click.command("import", help=_("Import a file of contacts or organisations: CSV, XLSX, ODS or vCard."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@acting
@click.option("--kind", type=click.Choice(["contacts", "organisations"]), default="contacts", show_default=True)
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help=_('JSON: {"columns": {"Header": "target"}, "constants": {"function": "Maire"}}.'))  # fmt: skip
@click.option("--on-duplicate", type=click.Choice([value for value in Import.OnDuplicate.values]),
              default="complete", show_default=True)  # fmt: skip
@click.option("--list", "into", default="", metavar="L", help=_("Add all records to this list, by name or id."))
@reading_options
@click.option("--shared-addresses", is_flag=True, help=_("Several people may have the same e-mail address."))
@click.option("--dry-run", is_flag=True, help=_("Check and count; write nothing."))
@json_option()
def import_file(
    by: Actor,
    file: Path,
    kind: str,
    map_file: Path | None,
    on_duplicate: str,
    into: str,
    shared_addresses: bool,
    dry_run: bool,
    as_json: bool,
    reading: dict[str, Any],
) -> None:
    place = listing.asked(by, into)
    choices = {"on_duplicate": on_duplicate, "shared_addresses": shared_addresses}
    source = receive(IMPORT, by, file, kind, map_file, reading, **choices)
    tell_file(source)
    listing.keep(source, place)
    follow(source, cycle.start_check(by, source) if dry_run else cycle.start_run(by, source))
    _print(source, None if dry_run else write_rejects(source, file), as_json)
    if not as_json:
        for remark in source.remarks.all()[:REJECTS_SHOWN]:
            tell_row(source, remark)
    if dry_run and not as_json:
        for reject in source.rejects.all()[:REJECTS_SHOWN]:
            tell_row(source, reject)
    if dry_run:
        cycle.discard(source)
    if source.state == Import.State.FAILED:
        sys.exit(1)


def _print(source: Import, mended: Path | None, as_json: bool) -> None:
    counts = {outcome: source.counts.get(outcome, 0) for outcome in OUTCOMES}
    error = IMPORT.error(source)
    if as_json:
        files = {"rows": source.rows_done, "rejects": str(mended) if mended else None, "error": error or None}
        click.echo(json.dumps(counts | files, ensure_ascii=False))
        return
    for outcome, count in counts.items():
        click.echo(f"{outcome}: {count}")
    for remark in reporting.remarks(source):
        click.echo(remark)
    tell_mended(mended)
    if error:
        click.echo(error, err=True)
