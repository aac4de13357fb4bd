"""API tokens: each acts as one member, in one account (X6)."""

from django.core.exceptions import PermissionDenied

from entregent.accounts.actor import Actor
from entregent.accounts.models import Token
from entregent.accounts.permissions import Can
from entregent.actions.frame import act

from .deeds import TOKEN_CREATED, TOKEN_REVOKED
from .problems import free_name


def create_token(by: Actor, name: str) -> tuple[Token, str]:
    """Create a token for ``by``. Return it with its secret, which is shown once and not stored."""
    with act(by, TOKEN_CREATED, Can.USE_API) as telling:
        name = free_name(name, Token.objects.filter(membership_id=by.membership_id))
        token, secret = Token.draft(account=by.account, membership_id=by.membership_id, name=name)
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
