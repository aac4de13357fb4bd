"""Security events of users: written once, never changed, deleted after a year (std E21, E22)."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .users import User


class Rewriting(TypeError):
    """An attempt to change or delete a recorded security event."""


class SecurityEvents(models.QuerySet):
    """Append-only rows; only ``forget_before`` deletes any, by age."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Rewriting

    update = delete = bulk_update = _refuse

    def forget_before(self, limit: datetime) -> int:
        """Delete events older than ``limit`` and return how many there were."""
        return self.filter(at__lt=limit)._raw_delete(self.db)


class SecurityEvent(models.Model):
    """One security event. It holds no text typed by a stranger, who could forge log lines with it."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Wrong password")
        FACTOR_FAILED = "factor_failed", _("Wrong second-factor code")
        SIGNED_OUT = "signed_out", _("Signed out")
        SESSION_OVER = "session_over", _("Session expired")
        SESSIONS_ENDED = "sessions_ended", _("Other sessions ended")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        PASSWORD_RESET = "password_reset", _("Forgotten password reset")
        EMAIL_CHANGED = "email_changed", _("Email changed")
        APP_ADDED = "app_added", _("Authenticator app turned on")
        APP_REMOVED = "app_removed", _("Authenticator app turned off")
        PASSKEY_ADDED = "passkey_added", _("Passkey added")
        PASSKEY_REMOVED = "passkey_removed", _("Passkey removed")
        CODES_MADE = "codes_made", _("Recovery codes created")
        CODE_USED = "code_used", _("Recovery code used")
        DISABLED = "disabled", _("Access disabled")

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    """Null: the typed address belongs to no user."""
    kind = models.CharField(max_length=20, choices=Kind)
    email_digest = models.CharField(max_length=64, blank=True)
    """For failures: HMAC-SHA-256 of the typed address, to count attempts without storing the address."""
    ip = models.GenericIPAddressField(null=True)
    door = models.CharField(max_length=8)
    """A value of ``actor.Door``."""
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = SecurityEvents.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "-at"], name="security_of_user")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args, **kwargs) -> None:
        """Insert the event. Raises ``Rewriting`` if it is already saved."""
        if self.pk is not None:
            raise Rewriting
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Rewriting

    @property
    def failure(self) -> bool:
        return self.kind in (self.Kind.SIGN_IN_FAILED, self.Kind.FACTOR_FAILED)


class ResetRequest(models.Model):
    """A link to choose a new password, asked for an address that may be nobody's. Deleted once it is answered.

    ``due``: when the mail is to be tried; ``tries``: how often it was.
    """

    email = models.EmailField(max_length=254)
    at = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.pk)
