"""What is deleted along with records, shown before the deletion."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext_lazy

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.models import Address, Channel, Party, PartyTag, Position
from entregent.journal.models import About
from entregent.journal.timeline import entries_seen_by
from entregent.web.words import figure

from .chosen import Chosen


def consequences(by: Actor, tool: Tool, chosen: Chosen) -> dict[str, Any] | None:
    """Count what is deleted with the chosen records, as far as ``by`` may see it; one query per kind of thing.

    None for a tool that deletes nothing, or if no records are chosen yet. ``fate``: what happens to the records;
    ``parts``: what is deleted with them; ``final``: it can't be undone.
    """
    if tool.fate is None or not chosen.count:
        return None
    fate = tool.fate(by)
    return {"fate": fate.text, "parts": _parts(by, chosen), "final": fate.final}


PLACES = ngettext_lazy("%(n)s place in an organisation", "%(n)s places in organisations", "count")
PEOPLE = ngettext_lazy(
    "%(n)s person's place there (the person stays)", "%(n)s people's places there (the people stay)", "count"
)
CHANNELS = ngettext_lazy("%(n)s email, phone number or website", "%(n)s emails, phone numbers and websites", "count")
ADDRESSES = ngettext_lazy("%(n)s postal address", "%(n)s postal addresses", "count")
TAGS = ngettext_lazy("%(n)s tag", "%(n)s tags", "count")
ENTRIES = ngettext_lazy("what %(n)s entry of the infobox tells", "what %(n)s entries of the infobox tell", "count")


def _parts(by: Actor, chosen: Chosen) -> list[str]:
    ids = chosen.queryset.order_by().values("pk")
    seen, told = Party.readable.seen_by(by), entries_seen_by(by).filter(pk=OuterRef("entry"))
    found = [
        (PLACES, Position.readable.filter(seen.at("organisation"), contact__in=ids)),
        (PEOPLE, Position.readable.filter(seen.at("contact"), organisation__in=ids)),
        (CHANNELS, Channel.readable.filter(party__in=ids)),
        (ADDRESSES, Address.readable.filter(party__in=ids)),
        (TAGS, PartyTag.readable.filter(party__in=ids)),
        (ENTRIES, About.objects.filter(Exists(told), party__in=ids)),
    ]
    counts = [(words, rows.order_by().count()) for words, rows in found]
    return [words % {"count": count, "n": figure(count)} for words, count in counts if count]
