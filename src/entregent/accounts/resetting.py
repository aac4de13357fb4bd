"""Forgotten passwords: a request is only noted, and the worker sends the link.

So the page answers in the same time whether the address belongs to a user or not (std E5). Strangers get no mail.

A request is kept until its mail is sent, so a mail server that is down loses none. The price: if the worker dies
after the mail has left and before the request is deleted, the mail is sent a second time. That was chosen over the
other way round, in which the mail would never come: two links harm nobody, and the first that is used ends the other.
"""

import logging
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from .jobs import errand
from .models import ResetRequest, User

log = logging.getLogger(__name__)

STALE_AFTER = timedelta(hours=1)
"""A request that could not be answered for so long is dropped: who made it has asked again, or given up."""
FIRST_PAUSE = timedelta(minutes=1)
"""From the first try to the second; doubled each time. A mail server that hangs takes less."""


def ask(email: str) -> None:
    """Note that a link was asked for this address, which may be anybody's."""
    ResetRequest.objects.create(email=email)


@errand
def send_link() -> None:
    """Answer the requests that are due, until one was worth a mail: only one, because a job waits meanwhile."""
    now = timezone.now()
    due = ResetRequest.objects.filter(due__lte=now).order_by("due", "pk")
    if not due.exists():
        return
    ResetRequest.objects.filter(at__lte=now - STALE_AFTER).delete()
    for request in due[:50]:
        if _take(request) and _answer(request):
            return


def _take(request: ResetRequest) -> bool:
    """Put the next try off, which keeps the other workers from this one; return False if one of them was faster."""
    later = timezone.now() + FIRST_PAUSE * 2**request.tries
    mine = ResetRequest.objects.filter(pk=request.pk, tries=request.tries)
    return bool(mine.update(due=later, tries=request.tries + 1))


def _answer(request: ResetRequest) -> bool:
    """Mail the link if the address is a user's; return whether it was tried."""
    user = User.objects.filter(email=request.email, is_active=True).first()
    if user is not None:
        try:
            _send(user)
        except Exception:
            log.exception("the link for a new password could not be sent (try %s)", request.tries + 1)
            return True
    request.delete()
    return user is not None


def _send(user: User) -> None:
    adapter = get_adapter()
    uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    url = adapter.get_reset_password_from_key_url(f"{uid}-{key}")
    adapter.deliver("account/email/password_reset_key", user.email, {"user": user, "password_reset_url": url})
