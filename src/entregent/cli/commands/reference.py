"""``entregent reference …``: syncs the shared directory, for the operator."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, Membership
from entregent.accounts.models.members import PRESENT
from entregent.accounts.scope import inside
from entregent.cli import comparing
from entregent.cli.comparing import SHOWN
from entregent.cli.following import follow, reading_options, receive, tell_mended, tell_row, write_rejects
from entregent.cli.language import _
from entregent.cli.people import actor_named, json_option, show
from entregent.directory.messages import Invalid
from entregent.exchange.models import Sync, SyncChange
from entregent.exchange.reference.rows import passed_over
from entregent.exchange.reference.syncing import SYNC
from entregent.runs import cycle

COUNTS = ("added", "changed", "retired", "back", "unchanged", "rejected")
IN_A_LINE = ("sync", "file", "state", *COUNTS)
"""What the list of synchronisations shows of each."""


def operating(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option ``--user``; run the command inside the shared directory, as this operator (``by``)."""

    @click.option(
        "--user", "email", default="", metavar="EMAIL", help=_("Act as this user (default: the first operator).")
    )
    @wraps(command)
    def run(email: str, **options: Any) -> None:
        account = _account()
        with inside(account):
            command(actor_named(account.slug, email or _first_operator()), **options)

    return run


def _account() -> Account:
    account = Account.objects.filter(is_reference=True).first()
    if account is None:
        raise click.ClickException(
            _("There is no shared directory yet. Open it: entregent account create service --name NAME --reference")
        )
    return account


def _first_operator() -> str:
    """Return the e-mail address of the shared directory's first administrator."""
    rulers = Membership.objects.filter(PRESENT, role__code="administrator")
    email: str | None = rulers.order_by("pk").values_list("user__email", flat=True).first()
    if email is None:
        raise click.ClickException(
            _("The shared directory has no operator yet: entregent user create EMAIL --account service "
              "--role administrator")
        )  # fmt: skip
    return email


@click.group(help=_("The shared directory that every account reads."))
def reference() -> None:
    """The ``reference`` command group."""


@reference.command(help=_("Bring the shared directory up to date with a CSV, XLSX or ODS file, by its identifiers."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(["guess", "contacts", "organisations"]), default="guess", show_default=True)
@click.option("--complete", is_flag=True, help=_("The file is complete: people not in it are no longer in office."))
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help=_('JSON: {"columns": {"Header": "target"}}.'))  # fmt: skip
@reading_options
@operating
@click.option("--dry-run", is_flag=True, help=_("Compare and report; write nothing."))
@click.option("--yes", is_flag=True, help=_("Apply it even if it names fewer than half of the known records."))
@json_option()
def sync(
    by: Actor, file: Path, kind: str, complete: bool, map_file: Path | None, reading: dict[str, Any], dry_run: bool,
    yes: bool, as_json: bool,
) -> None:  # fmt: skip
    found = receive(SYNC, by, file, kind, map_file, reading)
    follow(found, cycle.start_check(by, found, complete=complete))
    if found.state == Sync.State.FAILED:
        _end(found, as_json)
    if dry_run:
        _tell(found, as_json, applied=False)
        if not as_json:
            _preview(by, found)
        cycle.discard(found)
        return
    _apply(by, found, yes)
    _tell(found, as_json, applied=True, mended=write_rejects(found, file))


@reference.command(help=_("Undo a synchronisation, by its number."))
@click.argument("number", type=int)
@operating
@json_option()
def undo(by: Actor, number: int, as_json: bool) -> None:
    found = Sync.objects.filter(pk=number).first()
    job = cycle.start_undo(by, found) if found else None
    if found is None or job is None:
        raise click.ClickException(_("There is no synchronisation %(number)s to undo.") % {"number": number})
    follow(found, job)
    _tell(found, as_json, applied=True)


@reference.command("list", help=_("List the synchronisations, newest first."))
@json_option()
def list_syncs(as_json: bool) -> None:
    with inside(_account()):
        rows = [_row(found) for found in Sync.objects.all()[:50]]
    show(rows if as_json else [{name: row[name] for name in IN_A_LINE} for row in rows], as_json)


def _apply(by: Actor, found: Sync, yes: bool) -> None:
    try:
        job = cycle.start_run(by, found, confirmed=yes)
    except Invalid as invalid:
        cycle.discard(found)
        raise click.ClickException(comparing.warning(found)) from invalid
    follow(found, job)


def _row(found: Sync) -> dict[str, Any]:
    counts = {name: found.counts.get(name, 0) for name in (*COUNTS, "refused", "kept")}
    return {"sync": found.pk, "file": found.name, "state": found.state, **counts}


def _tell(found: Sync, as_json: bool, applied: bool, mended: Path | None = None) -> None:
    lost = passed_over(found)
    if as_json:
        files = {"applied": applied, "passed_over": lost, "rejects": str(mended) if mended else None,
                 "half": found.halved}  # fmt: skip
        click.echo(json.dumps(_row(found) | files, ensure_ascii=False))
        return
    if lost:
        click.echo(_("These columns are ignored: %(columns)s.") % {"columns": ", ".join(lost)})
    for name, value in _row(found).items():
        if name not in ("file", "state"):
            click.echo(f"{name}: {value}")
    told = SyncChange.objects.filter(sync=found)
    for row in told.filter(deed=SyncChange.Deed.REJECTED)[:SHOWN]:
        tell_row(found, row)
    more = found.counts.get("rejected", 0) - SHOWN
    if more > 0:
        click.echo(_("… and %(count)s more") % {"count": more})
    tell_mended(mended)


def _preview(by: Actor, found: Sync) -> None:
    """Print what a dry run found: the changes, and a warning if the file seems incomplete."""
    for line in comparing.lines(by, found):
        click.echo(line)
    if warning := comparing.warning(found):
        click.echo(warning, err=True)


def _end(found: Sync, as_json: bool) -> None:
    text = SYNC.error(found)
    cycle.discard(found)
    if as_json:
        click.echo(json.dumps(_row(found) | {"applied": False, "error": text}, ensure_ascii=False))
        sys.exit(1)
    raise click.ClickException(text)
