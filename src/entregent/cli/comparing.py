"""The changes that ``entregent reference sync --dry-run`` prints."""

from entregent.accounts.actor import Actor
from entregent.exchange.models import Sync, SyncChange
from entregent.journal.changes import Change, Reader

from .language import _

SHOWN = 20


def warning(sync: Sync) -> str:
    """Return a warning if the file seems incomplete, else ``""``."""
    if not sync.halved:
        return ""
    return _(
        "%(gone)s of the %(known)s known records are not in this file: is it incomplete? Nothing was written. "
        "If it is complete, say --yes."
    ) % {"gone": sync.counts.get("retired", 0), "known": sync.known}


def lines(by: Actor, sync: Sync) -> list[str]:
    """Return a line for each of the first changes (deed, record, old → new), and one with the number of others."""
    found = SyncChange.objects.filter(sync=sync).exclude(deed=SyncChange.Deed.REJECTED).order_by("id")
    rows = list(found[:SHOWN])
    reader = Reader(by, [row.changes for row in rows])
    told = []
    for row in rows:
        changes = ", ".join(map(_in_words, reader.words(row.telling)))
        told.append(f"{row.deed}\t{row.code}\t{row.name}\t{changes}")
    more = sync.planned - len(rows)
    return [*told, _("… and %(count)s more") % {"count": more}] if more > 0 else told


def _in_words(change: Change) -> str:
    """Return «Ville : Lyon → Crest»; nothing stands before the arrow if the field was empty."""
    change_in_words = f"{change.old} → {change.new}" if change.old or not change.new else change.new
    return _("%(label)s: %(change)s") % {"label": change.label, "change": change_in_words}
