"""The columns of every long run, enough to resume after a crash."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from entregent.accounts.scope import AccountModel
from entregent.journal.models import Entry


class Run(AccountModel):
    """Work on many records: checked without writing, then done in steps, and possibly undone.

    ``counts``: key → number; it may contain a nested mapping (``notes``).
    """

    class State(models.TextChoices):
        READING = "reading"
        DRAFT = "draft"
        CHECKING = "checking"
        CHECKED = "checked"
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"
        FAILED = "failed"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=255)
    """Its name on its page: the file's."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    turn = models.PositiveIntegerField(default=0, db_default=0)
    """Grows with each step. A worker that finds another value than it remembers was overtaken by another worker."""
    stop_asked = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    """Why it failed or stopped: ``{"code", "params"}``, with a code of its use's ``sentences``."""
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    undo_entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    @property
    def working(self) -> bool:
        """Whether a worker is working on it, or soon will be."""
        return self.state in (self.State.READING, self.State.CHECKING, self.State.RUNNING, self.State.UNDOING)

    @property
    def rows_per_second(self) -> float:
        """Rows per second since this phase began; 0 before its first step."""
        if not self.started_at or not self.rows_done:
            return 0.0
        seconds = ((self.finished_at or timezone.now()) - self.started_at).total_seconds()
        return self.rows_done / max(seconds, 0.001)

    @property
    def seconds_left(self) -> int | None:
        """The estimated seconds until the end of the phase; None before its first step."""
        if not self.rows_total or not self.rows_per_second:
            return None
        return max(0, round((self.rows_total - self.rows_done) / self.rows_per_second))
