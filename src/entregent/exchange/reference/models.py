"""Syncs and their changes to each record, so that they can resume after a crash and be undone."""

from django.db import models
from django.db.models import Value

from entregent.accounts.models import Membership
from entregent.accounts.scope import AccountModel
from entregent.directory.models import Party
from entregent.exchange.source import SourceFile

USUAL = ("active", "language", "visibility", "code")
"""Fields that every new record has."""


class Sync(SourceFile):
    """A sync of the shared directory with a file: compared, then applied, and possibly undone.

    ``counts``: key → number: the deeds of ``SyncChange``, ``unchanged``, ``refused``, ``undone``, ``kept``.
    """

    complete = models.BooleanField(default=False)
    """«Ce fichier est complet»: people who are not in it are no longer in office."""
    known = models.PositiveIntegerField(default=0)
    """How many records of this kind the directory had in office when the file was compared."""

    @property
    def planned(self) -> int:
        """How many records it changes, planned or done."""
        return sum(self.counts.get(deed, 0) for deed in SyncChange.WRITING)

    @property
    def applied(self) -> int:
        """How many records it has changed without undoing it. One query."""
        return SyncChange.objects.filter(sync=self, state=SyncChange.State.DONE).count()

    @property
    def halved(self) -> bool:
        """Whether a file marked as complete names fewer than half of the known records: probably a partial file."""
        return self.complete and self.counts.get(SyncChange.Deed.RETIRED, 0) * 2 > self.known


class SyncChange(AccountModel):
    """A sync's change to one record, or a rejected row of its file.

    ``changes``: field → [old, new], as in the journal; ``patch``: the card to write; ``before``: the data to undo
    it: ``{"card", "closed": [[position, until, main]], "opened": [position], "retired_at"}``.
    """

    class Deed(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        RETIRED = "retired"
        BACK = "back"
        REJECTED = "rejected"

    class State(models.TextChoices):
        PLANNED = "planned"
        DONE = "done"
        REFUSED = "refused"
        UNDONE = "undone"
        KEPT = "kept"
        """It was to be undone, but has been changed since."""

    WRITING = (Deed.ADDED, Deed.CHANGED, Deed.RETIRED, Deed.BACK)

    sync = models.ForeignKey(Sync, models.CASCADE, related_name="changes", db_index=False)
    deed = models.CharField(max_length=8, choices=Deed.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED)
    party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="+", db_index=False)
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=310, blank=True)
    line = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    """The record's version when it was compared."""
    changes = models.JSONField(default=dict)
    patch = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    """As in ``Reject``: why a row was rejected, or a change was not applied or not undone."""
    cells = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    """Of a row to mend, once the phase that refused it has ended."""

    @property
    def telling(self) -> dict[str, list]:
        """The changes to show: for a new record, without the fields that all new records have."""
        usual = USUAL if self.deed == self.Deed.ADDED else ()
        return {name: pair for name, pair in self.changes.items() if name not in usual}

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["sync", "deed", "id"], name="sync_change_deed"),
            models.Index(fields=["sync", "state", "id"], name="sync_change_state"),
        ]


class WeeklyMail(AccountModel):
    """A week's mail about changes, to one member; claimed before sending, so that it is sent once."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+", db_index=False)
    week = models.DateField()
    """The Monday on which it is due."""
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "week"], name="weekly_mail_once")]
