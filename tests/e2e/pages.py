"""Every page of the program, found by trying each address, so that a new page is walked from its first day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from django.test import Client
from django.urls import reverse
from tests.announced import start
from tests.laws.doors import Address, addresses

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, User
from entregent.accounts.opening import add_member
from entregent.actions.bin import bin as bin_actions
from entregent.actions.items import items
from entregent.actions.members import members, roles, teams, tokens
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.actions.standing import states
from entregent.directory.selections.selections import Selection
from entregent.exchange import intake
from entregent.exchange.models import Import

# What else a page shows by its query string.
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "contacts:list": ("?q=zzzz", "?filtrer=1", "?tag=presse&active=oui&sort=-city"),
    "organisations:list": ("?q=zzzz",),
    "search:page": ("?q=mar",),
    "infobox:page": ("?deed=created",),
    "contacts:new": ("?organisation={organisations}",),
    "saisir:add": ("?quoi=contact",),
    "parametrage:list": ("?q=zzzz",),
    "saisir:edit": ("?quoi=contact&q=mar", "?quoi=organisme&q=mai"),
    "saisir:delete": ("?quoi=contact&q=mar", "?quoi=fiche&q=mar"),
}
TOOLS = ("tag", "untag", "attach", "activate", "deactivate", "delete")


@dataclass(frozen=True)
class World:
    """An account with one of everything, and the words that name them in addresses."""

    lac: Account
    words: Mapping[str, object]

    def path(self, address: Address) -> str:
        """An address with its words filled in."""
        return reverse(address.name, kwargs={word: self._word(address, word) for word in address.words})

    def _word(self, address: Address, word: str) -> object:
        room = address.name.rpartition(":")[0]
        names = (f"{address.name}:{word}", f"{room}:{word}", word)
        found = next((self.words[name] for name in names if name in self.words), None)
        assert found is not None, f"{address.name}: tests/e2e/pages.py has no sample of {word} yet"
        return found


def furnish(lac: Account, aicha: Actor) -> World:
    """One of everything that a page can show."""
    town = parties.create(aicha, "o", {"name": "Mairie de Lac-aux-Fées", "email": "mairie@lac.example"})
    person = parties.create(aicha, "p", MARIE)
    place = positions.attach(aicha, person, {"organisation": town.pk, "function": "Maire", "since": "2024-03-01"})
    positions.detach(
        aicha, positions.attach(aicha, person, {"organisation_name": "Le Phare", "function": "Bénévole"})
    )
    asleep = parties.create(aicha, "p", {"last_name": "Ndiaye", "first_name": "Fatou", "tags": ["élus"]})
    states.deactivate(aicha, [asleep])
    bin_actions.delete(aicha, [parties.create(aicha, "p", {"last_name": "Petit", "first_name": "Luc"})])
    member = add_member(lac, User.objects.create_user("eve@lac.example", first_name="Ève"), "reader")
    team, role = teams.create_team(aicha, "Bureau", [member]), roles.create_role(aicha, "Stagiaire", [])
    offer = members.invite(aicha, "paul@lac.example", member.role)
    job = start(aicha, "tag", Selection("p"), {"names": ["congrès"]})
    words = {
        "account": lac.slug,
        "organisations": town.pk,
        "contacts:pk": person.pk,
        "organisations:pk": town.pk,
        "positions:pk": place.pk,
        "positions:new:pk": person.pk,
        "saisir:delete_contact:pk": person.pk,
        "saisir:delete_organisation:pk": town.pk,
        "jobs:page:pk": job.pk,
        "imports:pk": draft_import(aicha).pk,
        "toolbox:run:code": "tag",
        "settings:member:pk": member.pk,
        "settings:member_end:pk": member.pk,
        "settings:invitation_again:pk": offer.pk,
        "settings:invitation_withdraw:pk": offer.pk,
        "settings:team:pk": team.pk,
        "settings:team_delete:pk": team.pk,
        "settings:role:pk": role.pk,
        "settings:role_delete:pk": role.pk,
        "settings:token_revoke:pk": tokens.create_token(aicha, "Site")[0].pk,
        "parametrage:what": "statuts",
        "parametrage:pk": items.create(aicha, "statuses", {"name": "Prospect", "is_default": True}).pk,
        "secret": "none",
        "key": "none",
        "uidb36": "1",
        "pk": 1,
        "party": person.pk,
        "correction": 1,
    }
    return World(lac, words)


MARIE = {
    "last_name": "Delorme-Lévesque",
    "first_name": "Marie",
    "email": "marie@lac.example",
    "phone": "04 75 87 81 00",
    "website": "https://lac.example",
    "address": {"street": "4, place de l’Hôtel-de-Ville", "postal_code": "07200", "city": "Aubenas", "country": "FR"},
    "tags": ["presse", "élus"],
    "vat_number": "FR 44 732 829 320",
    "notes": "Favorable au partenariat.",
}


def draft_import(by: Actor) -> Import:
    """An import whose columns are still to be chosen."""
    content = BytesIO("Nom;Prénom;E-mail\nRoy;Jean;jean@lac.example\n".encode())
    return intake.receive(by, content, "élus.csv", "guess")


def visits(
    world: World, client: Client, may_answer: tuple[int, ...] = (200,), part: slice = slice(None)
) -> Iterator[str]:
    """The paths that show ``client`` a page: HTML in answer to a GET, wherever they stand in the program."""
    for address in addresses()[part]:
        path = world.path(address)
        variants = ["", *(variant.format(**world.words) for variant in VARIANTS.get(address.name, ()))]
        if address.name == "toolbox:run":
            path = path.removesuffix("tag/")
            variants = [f"{code}/?ids={world.words['contacts:pk']}" for code in TOOLS] + ["tag/"]
        for variant in variants:
            response = client.get(path + variant)
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            if response.status_code in may_answer and is_page:
                yield path + variant
