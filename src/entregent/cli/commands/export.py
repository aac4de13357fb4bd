"""``entregent export``"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl

import click

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.directory import custom_filters
from entregent.directory.lists import list_key, named
from entregent.directory.models import ContactList
from entregent.directory.reach import seen_lists
from entregent.directory.selections import FILTERS, Selection
from entregent.exchange import exporting

from ..language import _
from ..people import account_option, actor_named, json_option, user_option
from ..progress import progress


@click.command(help=_("Write contacts or organisations to a file, as far as the user may see them."))
@account_option()
@user_option()
@click.option("--format", "form", type=click.Choice(list(exporting.FORMATS)), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    required=True,
    help=_("The file; - is the output."),
)
@click.option("--kind", type=click.Choice(["contacts", "organisations"]), default="contacts", show_default=True)
@click.option(
    "--query",
    default="",
    metavar="Q",
    help=_("Words, or filters as in a list's address: tag=Presse"),
)
@click.option(
    "--list", "list_name", default="", metavar="L", help=_("Only who is in this list: its name, or its id.")
)
@json_option()
def export(
    slug: str, email: str, form: str, output: str, kind: str, query: str, list_name: str, as_json: bool
) -> None:
    by = actor_named(slug, email)
    with inside(by.account):
        selection = _selection(by, kind, query)
        if list_name:
            conditions = selection.conditions | {"list": str(_list(by, list_name).pk)}
            selection = replace(selection, conditions=conditions)
        count = selection.parties(by).count()
        with progress(kind, count) as advance:
            made = exporting.begin(by, selection, form, advance)
            _write(made, output)
    if as_json:
        click.echo(json.dumps({"count": made.count, "file": output}), err=output == "-")


def _selection(by: Actor, kind: str, query: str) -> Selection:
    """Words, unless it reads as the filters of an address; one that isn't known is refused, never passed over."""
    params = dict(parse_qsl(query)) if "=" in query else {"q": query}
    own = custom_filters.names(params)
    unknown = set(params) - {"q", "sort", *FILTERS, *own}
    unknown |= {name for name in own if not custom_filters.readable(by, name, params[name].strip())}
    selection = Selection.read("p" if kind == "contacts" else "o", params)
    wrong = [*sorted(unknown), *(found.field for found in selection.problems)]
    if wrong:
        raise click.UsageError(_("These filters can't be understood: %(names)s") % {"names": ", ".join(wrong)})
    return selection


def _list(by: Actor, name: str) -> ContactList:
    """The list of this id or name; the category tells namesakes apart, as in «Communication/Presse»."""
    if name.isdecimal() and len(name) < 19:
        found = list(seen_lists(by).filter(pk=int(name)))
    else:
        category, _slash, last = name.rpartition("/")
        found = named(by, name) or [
            each for each in named(by, last) if category and list_key(each.category.name) == list_key(category)
        ]
    if len(found) != 1:
        message = _("Several lists are called %(name)s: write category/name.") if found else _("No list %(name)s.")
        raise click.ClickException(message % {"name": name})
    return found[0]


def _write(made: exporting.Export, output: str) -> None:
    """To a file beside its name first: what is there stays until all is written."""
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
