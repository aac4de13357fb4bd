"""API tokens: each acts as one member, in one account (X6)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied

from entregent.accounts.actor import Actor
from entregent.accounts.models import Token
from entregent.accounts.permissions import Can
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import act

from .deeds import TOKEN_CREATED, TOKEN_REVOKED
from .problems import free_name


def create_token(by: Actor, name: str, days: int | None = None) -> tuple[Token, str]:
    """Create a token for ``by``. Return it with its secret, which is shown once and not stored.

    ``days``: how long it works; None: until it is revoked.
    """
    with act(by, TOKEN_CREATED, Can.USE_API) as telling:
        name = free_name(name, Token.objects.filter(membership_id=by.membership_id))
        token, secret = Token.draft(account=by.account, membership_id=by.membership_id, name=name)
        token.expires_at = None if days is None else telling.at + timedelta(days=days)
        token.save()
        telling.say(token=token.name, hint=token.hint)
    return token, secret


def revoke_token(by: Actor, token: Token) -> None:
    """Revoke a token with immediate effect. Users revoke their own; those who manage users revoke anyone's."""
    with act(by, TOKEN_REVOKED) as telling:
        if token.membership_id != by.membership_id and not by.may(Can.MANAGE_USERS):
            raise PermissionDenied
        if Token.objects.filter(pk=token.pk).delete()[0]:
            telling.say(token=token.name, hint=token.hint)


def tokens_of(user_id: int) -> list[Token]:
    """Return a user's tokens in all their accounts, with what ``revoke_all`` needs."""
    with everywhere("a password is the user's in all their accounts"):
        found = Token.objects.filter(membership__user=user_id, membership__active=True)
        return list(found.select_related("membership__user", "membership__role", "membership__account"))


def revoke_all(user_id: int) -> None:
    """Revoke a user's tokens in all their accounts; each account's journal tells of its own."""
    for token in tokens_of(user_id):
        place = token.membership
        with inside(place.account):
            revoke_token(Actor.of(place, teams=()), token)
