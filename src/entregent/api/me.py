"""`/me`: the user of the token, and their permissions."""

from ninja import Router, Schema

from entregent.accounts.models import Membership
from entregent.accounts.request import Request

from .problems import READING

router = Router(tags=["me"])


class Named(Schema):
    """The id and name of a team."""

    id: int
    name: str


class AccountOut(Schema):
    """The account of the token."""

    slug: str
    name: str


class Me(Schema):
    """The user of the token, with role, teams and permissions in its account."""

    id: int
    email: str
    name: str
    language: str
    account: AccountOut
    role: str
    teams: list[Named]
    permissions: list[str]


@router.get("", response={200: Me, **READING}, operation_id="read_me")
def read_me(request: Request):
    """The user of the token, with role, teams and permissions in its account."""
    by = request.by
    membership = Membership.objects.select_related("user", "role").get(pk=by.membership_id)
    return {
        "id": by.user_id,
        "email": membership.user.email,
        "name": by.name,
        "language": by.language,
        "account": {"slug": by.account.slug, "name": by.account.name},
        "role": str(membership.role),
        "teams": [{"id": team.pk, "name": team.name} for team in membership.teams.all()],
        "permissions": sorted(by.permissions),
    }
