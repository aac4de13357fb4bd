"""Whether an invitation still stands: it lapses once whoever sent it may no longer give what it promises."""

from collections.abc import Iterable

from .actor import Actor
from .models import Account, Invitation, Membership
from .permissions import OF_THE_SERVICE, Can
from .scope import everywhere


def lapsed(offers: Iterable[Invitation]) -> set[int]:
    """Return the ids of the invitations whose inviter is gone, disabled, or has less than the role they offer.

    ``offers``: with their role. Two queries at most, whatever their number.
    """
    several = list(offers)
    if not several:
        return set()
    with everywhere("the operator, who invites the first administrator, belongs to the shared directory's account"):
        places = Membership.objects.filter(user__in={offer.by_id for offer in several}, active=True)
        found = places.filter(user__is_active=True).select_related("user", "role", "account")
        inviters = [Actor.of(place, teams=()) for place in found]
    return {offer.pk for offer in several if not any(_may_give(by, offer) for by in inviters)}


def _may_give(by: Actor, offer: Invitation) -> bool:
    if by.user_id != offer.by_id:
        return False
    if by.account.pk == offer.account_id:
        return by.may(Can.MANAGE_USERS) and offer.role.grants() <= by.permissions
    return by.account.is_reference and by.permissions >= OF_THE_SERVICE


def pending_of(account: Account, user_id: int) -> list[Invitation]:
    """Return the invitations to ``account`` that a user sent and that can still be accepted."""
    sent = Invitation.objects.filter(account=account, by=user_id, accepted_at=None).select_related("role")
    offers = [offer for offer in sent if offer.open]
    gone = lapsed(offers)
    return [offer for offer in offers if offer.pk not in gone]
