"""The demo's accounts and their users."""

from django.conf import settings
from django.db import transaction

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Account, Team, User
from entregent.accounts.models.accounts import REFERENCE_SLUG
from entregent.accounts.opening import add_member, close_account, open_account, open_reference
from entregent.accounts.scope import inside

PASSWORD = "entregent-demo"  # noqa: S105  public, so the demo is refused where others can reach the program
DEMO, NEIGHBOUR, SERVICE = "demo", "voisin", REFERENCE_SLUG
TEAMS = ("Presse", "Conseil", "Terrain")
USERS = {
    "admin": ("Solène", "Marchand", "administrator", ("Conseil", "Terrain")),
    "camille": ("Camille", "Roy", "collaborator", ("Conseil",)),
    "lea": ("Léa", "Gagnon", "reader", ()),
    "nadia": ("Nadia", "Haddad", "collaborator", ("Presse",)),
}
"""Local part of the address → first name, last name, role, teams."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_private(host: str | None) -> bool:
    """Return whether `host` is reachable from this machine only: the demo's password is public."""
    return host in LOOPBACK


def sign_ins() -> list[tuple[str, str, str]]:
    """Return (account slug, e-mail, role) of each demo user."""
    return [
        *((DEMO, f"{name}@demo.example", role) for name, (_, _, role, _) in USERS.items()),
        (NEIGHBOUR, "admin@voisin.example", "administrator"),
        (SERVICE, "service@entregent.example", "operator"),
    ]


def close_demo() -> None:
    """Delete both accounts. Their users are kept, and reused when the demo is created again."""
    for account in Account.objects.filter(slug__in=(DEMO, NEIGHBOUR)):
        close_account(account)


@transaction.atomic
def open_demo() -> dict[str, Actor]:
    """Create the missing accounts, teams and users; return the actors, by their name in `USERS` or their account."""
    reference = open_reference("Service de mise à jour", country="FR", timezone=settings.TIME_ZONE)
    operator = _user("service@entregent.example", "Service", "Entregent", is_operator=True)
    add_member(reference, operator, "administrator")
    account = _account(DEMO, "Les Amis du lac")
    with inside(account):
        teams = {name: Team.objects.get_or_create(account=account, name=name)[0] for name in TEAMS}
    for name, (first, last, role, in_teams) in USERS.items():
        add_member(account, _user(f"{name}@demo.example", first, last), role, [teams[team] for team in in_teams])
    neighbour = _account(NEIGHBOUR, "Le Voisin")
    add_member(neighbour, _user("admin@voisin.example", "Victor", "Meunier"), "administrator")
    return {name: _actor(DEMO, f"{name}@demo.example") for name in USERS} | {
        NEIGHBOUR: _actor(NEIGHBOUR, "admin@voisin.example"),
        SERVICE: _actor(SERVICE, operator.email),
    }


def _account(slug: str, name: str) -> Account:
    found = Account.objects.filter(slug=slug).first()
    return found or open_account(slug, name, country="FR", timezone=settings.TIME_ZONE)


def _user(email: str, first: str, last: str, **facts: bool) -> User:
    user = User.objects.filter(email=email).first()
    return user or User.objects.create_user(email, PASSWORD, first_name=first, last_name=last, **facts)


def _actor(slug: str, email: str) -> Actor:
    actor = actor_in(slug, User.objects.get_by_natural_key(email).pk)
    if actor is None:
        raise LookupError(email)
    return actor
