"""The platform operator opens accounts and sees how big they are, but never their contents."""

from collections import Counter
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, Invitation, Membership, Role
from entregent.accounts.opening import open_account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import act, twice_in_a_race
from entregent.actions.members.members import ADMINISTRATOR, invite
from entregent.directory.messages import SENTENCES, Invalid, Problem
from entregent.directory.models import Party

from .deeds import ACCOUNT_OPENED

SENTENCES.update(
    {
        "slug": _(
            "An address has at most 40 lower-case letters, digits and hyphens, and begins with a letter or a digit."
        ),
        "slug_taken": _("This address is taken or reserved. Choose another."),
    }
)


@dataclass(frozen=True, slots=True)
class Size:
    """How big an account is: its numbers of users and records."""

    account: Account
    users: int
    contacts: int
    organisations: int
    invited: bool
    """Whether it has no user yet, only an invitation."""


def operate(by: Actor) -> None:
    """Raise ``PermissionDenied`` unless ``by`` may operate and is in the shared directory's own account."""
    by.require(Can.OPERATE)
    if not by.account.is_reference:
        raise PermissionDenied


@twice_in_a_race
@transaction.atomic
def open_for(by: Actor, slug: str, name: str, email: str, **settings: str) -> tuple[Account, Invitation]:
    """Open an account and invite its first administrator by e-mail. Raises ``Invalid``, ``PermissionDenied``.

    ``settings``: ``country``, ``timezone``, ``organisation_word``.
    """
    operate(by)
    try:
        account = open_account(slug.strip().lower(), " ".join(name.split()), **settings)
    except ValidationError as error:
        raise Invalid(_problems(error)) from error
    with act(by, ACCOUNT_OPENED, Can.OPERATE) as telling:
        telling.say(name=account.name, slug=account.slug)
    with inside(account):
        there = replace(by, account=account, team_ids=(), membership_id=None)
        invitation = invite(there, email, Role.objects.get(code=ADMINISTRATOR))
    return account, invitation


def _problems(error: ValidationError) -> list[Problem]:
    found = []
    for field, errors in error.error_dict.items():
        codes = {one.code for one in errors}
        if field == "slug":
            found.append(Problem("slug", "slug" if codes & {"invalid", "max_length"} else "slug_taken"))
        else:
            found.append(Problem(field, "required" if codes & {"blank", "null"} else "shape"))
    return found


def sizes(by: Actor) -> list[Size]:
    """Return the sizes of all accounts but the shared directory's, by name. Five queries."""
    operate(by)
    with everywhere("the operator counts what accounts hold, and reads none of it"):
        accounts = {account.pk: account for account in Account.objects.filter(is_reference=False).order_by("name")}
        users = _per_account(Membership.objects.filter(active=True))
        contacts, organisations = (_per_account(Party.objects.filter(binned_at=None, kind=kind)) for kind in "po")
        invited = _per_account(Invitation.objects.filter(accepted_at=None))
    return [
        Size(account, users[pk], contacts[pk], organisations[pk], invited[pk] > 0 and not users[pk])
        for pk, account in accounts.items()
    ]


def _per_account(rows: QuerySet) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list("account").annotate(count=Count("pk"))))
