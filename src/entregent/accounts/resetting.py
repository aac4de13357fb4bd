"""Forgotten passwords: a request is only noted, and the worker sends the link.

So the page answers in the same time whether the address belongs to a user or not (std E5). Strangers get no mail.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from .jobs import errand
from .models import ResetRequest, User

STALE_AFTER = timedelta(hours=1)
"""A request that found no worker for so long is dropped: who made it has asked again, or given up."""


def ask(email: str) -> None:
    """Note that a link was asked for this address, which may be anybody's."""
    ResetRequest.objects.create(email=email)


@errand
def send_links() -> None:
    """Send the links that were asked for; a request is taken by one worker, and mailed once at most."""
    for request in ResetRequest.objects.order_by("pk")[:50]:
        if ResetRequest.objects.filter(pk=request.pk).delete()[0] and request.at > timezone.now() - STALE_AFTER:
            _send(request.email)


def _send(email: str) -> None:
    adapter = get_adapter()
    for user in User.objects.filter(email=email, is_active=True):
        uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
        url = adapter.get_reset_password_from_key_url(f"{uid}-{key}")
        adapter.send_mail("account/email/password_reset_key", email, {"user": user, "password_reset_url": url})
