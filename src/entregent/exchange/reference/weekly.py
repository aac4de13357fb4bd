"""The weekly mail about changes of the shared directory, to those who asked for it (X11)."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor, Door
from entregent.accounts.jobs import chore
from entregent.accounts.models import Membership
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import Can
from entregent.accounts.scope import everywhere, inside
from entregent.journal.movements import count_since, since
from entregent.kernel import clock

from .models import WeeklyMail

log = logging.getLogger(__name__)
HOUR = 7
"""The mail is sent on Monday from this hour on, in the account's time zone."""
STALE = timedelta(hours=1)
"""After this time, a mail that was claimed but not sent is sent again, as its worker has died. It has the same
Message-ID, so that mail programs show a repeated mail once.
"""
SHOWN = 15


def follow_weekly(by: Actor, wanted: bool) -> None:
    """Subscribe ``by`` to the weekly mail, from next Monday on, or unsubscribe."""
    by.require(Can.READ_CONTACTS)
    with transaction.atomic():
        mine = Membership.objects.filter(pk=by.membership_id)
        if not mine.update(weekly_changes=wanted) or not wanted:
            return
        WeeklyMail.objects.get_or_create(
            account=by.account, membership_id=by.membership_id, week=week_of(by, clock.now()),
            defaults={"claimed_at": clock.now(), "sent_at": clock.now()},
        )  # fmt: skip


def week_of(by: Actor, now: datetime) -> date:
    """Return the Monday whose mail is due at ``now``, in the account's time zone."""
    there = now.astimezone(ZoneInfo(by.account.timezone)) - timedelta(hours=HOUR)
    return there.date() - timedelta(days=there.weekday())


@chore
def send_weekly_changes() -> None:
    """Send the mails that are due. Run by the worker every ten minutes."""
    for by, email in _followers():
        with inside(by.account, by.language):
            week = week_of(by, clock.now())
            if (claimed := _claim(by, week)) is not None:
                _send(by, email, claimed)


def _followers() -> Iterator[tuple[Actor, str]]:
    with everywhere("the worker serves all accounts"):
        found = Membership.objects.filter(PRESENT, weekly_changes=True, account__reference__isnull=False)
        places = list(found.select_related("user", "role", "account").prefetch_related("teams").order_by("pk"))
    for place in places:
        by = Actor.of(place, Door.SYSTEM)
        if by.may(Can.READ_CONTACTS):
            yield by, place.user.email


def _claim(by: Actor, week: date) -> WeeklyMail | None:
    """Claim this week's mail for this worker; None if it is sent, or claimed by another."""
    mail, new = WeeklyMail.objects.get_or_create(
        account=by.account, membership_id=by.membership_id, week=week, defaults={"claimed_at": clock.now()}
    )
    stale = WeeklyMail.objects.filter(pk=mail.pk, sent_at=None, claimed_at__lt=clock.now() - STALE)
    return mail if new or stale.update(claimed_at=clock.now()) else None


def _send(by: Actor, email: str, mail: WeeklyMail) -> None:
    """Send a mail and mark it as sent; none if nothing changed. A failed one is tried again later."""
    end = datetime.combine(mail.week, time(HOUR), tzinfo=ZoneInfo(by.account.timezone))
    start = end - timedelta(days=7)
    count = count_since(by, start, end)
    if count and not _leave(by, email, mail, count, start, end):
        return
    WeeklyMail.objects.filter(pk=mail.pk).update(sent_at=clock.now())


def _leave(by: Actor, email: str, mail: WeeklyMail, count: int, start: datetime, end: datetime) -> bool:
    host = settings.BASE_URL.rpartition("/")[2].partition(":")[0]
    words = {
        "by": by, "count": count, "start": start, "end": end - timedelta(days=1), "shown": SHOWN,
        "mine": since(by, start, end, mine=True, most=SHOWN), "news": since(by, start, end, most=SHOWN),
        "link": settings.BASE_URL + reverse("changes:page", args=[by.account.slug]),
    }  # fmt: skip
    message = EmailMessage(
        subject=_("What changed in the shared directory – %(account)s") % {"account": by.account.name},
        body=render_to_string("exchange/weekly_changes.txt", words),
        to=[email],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<changes.{by.membership_id}.{mail.week:%Y%m%d}@{host}>",
        },
    )
    try:
        message.send()
    except (SMTPException, OSError):
        log.exception("the weekly changes could not be sent to membership %s", by.membership_id)
        return False
    return True
