"""Background jobs: work that takes too long for a page request, its state, and the worker that holds it."""

from django.db import models
from django.utils import timezone

from entregent.accounts.scope import AccountModel

from .users import User


class Job(AccountModel):
    """A background job. Its progress is in the rows of the room it belongs to; this row says who runs it.

    A worker holds a job by a lease that it renews after each step. If the worker dies, the lease expires and
    another one resumes from the state of those rows.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often it was begun without getting further: the attempts that failed, and the present one."""
    deaths = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How many workers died at it without getting further."""
    error = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=32, blank=True)
    run_after = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["run_after"], name="job_waiting", condition=models.Q(state__in=["queued", "running"])
            )
        ]
