"""Entries drawn by Python itself: each record's page has ten of them, which cost a third of it as a template."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.journal.changes import Change
from entregent.shell.dates import both
from entregent.shell.icons import icon

from .lines import Line


def draw(lines: Iterable[Line]) -> SafeString:
    """The list of entries; ``""`` for none. Sentences are HTML already: names in them are links."""
    now, language = timezone.localtime(), get_language() or ""
    drawn = "".join([_entry(line, now, language) for line in lines])
    return SafeString(f'<ol class="entries">{drawn}</ol>' if drawn else "")


def _entry(line: Line, now: datetime, language: str) -> str:
    near, whole = both(line.at, now, language)
    when = f'<time datetime="{line.at.isoformat()}" title="{escape(whole)}">{escape(near)}</time>'
    note = f'<p class="note-box">{escape(line.note)}</p>' if line.note else ""
    door = f" · {escape(line.door)}" if line.door else ""
    return f"""
<li class="entry"><span class="disc {line.tone}">{icon(line.icon)}</span>
<div><p>{line.sentence}</p>{_changes(line.changes)}{note}
<p class="when">{when}{door}</p></div></li>"""


def _changes(changes: list[Change]) -> str:
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
