"""What is deleted along with records, shown before the deletion."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.models import Address, Channel, Party, PartyTag, Position
from entregent.journal.models import About
from entregent.journal.timeline import entries_seen_by
from entregent.web.figures import figure

from .chosen import Chosen


@dataclass(frozen=True, slots=True)
class Consequences:
    """The consequences of a deletion.

    ``fate``: what happens to the records; ``parts``: what is deleted with them; ``final``: it can't be undone.
    """

    fate: str
    parts: list[str]
    final: bool


def consequences(by: Actor, tool: Tool, chosen: Chosen) -> Consequences | None:
    """Count what is deleted with the chosen records, as far as ``by`` may see it; one query per kind of thing.

    None for a tool that deletes nothing, or if no records are chosen yet.
    """
    if tool.fate is None or not chosen.count:
        return None
    fate = tool.fate(by)
    return Consequences(fate.text, _parts(by, chosen), fate.final)


def _parts(by: Actor, chosen: Chosen) -> list[str]:
    ids = chosen.queryset.order_by().values("pk")
    seen = Party.readable.seen_by(by).values("pk")
    counts = [
        (Position.readable.filter(contact__in=ids, organisation__in=seen), _positions),
        (Position.readable.filter(organisation__in=ids, contact__in=seen), _people),
        (Channel.readable.filter(party__in=ids), _channels),
        (Address.readable.filter(party__in=ids), _addresses),
        (PartyTag.readable.filter(party__in=ids), _tags),
        (About.objects.filter(party__in=ids, entry__in=entries_seen_by(by).values("pk")), _entries),
    ]
    return [say(number) for rows, say in counts if (number := rows.order_by().count())]


def _positions(n: int) -> str:
    return ngettext("%(n)s place in an organisation", "%(n)s places in organisations", n) % {"n": figure(n)}


def _people(n: int) -> str:
    return ngettext(
        "%(n)s person's place there (the person stays)", "%(n)s people's places there (the people stay)", n
    ) % {"n": figure(n)}


def _channels(n: int) -> str:
    return ngettext("%(n)s email, phone number or website", "%(n)s emails, phone numbers and websites", n) % {
        "n": figure(n)
    }


def _addresses(n: int) -> str:
    return ngettext("%(n)s postal address", "%(n)s postal addresses", n) % {"n": figure(n)}


def _tags(n: int) -> str:
    return ngettext("%(n)s tag", "%(n)s tags", n) % {"n": figure(n)}


def _entries(n: int) -> str:
    return ngettext("what %(n)s entry of the infobox tells", "what %(n)s entries of the infobox tell", n) % {
        "n": figure(n)
    }
