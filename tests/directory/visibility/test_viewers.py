"""Who sees a record, and why (B3, X12), agrees with the filter in ten thousand random cases, of which a sample
is tried every day."""

import random
from collections import defaultdict

import pytest
from django.utils import timezone
from tests.sampling import SEED

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Membership, Role, Team, User
from entregent.accounts.opening import add_member
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import Party, Share
from entregent.directory.visibility import viewers as directory_viewers
from entregent.directory.visibility.viewers import Why, viewers
from entregent.directory.visibility.visibility import Visibility

USERS, RECORDS = 25, 500


@pytest.fixture
def crowd(service, sonia, aicha) -> list[Membership]:
    """Twenty-five users in teams by chance, some of them gone, some in a role that reads nothing."""
    chance = random.Random(7)
    teams = [Team.objects.create(account=aicha.account, name=f"Équipe {n}") for n in range(4)]
    blind = Role.objects.create(account=aicha.account, name="Aveugle", permissions=[])
    for n in range(USERS):
        user = User.objects.create(email=f"u{n}@lac.example", first_name="U", last_name=f"{n:02}")
        member = add_member(aicha.account, user, chance.choice(["administrator", "collaborator", "reader"]))
        member.teams.set(chance.sample(teams, chance.randrange(3)))
        if n % 9 == 4:
            Membership.objects.filter(pk=member.pk).update(active=False)
        if n % 9 == 7:
            Membership.objects.filter(pk=member.pk).update(role=blind)
    return list(Membership.objects.select_related("user", "role", "account").prefetch_related("teams"))


def scattered(by: Actor, crowd: list[Membership], sonia: Actor) -> None:
    """Records of every visibility, binned or not, shared by chance; records of the service, some under a layer."""
    chance = random.Random(11)
    with inside(sonia.account):
        cards = [{"last_name": f"S{n}", "first_name": "x"} for n in range(20)]
        shared = [parties.create(sonia, "p", card) for card in cards]
        Party.objects.filter(pk=shared[0].pk).update(visibility=Visibility.CREATOR)
    for party in shared[5:10]:
        parties.update(by, Party.readable.get(pk=party.pk), {"notes": "à nous"})
    users = [member.user_id for member in crowd]
    teams = list(Team.objects.values_list("pk", flat=True))
    now = timezone.now()
    for n in range(RECORDS - 20):
        mode = chance.choice(Visibility.values)
        party = Party.objects.create(
            account=by.account, kind=chance.choice("po"), name=f"N{n}", visibility=mode,
            created_by_id=chance.choice(users), created_at=now, updated_at=now, last_action_at=now,
            binned_at=now if n % 10 == 3 else None,
        )  # fmt: skip
        for user in chance.sample(users, chance.randrange(3)):  # of any visibility: what was shared once is no more
            Share.objects.create(account=by.account, party=party, user_id=user)
        for team in chance.sample(teams, chance.randrange(3)):
            Share.objects.create(account=by.account, party=party, team_id=team)


def rule(party: Party, shares: set[tuple[int | None, int | None]], member: Membership) -> bool:
    """B3 in plain words, to hold the one condition against."""
    if Can.READ_CONTACTS not in member.role.grants():
        return False
    if party.visibility == Visibility.SHARED:
        named = {(member.user_id, None), *((None, team.pk) for team in member.teams.all())}
        return party.created_by_id == member.user_id or bool(named & shares)
    return party.visibility == Visibility.EVERYONE or party.created_by_id == member.user_id


def test_who_sees_and_the_filter_agree_in_ten_thousand_cases(service, aicha, crowd, sonia, monkeypatch, sample):
    monkeypatch.setattr(directory_viewers, "VIEWERS_PER_QUERY", 10)
    scattered(aicha, crowd, sonia)
    live = {member.user_id: member for member in crowd if member.active}
    actors = {pk: actor_in("lac", pk) for pk in live}
    seen = {
        pk: set(Party.readable.seen_by(actor).values_list("pk", flat=True))
        for pk, actor in actors.items()
        if Can.READ_CONTACTS in actor.permissions
    }
    records, shares = Party.readable.in_bulk(), defaultdict(set)
    for party, user, team in Share.objects.values_list("party", "user", "team"):
        shares[party].add((user, team))
    cases, asked = 0, sample.size(100, len(records))
    for pk, party in random.Random(SEED).sample(sorted(records.items()), asked):
        told = {viewer.user_id: viewer.sees for viewer in viewers(party)}
        assert told == {user: pk in seen.get(user, ()) for user in live}, pk
        assert told == {user: rule(records[pk], shares[pk], member) for user, member in live.items()}, pk
        cases += len(told)
    assert cases >= 20 * asked  # ten thousand in all


@pytest.mark.parametrize(
    ("visibility", "sees", "why"),
    [
        ({"mode": "everyone"}, True, Why.EVERYONE),
        ({"mode": "creator"}, False, Why.CREATOR_ONLY),
        ({"mode": "shared", "users": ["bruno"]}, True, Why.BY_NAME),
        ({"mode": "shared", "teams": ["presse"]}, True, Why.TEAM),
        ({"mode": "shared", "users": ["chloe"]}, False, Why.NOT_SHARED),
    ],
)
def test_the_reason_is_told(aicha, bruno, chloe, visibility, sees, why):
    team = Team.objects.create(account=aicha.account, name="Presse")
    Membership.objects.get(pk=bruno.membership_id).teams.add(team)
    ids = {"bruno": bruno.user_id, "chloe": chloe.user_id, "presse": team.pk}
    named = {key: [ids[name] for name in value] for key, value in visibility.items() if key != "mode"}
    card = {"last_name": "Dupont", "first_name": "Marie", "visibility": {"mode": visibility["mode"], **named}}
    told = {viewer.user_id: viewer for viewer in viewers(parties.create(aicha, "p", card))}
    assert (told[bruno.user_id].sees, told[bruno.user_id].why) == (sees, why)
    assert told[bruno.user_id].teams == (("Presse",) if why == Why.TEAM else ())
    assert told[aicha.user_id].why in (Why.EVERYONE, Why.CREATOR)


def test_a_role_that_reads_nothing_sees_nothing(aicha, bruno):
    role = Role.objects.create(account=aicha.account, name="Aveugle", permissions=[])
    Membership.objects.filter(pk=bruno.membership_id).update(role=role)
    party = parties.create(aicha, "p", {"last_name": "Dupont", "first_name": "Marie"})
    told = {viewer.user_id: viewer for viewer in viewers(party)}
    assert (told[bruno.user_id].sees, told[bruno.user_id].why) == (False, Why.ROLE)
