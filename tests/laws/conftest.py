"""Something of every kind in the account, so that every URL works and a 404 means a refusal."""

import io

import pytest
from tests.announced import start

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, User
from entregent.accounts.opening import add_member
from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.items import items
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.members import members, roles, teams, tokens
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.saved_views import views
from entregent.actions.service import corrections
from entregent.directory.items.register import LISTS
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.exchange import intake

from .asking import Url, described, pages, paths, program, program_of, undone  # noqa: F401  fixtures, and for the laws
from .doors import Address
from .hidden import attach, hide  # noqa: F401  fixtures
from .searching import finds_the_first, world  # noqa: F401  fixtures

SAMPLES = {"key": "none", "uidb36": "1", "secret": "none", "code": "tag"}
OF_A_FIELD = ("field", "field_move", "field_retire", "field_restore")
FILE = b"Nom;Pr\xc3\xa9nom\nGagnon;Luc\n"


@pytest.fixture(autouse=True)
def _beside_the_service(request: pytest.FixtureRequest) -> None:
    """The account reads a shared directory: every address is tried with it."""
    if "samples" in request.fixturenames:
        request.getfixturevalue("service")


@pytest.fixture
def shared(sonia: Actor) -> Party:
    """A record that the operator keeps for all accounts."""
    with inside(sonia.account):
        body = parties.create(sonia, "o", {"name": "Préfecture du Lac"})
        card = {"last_name": "Petit", "first_name": "Jeanne", "organisation": body.pk, "function": "Préfète"}
        return parties.create(sonia, "p", card)


@pytest.fixture
def samples(shared: Party, lac: Account, aicha: Actor) -> dict[str, object]:
    """What the words of addresses stand for: by address and word, by room and word, or by word alone."""
    person = parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})
    organisation = parties.create(aicha, "o", {"name": "Mairie de Lac-aux-Fées"})
    position = positions.attach(aicha, person, {"organisation": organisation.pk, "function": "Élue"})
    place = add_member(lac, User.objects.create_user("eve@lac.example"), "reader")
    offer = members.invite(aicha, "paul@lac.example", place.role)
    team = teams.create_team(aicha, "Bureau")
    role = roles.create_role(aicha, "Stagiaire", [])
    made = {code: items.create(aicha, code, {"name": "Eau"}) for code in LISTS}
    one_list = lists.create(aicha, {"name": "Presse", "category": "Communication"})
    found = {"kind": "p", "tag": "eau"}
    dynamic = lists.create(aicha, {"name": "Eau", "category": "Projets", "kind": "dynamic", "search": found})
    list_members.add(aicha, one_list, [person, organisation])
    job = start(aicha, "deactivate", Selection("p"), {})
    source, other = (intake.receive(aicha, io.BytesIO(FILE), "gens.csv", "contacts") for _ in range(2))
    choices = {"type": "choices", "choices": ["Voile", "Pêche"], "required": False}
    field = fields.create(aicha, "p", label="Activités", **choices)
    layer = parties.update(aicha, Party.readable.get(pk=shared.pk), {"tags": ["Eau douce"]})
    view = views.save(aicha, "p", "Presse", {"tag": "eau"}, reach="all")
    correction = corrections.propose(aicha, layer, "first_name", "Jeannine")
    return {
        **SAMPLES,
        "account": lac.slug,
        "contacts:pk": person.pk,
        "organisations:pk": organisation.pk,
        "positions:pk": position.pk,
        "lists:pk": one_list.pk,
        "lists:freeze:pk": dynamic.pk,
        "positions:new:pk": person.pk,
        "saisir:delete_contact:pk": person.pk,
        "saisir:delete_organisation:pk": organisation.pk,
        "imports:pk": source.pk,
        "imports:discard:pk": other.pk,
        "jobs:pk": job.pk,
        "service:pk": 1,
        "correction": correction.pk,
        "changes:propose:party": layer.pk,
        "contacts:layer:pk": layer.pk,
        "contacts:layer_remove:pk": layer.pk,
        "views:pk": view.pk,
        "preview:start:pk": place.pk,
        "parametrage:what": "balises",
        "parametrage:pk": made["tags"].pk,
        **{f"{code}:pk": item.pk for code, item in made.items()},
        "settings:hand_over:pk": place.pk,
        "settings:member:pk": place.pk,
        "settings:member_end:pk": place.pk,
        "settings:invitation_again:pk": offer.pk,
        "settings:invitation_withdraw:pk": offer.pk,
        "settings:team:pk": team.pk,
        "settings:team_delete:pk": team.pk,
        "settings:role:pk": role.pk,
        "settings:role_delete:pk": role.pk,
        **dict.fromkeys(("custom-fields:pk", *(f"settings:{name}:pk" for name in OF_A_FIELD)), field.pk),
        "settings:token_revoke:pk": tokens.create_token(aicha, "Site")[0].pk,
    }


@pytest.fixture
def url(samples: dict[str, object]) -> Url:
    """``url(address)``: where it leads for the samples."""

    def sample(address: Address, word: str) -> object:
        names = (f"{address.name}:{word}", f"{address.room}:{word}", word)
        value = next((samples[name] for name in names if name in samples), None)
        assert value is not None, f"{address.name}: the law has no sample of {word} yet"
        return value

    return lambda address: address.path(**{word: sample(address, word) for word in address.words})


def read_by_programs(samples: dict[str, object]) -> list[str]:
    """Every address of the API that is read, for records of the account."""
    read = [path for path, methods in described()["paths"].items() if "get" in methods]
    return [path.replace("{id}", str(samples.get(f"{path.split('/')[3]}:pk", 1))) for path in read]
