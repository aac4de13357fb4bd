"""Records a ``SecurityEvent`` for each sign-in and each change of credentials, as signalled by allauth.

What members do inside an account is recorded in the journal instead.
"""

from datetime import timedelta
from typing import Any

from allauth.account import signals as account
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.db.models import F, QuerySet
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .actor import Door
from .jobs import chore
from .models import Account, SecurityEvent, User

Kind = SecurityEvent.Kind
EVENTS_KEPT_FOR = timedelta(days=365)
FACTOR_ADDED = {Authenticator.Type.TOTP: Kind.APP_ADDED, Authenticator.Type.WEBAUTHN: Kind.PASSKEY_ADDED}
FACTOR_REMOVED = {Authenticator.Type.TOTP: Kind.APP_REMOVED, Authenticator.Type.WEBAUTHN: Kind.PASSKEY_REMOVED}


def record(kind: SecurityEvent.Kind, user: User | None, request: HttpRequest | None = None, email: str = "") -> None:
    """Record an event of ``user``. ``request``: None for a command; ``email``: as typed, for failed sign-ins."""
    SecurityEvent.objects.create(
        kind=kind,
        user=user,
        email_digest=digest_of(email) if email else "",
        ip=get_client_ip(request) if request else None,
        door=Door.PAGE if request else Door.COMMAND,
    )


def digest_of(email: str) -> str:
    """Return the HMAC-SHA-256 in hex: a plain digest of an address is too easy to guess."""
    return salted_hmac("security event", email.strip().lower(), algorithm="sha256").hexdigest()


def failed(request: HttpRequest, email: str) -> None:
    """Record a wrong password, for the user with the typed ``email``, if any."""
    record(Kind.SIGN_IN_FAILED, User.objects.filter(email=email.strip().lower()).first(), request, email)


def events_of(user_id: int) -> QuerySet[SecurityEvent]:
    """Return a user's own security events, newest first."""
    return SecurityEvent.objects.filter(user_id=user_id)


def events_of_members(account: Account) -> QuerySet[SecurityEvent]:
    """Return the events of an account's members since they joined it, newest first, with their user."""
    places = {"user__memberships__account": account, "user__memberships__active": True}
    return SecurityEvent.objects.select_related("user").filter(**places, at__gte=F("user__memberships__joined_at"))


@chore
def forget() -> None:
    """Delete security events older than a year (std E22)."""
    SecurityEvent.objects.forget_before(timezone.now() - EVENTS_KEPT_FOR)


def _on(signal: Signal, kind: SecurityEvent.Kind) -> None:
    signal.connect(lambda request, user, **_sent: record(kind, user, request), weak=False)


_on(account.user_logged_in, Kind.SIGNED_IN)
_on(account.password_changed, Kind.PASSWORD_CHANGED)
_on(account.password_set, Kind.PASSWORD_CHANGED)
_on(account.password_reset, Kind.PASSWORD_RESET)
_on(account.email_changed, Kind.EMAIL_CHANGED)
_on(mfa.authentication_failed, Kind.FACTOR_FAILED)
_on(mfa.authenticator_reset, Kind.CODES_MADE)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_sent: Any) -> None:
    if user is not None:
        left = getattr(request, "session_left", None)
        record(Kind.SESSION_OVER if left is not None and left <= 0 else Kind.SIGNED_OUT, user, request)


@receiver(mfa.authenticator_added)
def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_sent: Any) -> None:
    record(FACTOR_ADDED.get(authenticator.type, Kind.CODES_MADE), user, request)


@receiver(mfa.authenticator_removed)
def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_sent: Any) -> None:
    if authenticator.type in FACTOR_REMOVED:  # recovery codes are removed automatically with the last factor
        record(FACTOR_REMOVED[authenticator.type], user, request)


@receiver(mfa.authenticator_used)
def _factor_used(request: HttpRequest, user: User, authenticator: Authenticator, **_sent: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(Kind.CODE_USED, user, request)
