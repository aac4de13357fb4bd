"""The e-mail that invites someone to an account."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from entregent.accounts.actor import Actor
from entregent.accounts.models import Invitation
from entregent.accounts.scope import inside

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, secret: str, by: Actor) -> bool:
    """Send the link and set ``sent_at``. Return False when the mail server refused, for the page to say so.

    The e-mail is in the inviter's language: the invitee's is not known yet.
    """
    link = settings.BASE_URL + reverse("invitation", args=[secret])
    words = {"link": link, "by": by.name, "account": by.account.name, "days": Invitation.LIFE.days}
    with override(by.language):
        message = EmailMessage(
            # A line break in a name would start a new header (std E16).
            subject=" ".join((_("%(by)s invites you to “%(account)s”") % words).splitlines()),
            body=render_to_string("actions/invitation.txt", words),
            to=[invitation.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        message.send()
    except (SMTPException, OSError):
        log.exception("the invitation %s could not be sent", invitation.pk)
        return False
    with inside(by.account):
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    return True
