"""Entries drawn by Python itself: each record's page has ten of them, which cost a third of it as a template."""

from collections.abc import Iterable
from html import escape

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.directory.models import Party
from entregent.journal.changes import Change, Changes, Reader, alike
from entregent.journal.deeds import Deed, deed_of
from entregent.journal.models import About
from entregent.journal.sentences import door_words, html
from entregent.journal.timeline import Told
from entregent.shell.dates import both
from entregent.shell.icons import icon
from entregent.web.links import to_kind


def draw(by: Actor, tolds: Iterable[Told], own: Party | None = None, whole: bool = False) -> SafeString:
    """Return the list of entries that the timeline gave, as HTML; ``""`` for none.

    ``own``: the party on whose page they stand, which needs no link; ``whole``: also list the fields of an added
    record, as its history does.
    """
    tolds = list(tolds)
    reader = Reader(by, [about.changes for told in tolds for about in told.abouts])
    now, language = timezone.localtime(), get_language() or ""
    drawn = "".join([_entry(by, told, own, reader, whole, both(told.entry.at, now, language)) for told in tolds])
    return SafeString(f'<ol class="entries">{drawn}</ol>' if drawn else "")


def _entry(by: Actor, told: Told, own: Party | None, reader: Reader, whole: bool, at: tuple[str, str]) -> str:
    """Return one entry: an icon, a sentence with its links, what changed, and when (``at``, in words and exactly)."""
    single = told.abouts[0] if len(told.abouts) == 1 and not told.more else None
    deed, entry = deed_of(single.deed if own and single else told.entry.deed), told.entry
    named = told.others if own and told.others and single and single.party_id == own.pk else told.abouts + told.others
    named = list({about.party_id or -about.pk: about for about in named if about.shown_as}.values())
    sentence = html(entry, [_name(by, about, own) for about in named], told.more, deed, told.numbers)
    when = f'<time datetime="{entry.at.isoformat()}" title="{escape(at[1])}">{escape(at[0])}</time>'
    note = f'<p class="note-box">{escape(entry.note)}</p>' if entry.note else ""
    door = f" · {escape(words)}" if (words := door_words(entry)) else ""
    return f"""
<li class="entry"><span class="disc {deed.tone}">{icon(deed.icon)}</span>
<div><p>{sentence}</p>{_listed(reader.words(_changes(told, single, deed, own, whole)))}{note}
<p class="when">{when}{door}</p></div></li>"""


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
    return format_html('<a href="{}">{}</a>', to_kind(by, party.kind, "page", party.pk), about.shown_as)


def _listed(changes: list[Change]) -> str:
    if not changes:
        return ""
    drawn = [f"<div><dt>{escape(one.label)}</dt><dd>{_from_to(one.old, one.new)}</dd></div>" for one in changes]
    return f'<dl class="changes">{"".join(drawn)}</dl>'


def _from_to(old: str, new: str) -> str:
    """What was there struck out, and what took its place."""
    before, after = f"<del>{escape(old)}</del>", f"<ins>{escape(new)}</ins>"
    if old and new:
        return f'{before} <span aria-hidden="true">→</span> {after}'
    if new:
        return after
    return f'{before} <span class="sr-only">{escape(_("emptied"))}</span>' if old else ""
