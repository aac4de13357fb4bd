"""Who is acting: a user in an account, through a door (page, API, command…)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from entregent.store.prepared import Whole, prepared

from .models import Account, Membership, Token
from .models.members import PRESENT, digest
from .permissions import OF_THE_SERVICE, Can
from .scope import everywhere


class Door(StrEnum):
    """Where a change came from; recorded in the journal."""

    PAGE = "page"
    API = "api"
    IMPORT = "import"
    COMMAND = "command"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor(Whole):
    """The user who acts, as plain values. Doors build it once; everything below takes it as ``by``.

    ``team_ids`` is sorted; ``permissions``: what the role grants in ``account``; ``shortcuts``: codes of the quick
    actions they chose, None until they do (E1); ``elsewhere``: (slug, name) of their other accounts.
    """

    account: Account
    user_id: int | None
    membership_id: int | None
    name: str
    language: str
    permissions: frozenset[Can]
    team_ids: tuple[int, ...] = ()
    door: Door = Door.PAGE
    shortcuts: tuple[str, ...] | None = None
    elsewhere: tuple[tuple[str, str], ...] = ()
    visibility: dict[str, Any] | None = None
    """Default visibility of what they add, in the format of a card; None: everyone (B3)."""
    columns: dict[str, list[str]] | None = None
    """The columns they chose for lists, by kind of party; None: the default ones (X2)."""
    previewer: str = ""
    """The name of the user who previews the account as this one, if any.

    Nothing may be written then, and what only this user sees stays hidden.
    """
    course: object = None
    """The piece of work that their deeds belong to (``actions.frame.Course``); None for a deed by itself."""

    def may(self, can: Can) -> bool:
        return can in self.permissions

    def require(self, *needs: Can) -> None:
        """Raise ``PermissionDenied`` unless all of ``needs`` are granted."""
        if not self.permissions.issuperset(needs):
            raise PermissionDenied

    @property
    def account_ids(self) -> tuple[int, ...]:
        """Ids of the accounts whose records they may read: their own, and the shared directory (A6)."""
        account = self.account
        return (account.pk,) if account.reference_id is None else (account.pk, account.reference_id)

    def shape(self) -> tuple:
        """See ``Whole.shape``: queries depend on the actor's permissions and ids, and on whether it is a preview."""
        return self.account.shape(), self.user_id is None, len(self.team_ids), self.permissions, bool(self.previewer)

    def values(self) -> tuple[int, ...]:
        own = () if self.user_id is None else (self.user_id,)
        return *self.account.values(), *own, *self.team_ids

    def standing_for(self, values: Sequence[int]) -> "Actor":
        count = len(self.account.values())
        own = 0 if self.user_id is None else 1
        user_id, teams = (values[count] if own else None), values[count + own :]
        account = self.account.standing_for(values[:count])
        return Actor(account, user_id, None, "", "", self.permissions, tuple(teams), previewer=self.previewer)

    def through(self, door: Door) -> "Actor":
        return replace(self, door=door)

    @classmethod
    def system(cls, account: Account, name: str, *permissions: Can) -> "Actor":
        """Return an actor who is nobody in particular, for what the program itself does."""
        return cls(account, None, None, name, account.language, frozenset(permissions), door=Door.SYSTEM)

    @classmethod
    def of(cls, membership: Membership, door: Door = Door.PAGE, teams: Iterable[int] | None = None) -> "Actor":
        """Build the actor of a membership; its user, role and account should be loaded already.

        ``teams``: the ids of their teams; queried if not given.
        """
        user, account = membership.user, membership.account
        permissions = membership.role.grants()
        if account.is_reference and Can.MANAGE_ACCOUNT in permissions:
            permissions |= OF_THE_SERVICE
        return cls(
            account=account,
            user_id=user.pk,
            membership_id=membership.pk,
            name=user.get_full_name(),
            language=user.language,
            permissions=permissions,
            team_ids=tuple(sorted(_teams(membership.pk) if teams is None else teams)),
            door=door,
            shortcuts=None if membership.shortcuts is None else tuple(membership.shortcuts),
            visibility=membership.default_visibility,
            columns=membership.columns,
        )


@prepared
def _teams(membership_id: int) -> QuerySet:
    teams = Membership.teams.through.objects.filter(membership=membership_id)
    return teams.order_by("team_id").values_list("team_id", flat=True)


@prepared
def _memberships(user_id: int) -> QuerySet:
    memberships = Membership.objects.select_related("user", "role", "account")
    return memberships.filter(PRESENT, user=user_id).order_by("account__name", "id")


def actor_in(slug: str, user_id: int, door: Door = Door.PAGE) -> Actor | None:
    """Return the active member ``user_id`` of account ``slug``; None if there is no such account or member."""
    with everywhere("the account is found by its member, before there is a scope"):
        memberships = _memberships(user_id)
    membership = next((each for each in memberships if each.account.slug == slug), None)
    if membership is None:
        return None
    others = tuple((each.account.slug, each.account.name) for each in memberships if each is not membership)
    return replace(Actor.of(membership, door), elsewhere=others)


def places_of(user_id: int) -> list[Membership]:
    """Return a user's active memberships, with account and role, ordered by account name."""
    with everywhere("one chooses among one's accounts before there is a scope"):
        return list(_memberships(user_id))


def actor_by_token(secret: str) -> tuple[Actor, Token] | None:
    """Return the actor that a bearer token stands for, and the token; None if unknown or no longer allowed."""
    with everywhere("the account is found by the token, before there is a scope"):
        token = (
            Token.objects.select_related("membership__user", "membership__role", "membership__account")
            .filter(digest=digest(secret), membership__active=True, membership__user__is_active=True)
            .first()
        )
        if token is None:
            return None
        actor = Actor.of(token.membership, Door.API)
    return (actor, token) if actor.may(Can.USE_API) else None
