"""Syncs, and what each does to every record: enough to go on after a crash, and to take it back."""

from django.db import models

from entregent.accounts.models import Membership
from entregent.accounts.scope import AccountModel
from entregent.directory.models import Party
from entregent.exchange.source import SourceFile

USUAL = ("active", "language", "visibility", "code")
"""Fields that every record begins with."""


class Sync(SourceFile):
    """One file that the shared directory is brought up to date with: compared first, then applied, or taken back.

    ``counts``: what → how many: the deeds of ``SyncChange``, ``unchanged``, ``refused``, ``undone``, ``kept``.
    """

    complete = models.BooleanField(default=False)
    """«Ce fichier est complet»: who is not in it has left."""
    known = models.PositiveIntegerField(default=0)
    """How many records of this kind the directory kept in office when the file was compared."""

    @property
    def planned(self) -> int:
        """How many records it would change, or has set out to."""
        return sum(self.counts.get(deed, 0) for deed in SyncChange.WRITING)

    @property
    def applied(self) -> int:
        """How many records it has changed and not given back. One query."""
        return SyncChange.objects.filter(sync=self, state=SyncChange.State.DONE).count()

    @property
    def halved(self) -> bool:
        """Whether a file said to be complete names fewer than half of those we knew: half a file, most likely."""
        return self.complete and self.counts.get(SyncChange.Deed.RETIRED, 0) * 2 > self.known


class SyncChange(AccountModel):
    """What a sync does to one record; or a row of the file that it could not keep.

    ``changes`` is field → [old, new], as the journal keeps it; ``patch`` the card to write; ``before`` what takes
    it back: ``{"card", "closed": [[position, until, main]], "opened": [position], "retired_at"}``.
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
        """It was to be taken back, and had been changed since."""

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
    """As ``Reject`` keeps them: why a row goes back, why a change was not written or not taken back."""

    @property
    def telling(self) -> dict[str, list]:
        """What of its changes is worth reading: of what is added, not what all records begin with."""
        usual = USUAL if self.deed == self.Deed.ADDED else ()
        return {name: pair for name, pair in self.changes.items() if name not in usual}

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["sync", "deed", "id"], name="sync_change_deed"),
            models.Index(fields=["sync", "state", "id"], name="sync_change_state"),
        ]


class WeeklyMail(AccountModel):
    """The week's mail of what changed, to one member: claimed before it leaves, so that it leaves once."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+", db_index=False)
    week = models.DateField()
    """The Monday on which it is due."""
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "week"], name="weekly_mail_once")]
