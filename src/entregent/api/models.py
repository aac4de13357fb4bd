"""Responses to POST requests with an `Idempotency-Key`, returned when the request is repeated."""

from django.conf import settings
from django.db import models

from entregent.accounts.scope import AccountModel


class Answer(AccountModel):
    """A response, kept for a day. Keys are per user."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """SHA-256 of the request. The same key with another request is an error, not a repetition."""
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "user", "key"], name="answer_once")]
