"""«Proposer une correction»: what an account proposes to the operator about a shared record."""

from django.db import models

from entregent.accounts.models import User
from entregent.accounts.scope import AccountModel

from .parties import Party


class Correction(AccountModel):
    """One value proposed for one field. It belongs to the proposing account; the operator reads this row only."""

    class Status(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    party = models.ForeignKey(Party, models.CASCADE, related_name="corrections")
    """The record of the shared directory itself, never the account's layer over it."""
    field = models.CharField(max_length=40)
    current = models.TextField(blank=True)
    proposed = models.TextField()
    comment = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["status", "at"], name="correction_open")]
