"""How many members a list has: as many as a user would find by asking of each whether they may see it."""

import random
from dataclasses import replace

from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.actions.lists import lists
from entregent.actions.lists import members as list_members
from entregent.actions.parties import parties
from entregent.directory.lists.lists import counts, members
from entregent.directory.models import Party


def test_counts_are_what_each_user_may_see(service, sonia, aicha, bruno, chloe):
    chance, team = random.Random(9), [bruno, chloe]
    made = []
    for number in range(60):
        mode = chance.choice(["everyone", "creator", "shared"])
        seen = {"mode": mode, "users": [chance.choice(team).user_id] if mode == "shared" else [], "teams": []}
        kind = chance.choice("po")
        names = {"name": f"Mairie {number}"} if kind == "o" else {"last_name": f"Roy {number}", "first_name": "Ann"}
        made.append(parties.create(chance.choice([aicha, bruno]), kind, names | {"visibility": seen}))
    found = [lists.create(aicha, {"name": name, "category": "C"}) for name in ("Une", "Deux", "Vide")]
    for each, share in zip(found, (0.7, 0.3, 0), strict=True):
        list_members.add(aicha, each, [party for party in made if chance.random() < share])
        list_members.add(bruno, each, [party for party in made if chance.random() < share / 2])
    Party.objects.filter(pk__in=[party.pk for party in made[::7]]).update(binned_at=timezone.now())
    Party.objects.filter(pk__in=[party.pk for party in made[::5]]).update(created_by=None)
    everybody = [aicha, bruno, chloe, Actor.system(aicha.account, "Le système"), replace(bruno, previewer="Aïcha")]
    told = [{pk: number for pk, (number, _more) in counts(by, found).items()} for by in everybody]
    assert told == [{each.pk: members(by, each).count() for each in found} for by in everybody]
    assert len({str(one) for one in told}) > 2
