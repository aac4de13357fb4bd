"""``entregent action``: a tool of the toolbox, run on records named by their ids."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from entregent.accounts.actor import Actor
from entregent.actions.toolbox import toolbox
from entregent.actions.toolbox.outcome import Outcome
from entregent.actions.toolbox.toolbox import TOOLS, Data, Tool
from entregent.cli.language import _
from entregent.cli.people import acting, json_option, show_one
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.kernel.ids import read_id


class ActionCommand(click.Command):
    """The command, whose help lists all actions."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        runnable = [tool for tool in TOOLS.values() if tool.offered and tool.run]
        with formatter.section(_("Actions")):
            formatter.write_dl([(tool.code, _asks(tool)) for tool in runnable])


def _asks(tool: Tool) -> str:
    """Return the help of a tool's values: «Balise – names=tags», optional ones in brackets."""
    asked = [f"{ask.name}={ask.type}" if ask.required else f"[{ask.name}={ask.type}]" for ask in tool.ask]
    return f"{tool.label} – {' '.join(asked)}" if asked else str(tool.label)


@click.command(cls=ActionCommand, help=_("Run an action of the toolbox on contacts or organisations."))
@click.argument("code")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@acting
@click.option("--contact", "contacts", multiple=True, metavar="ID", help=_("A contact's id; may be repeated."))
@click.option(
    "--organisation", "organisations", multiple=True, metavar="ID", help=_("An organisation's id; may be repeated.")
)
@json_option()
def action(
    by: Actor,
    code: str,
    values: Sequence[str],
    contacts: Sequence[str],
    organisations: Sequence[str],
    as_json: bool,
) -> None:
    tool = TOOLS.get(code)
    if tool is None or tool.run is None:
        raise click.UsageError(_("There is no action %(code)s. The help lists them.") % {"code": code})
    parties = [*_found(by, tool, "p", contacts), *_found(by, tool, "o", organisations)]
    if not parties:
        raise click.UsageError(_("Say on which records, with --contact or --organisation."))
    by.require(*(tool.needs[party.kind] for party in parties))
    outcome = toolbox.run(by, code, parties, _read(by, tool, values))
    show_one(outcome.data(), as_json, _lines(outcome))
    if outcome.refused and not outcome.done:
        sys.exit(1)


def _found(by: Actor, tool: Tool, kind: str, ids: Sequence[str]) -> list[Party]:
    """Return the records of these ids, in the bin or not. Raises ``ClickException`` if ``by`` can't see one."""
    if ids and kind not in tool.needs:
        message = (
            _("%(code)s does not run on contacts.") if kind == "p" else _("%(code)s does not run on organisations.")
        )
        raise click.UsageError(message % {"code": tool.code})
    named = {word: read_id(word) for word in ids}
    found = Party.readable.seen_by(by).filter(kind=kind).in_bulk([pk for pk in named.values() if pk])
    for word, pk in named.items():
        if pk not in found:
            message = _("There is no contact %(id)s.") if kind == "p" else _("There is no organisation %(id)s.")
            raise click.ClickException(message % {"id": word})
    return list(dict.fromkeys(found[pk] for pk in named.values() if pk))


def _read(by: Actor, tool: Tool, values: Iterable[str]) -> Data:
    """Return the values that the action asks for, from ``key=value``; a repeated key gives a list."""
    given: dict[str, Any] = {}
    for word in values:
        name, equals, value = word.partition("=")
        if not equals or name not in {ask.name for ask in tool.ask}:
            raise click.UsageError(_("%(code)s asks for no “%(word)s”.") % {"code": tool.code, "word": name})
        given[name] = [*_several(given[name]), value] if name in given else value
    try:
        return tool.read(by, given)
    except Invalid as invalid:
        reasons = "".join(f"\n  {each.field} – {each.message}" for each in invalid.problems)
        raise click.UsageError(_("These values can't be used:%(reasons)s") % {"reasons": reasons}) from invalid


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _lines(outcome: Outcome) -> list[str]:
    lines = [_("Done: %(count)s") % {"count": len(outcome.done)}]
    if outcome.same:
        lines.append(_("Needed no change: %(count)s") % {"count": outcome.same})
    refused = _("Refused for %(name)s: %(reason)s")
    return lines + [refused % {"name": party.name, "reason": reason} for party, reason in outcome.refused]
