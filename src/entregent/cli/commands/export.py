"""``entregent export``: writes contacts or organisations to a file."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl

import click

from entregent.accounts.actor import Actor
from entregent.cli.language import _
from entregent.cli.people import acting, json_option
from entregent.cli.progress import progress
from entregent.directory.lists.lists import named
from entregent.directory.lists.reach import seen_lists, seen_views
from entregent.directory.models import ContactList
from entregent.directory.parties.cleaning import item_key
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.nested import WORDS
from entregent.directory.selections.selections import Selection, problems_beside
from entregent.directory.selections.stored import shown_to
from entregent.exchange import exporting
from entregent.exchange.fields import CONTACTS, ORGANISATIONS, letter
from entregent.kernel.ids import read_id

_NESTED = re.compile(rf"\s*({'|'.join(WORDS)})\s*\(")
"""The start of a nested filter, which may contain equals signs."""


@click.command(help=_("Write the contacts or organisations that the user may see to a file."))
@acting
@click.option("--format", "form", type=click.Choice(list(exporting.FORMATS)), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    required=True,
    help=_("The file; - for standard output."),
)
@click.option("--kind", type=click.Choice([CONTACTS, ORGANISATIONS]), default=CONTACTS, show_default=True)
@click.option(
    "--query",
    default="",
    metavar="Q",
    help=_("Words; filters as in a list's URL: tag=Presse; or a nested filter: and(tag:Presse,not(city:Lyon))"),
)
@click.option("--view", default="", metavar="V", help=_("Only what this saved view shows, by name or id."))
@click.option("--list", "list_name", default="", metavar="L", help=_("Only members of this list, by name or id."))
@json_option()
def export(
    by: Actor, form: str, output: str, kind: str, query: str, view: str, list_name: str, as_json: bool
) -> None:
    one = letter(kind)
    searches = [_view(by, one, view)] if view else []
    searches += [{"list": str(_list(by, list_name).pk)}] if list_name else []
    selection = _selection(by, one, query, searches)
    with progress(kind, selection.parties(by).count()) as advance:
        made = exporting.begin(by, selection, form, advance)
        _write(made, output)
    if as_json:
        click.echo(json.dumps({"count": made.count, "file": output}), err=output == "-")


def _selection(by: Actor, kind: str, query: str, searches: Sequence[Mapping[str, str]]) -> Selection:
    """Return the selection of records that match ``query`` and all ``searches``, in the query's order if it has one.

    The query is search words, URL parameters of filters, or a nested filter. Raises ``UsageError`` for an unknown
    filter.
    """
    asked = _params(query)
    if asked.get("q") and any(search.get("q") for search in searches):
        raise click.UsageError(_("The view already searches for words: leave them out of the query."))
    pairs = [pair for search in (*searches, asked) for pair in search.items()]
    selection = Selection.read(kind, params_in(pairs))
    if problems := [*problems_beside(asked, ("q", "sort")), *selection.problems_for(by)]:
        reasons = "".join(f"\n  {each.field} – {each.message}" for each in problems)
        raise click.UsageError(_("These filters can't be understood:%(reasons)s") % {"reasons": reasons})
    return selection


def _params(query: str) -> dict[str, str]:
    if _NESTED.match(query):
        return {"f": query}
    return params_in(parse_qsl(query)) if "=" in query else {"q": query}


def _view(by: Actor, kind: str, name: str) -> dict[str, str]:
    """Return the search parameters of a saved view, by id or name; among namesakes, the user's own.

    Raises ``ClickException`` if there is none, or more than one.
    """
    views = seen_views(by, kind)
    if (pk := read_id(name)) is not None:
        found = list(views.filter(pk=pk))
    else:
        same = list(views.filter(key=item_key(name)[:80]))
        found = [view for view in same if view.created_by_id == by.user_id] or same
    if len(found) != 1:
        message = _("Several views are called %(name)s: use the id.") if found else _("No view %(name)s.")
        raise click.ClickException(message % {"name": name})
    return shown_to(by, found[0].search)


def _list(by: Actor, name: str) -> ContactList:
    """Return a list by id or name. Raises ``ClickException`` if there is none, or more than one."""
    pk = read_id(name)
    found = named(by, name) if pk is None else list(seen_lists(by).filter(pk=pk))
    if len(found) != 1:
        message = _("Several lists are called %(name)s: use category/name.") if found else _("No list %(name)s.")
        raise click.ClickException(message % {"name": name})
    return found[0]


def _write(made: exporting.Export, output: str) -> None:
    """Write to a temporary file first, so that an existing one is only replaced when complete; "-" is stdout."""
    if output == "-":
        _pour(made, sys.stdout.buffer)
        return
    target = Path(output)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            _pour(made, file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _pour(made: exporting.Export, file: BinaryIO) -> None:
    for piece in exporting.pieces(made):
        file.write(piece)
