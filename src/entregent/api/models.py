"""What was answered to a POST that carried a key, so that sending it again does nothing twice."""

from django.conf import settings
from django.db import models

from entregent.accounts.scope import AccountModel


class Answer(AccountModel):
    """One answer, kept for a day. The key is the sender's own: another user's is another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """SHA-256 of the request: the same key with another body is a mistake, not a repetition."""
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "user", "key"], name="answer_once")]
