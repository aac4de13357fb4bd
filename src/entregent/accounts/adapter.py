"""allauth's adapters: who may sign in, the links in its mails, throttling, security events."""

import logging
import math
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.internal import ratelimit
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from . import devices, throttle
from .audit import failed, record
from .models import SecurityEvent

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """Sign-in by invitation only, with mails in the user's language."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email and the password don't match. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts from here. Wait five minutes, or reset your password."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: users join by invitation only."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Accept only URLs on this site, without a host (std E17)."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail.

        A refusal by the mail server must not undo the change that the mail is about: it is logged, and the page tells
        the user to ask again.
        """
        try:
            self.deliver(template_prefix, email, context)
        except (SMTPException, OSError):
            log.exception("the mail %s could not be sent", template_prefix)

    def deliver(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the recipient's language; in that of the page if the address belongs to no user.

        Raises ``SMTPException`` or ``OSError`` if the mail server refuses, or is not there.
        """
        with override(getattr(context.get("user"), "language", None) or get_language()):
            words = {**context, "email": email, "base_url": settings.BASE_URL}
            message = self.render_mail(template_prefix, email, words)
        message.send()

    def render_mail(self, template_prefix: str, email: str | list[str], context: dict, headers=None) -> EmailMessage:
        """Mark the mail as automatic, with an Auto-Submitted header (std B21)."""
        headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
        return super().render_mail(template_prefix, email, context, headers)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(
            template_prefix, user, {"user": user, **(context or {})}, email or user.get_username()
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Register the user's address with allauth first: it would blank an address that it does not know.

        The address counts as verified: its owner was invited there, or an operator vouches for it.
        """
        EmailAddress.objects.get_or_create(
            user=user, email=user.get_username(), defaults={"primary": True, "verified": True}
        )
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Tell the user of a new device once they are in, by whichever way and factor; see devices.py."""
        response = super().post_login(request, user, **kwargs)
        if devices.is_new(request, user):
            self.send_notification_mail("account/email/new_device", user)
        devices.remember(response, request, user)
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Build the link from BASE_URL: a forged Host header must not decide where it leads (std B16)."""
        uid, _hyphen, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an attempt that comes too early; allauth's own limit would let strangers lock out the owner."""
        if left := throttle.seconds_left(self._place(request, **credentials)):
            minutes = math.ceil(left / 60)
            words = ngettext(
                "Too many attempts from here. Try again in %(minutes)d minute, or reset your password.",
                "Too many attempts from here. Try again in %(minutes)d minutes, or reset your password.",
                minutes,
            )
            raise ValidationError(words % {"minutes": minutes}, code="too_many_login_attempts")
        # allauth reads this attribute to refund the rate limit after a correct password.
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action="password_failed")
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user:
            throttle.forget(self._place(request, **credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Delay the next attempt and record this one (std E4, E21)."""
        throttle.count_failure(self._place(request, **credentials))
        failed(request, credentials.get("email") or "")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Lift the delay; allauth calls this once a forgotten password has been reset."""
        throttle.forget(self._place(request, **credentials))

    def _place(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{ratelimit.get_ip(request)} {(credentials.get('email') or '').strip().lower()}"


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Records a security event when users end their other sessions."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        if sessions:
            record(SecurityEvent.Kind.SESSIONS_ENDED, sessions[0].user, current.request)
