"""Entries as lines of a page: an icon, a sentence with its links, when, and what changed. Home and records use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from entregent.accounts.actor import Actor
from entregent.directory.models import Party
from entregent.journal.changes import Change, Changes, Reader, alike
from entregent.journal.deeds import Deed, deed_of
from entregent.journal.models import About
from entregent.journal.sentences import door_words, html
from entregent.journal.timeline import Told
from entregent.web.links import to


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown."""

    icon: str
    tone: str
    sentence: SafeString
    at: datetime
    door: str
    note: str
    changes: list[Change]


def lines_of(by: Actor, tolds: Iterable[Told], own: Party | None = None, whole: bool = False) -> list[Line]:
    """The lines of entries that the timeline gave; ``own``: the party on whose page they stand, which needs no link.

    ``whole``: also list the fields of an added record, as its history does.
    """
    tolds = list(tolds)
    reader = Reader(by, [about.changes for told in tolds for about in told.abouts])
    return [_line(by, told, own, reader, whole) for told in tolds]


def _line(by: Actor, told: Told, own: Party | None, reader: Reader, whole: bool) -> Line:
    single = told.abouts[0] if len(told.abouts) == 1 and not told.more else None
    deed = deed_of(single.deed if own and single else told.entry.deed)
    named = told.others if own and told.others and single and single.party_id == own.pk else told.abouts + told.others
    named = list({about.party_id or -about.pk: about for about in named if about.shown_as}.values())
    return Line(
        icon=deed.icon,
        tone=deed.tone,
        sentence=html(told.entry, [_name(by, about, own) for about in named], told.more, deed, told.numbers),
        at=told.entry.at,
        door=door_words(told.entry),
        note=told.entry.note,
        changes=reader.words(_changes(told, single, deed, own, whole)),
    )


def _changes(told: Told, single: About | None, deed: Deed, own: Party | None, whole: bool) -> Changes:
    """What is listed under the sentence: of one party all that changed, of several what was done to each."""
    if single is None:
        return alike([about.changes for about in told.abouts]) if deed.on_many else {}
    shown = (whole or not deed.evident) and (own or not deed.in_bulk)
    return single.changes if shown else {}


def _name(by: Actor, about: About, own: Party | None) -> str:
    """A party's name as it was told; a link to its page when it still has one."""
    party = about.party
    if party is None or party.in_bin or (own and party.pk == own.pk):
        return format_html("<strong>{}</strong>", about.shown_as)
    page = "contacts:page" if party.is_person else "organisations:page"
    return format_html('<a href="{}">{}</a>', to(by, page, party.pk), about.shown_as)
