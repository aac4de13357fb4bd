"""The people of the tests: Aïcha, Bruno and Chloé of «Les Amis du lac», and Dimitri of another account.

Each is an ``Actor``. A test that uses one of the first three runs in the scope of their account; Dimitri's account is
never entered by itself, so that he stays a stranger. Sonia operates the shared directory: a test that needs it names
``service`` before the others, so that their accounts read it from the start.
"""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Account, Membership, Role, User
from entregent.accounts.opening import open_account, open_reference
from entregent.accounts.scope import inside

PASSWORD = "une-phrase-assez-longue"


def person(account: Account, first_name: str, last_name: str, email: str, role: str) -> Actor:
    """A user with a place in ``account``, as the actor that a page would see."""
    user = User.objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)
    with inside(account):  # as add_member does for who was never there: it is made some thousand times
        Membership.objects.create(account=account, user=user, role=Role.objects.get(code=role))
    actor = actor_in(account.slug, user.pk)
    assert actor is not None
    return actor


@pytest.fixture
def service(db) -> Account:
    """The shared directory's account, which those opened after it read."""
    return open_reference("Le service")


@pytest.fixture
def sonia(service: Account) -> Actor:
    """The operator."""
    return person(service, "Sonia", "Rey", "sonia@service.example", "administrator")


@pytest.fixture
def lac(db) -> Iterator[Account]:
    """The account «Les Amis du lac»; the test stands inside it."""
    account = open_account("lac", "Les Amis du lac")
    with inside(account):
        yield account


@pytest.fixture
def voisin(db) -> Account:
    """The account next door."""
    return open_account("voisin", "Le Voisin")


@pytest.fixture
def aicha(lac: Account) -> Actor:
    """The administrator."""
    return person(lac, "Aïcha", "Benali", "aicha@lac.example", "administrator")


@pytest.fixture
def bruno(lac: Account) -> Actor:
    """A collaborator."""
    return person(lac, "Bruno", "Lefèvre", "bruno@lac.example", "collaborator")


@pytest.fixture
def chloe(lac: Account) -> Actor:
    """A reader."""
    return person(lac, "Chloé", "Tremblay", "chloe@lac.example", "reader")


@pytest.fixture
def dimitri(voisin: Account) -> Actor:
    """The administrator of another account."""
    return person(voisin, "Dimitri", "Popov", "dimitri@voisin.example", "administrator")


@pytest.fixture
def browse() -> Callable[[Actor], Client]:
    """``browse(aicha)``: a client signed in as her."""

    def browse(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return browse
