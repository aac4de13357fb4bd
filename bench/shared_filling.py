"""Fills a database with a shared directory and an account that reads it: `python -m bench.shared_filling SIZE`.

SIZE people in the shared directory, a tenth of that in the account. A tenth of each is imported from a file, the
others are added in batches (crowd.py); statuses and last actions are written by SQL. The layers come from tagging
shared records, as users do. Does nothing if the database is already filled.
"""

import os
import sys
from datetime import timedelta
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from django.db.models import F  # noqa: E402
from django.db.models.functions import Mod  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import crowd  # noqa: E402
from bench.filling import EMAIL, SLUG, actor, check, once, organisations, receive  # noqa: E402
from entregent.accounts import jobs  # noqa: E402
from entregent.accounts.actor import Actor  # noqa: E402
from entregent.accounts.models import Team, User  # noqa: E402
from entregent.accounts.opening import add_member, open_account, open_reference  # noqa: E402
from entregent.accounts.scope import inside  # noqa: E402
from entregent.actions.tags import tagging  # noqa: E402
from entregent.directory.models import ContactStatus, Party  # noqa: E402
from entregent.kernel.text import fold  # noqa: E402

OPERATOR = "service@mesure.example"
READER = "zoe@mesure.example"
"""The user who reads the lists: member of a team, and not the creator of the account's records."""
STATUSES = ("Prospect", "Adhérent", "Partenaire")
FOLLOWED = "Suivi"
"""The tag that creates the layers."""
MOST_LAYERS = 2000
"""Create at most this many layers, or a fiftieth of the shared directory if that is fewer."""
IMPORTED_ONE_IN = 10
"""This part of the records is imported from a file."""
TURNS = 20
MONTH = timedelta(days=30)


def fill(size: int) -> dict[str, int]:
    """Add ``size`` shared people and a tenth as many of the account's own; return the database's contents."""
    service, by = _open()
    for one, numbers in ((service, range(size)), (by, range(size, size + size // 10))):
        bodies = organisations(len(numbers))
        seeded = numbers[: len(numbers) // IMPORTED_ONE_IN]
        source = receive(one, seeded, bodies)
        jobs.run_pending()
        check(one, source, len(seeded))
        crowd.add(one, numbers[len(seeded) :], bodies)
    with inside(by.account):
        _stand(by)
        laid = _lay(by, min(MOST_LAYERS, size // 50))
    return {"reference": size, "own": size // 10, "layers": laid}


def _open() -> tuple[Actor, Actor]:
    reference = open_reference("Service")
    account = open_account(SLUG, "Mesure")
    add_member(reference, User.objects.create_user(OPERATOR, first_name="Sonia"), "administrator")
    add_member(account, User.objects.create_user(EMAIL, first_name="Bruno"), "collaborator")
    with inside(account):
        team = Team.objects.create(account=account, name="Accueil")
        add_member(account, User.objects.create_user(READER, first_name="Zoé"), "collaborator", [team])
    return actor(reference.slug, OPERATOR), actor(SLUG, EMAIL)


def _stand(by: Actor) -> None:
    """Set statuses, and last actions over ``TURNS`` months, on the account's own people: imports cannot."""
    statuses = [
        ContactStatus.objects.get_or_create(account=by.account, key=fold(name), defaults={"name": name})[0]
        for name in STATUSES
    ]
    people = Party.objects.filter(kind="p").annotate(turn=Mod(F("id"), TURNS))
    now = timezone.now()
    for turn in range(TURNS):
        rank = turn % (len(statuses) + 1)
        people.filter(turn=turn).update(
            status=statuses[rank - 1] if rank else None, status_rank=rank, last_action_at=now - turn * MONTH
        )


def _lay(by: Actor, count: int) -> int:
    """Tag ``count`` people spread over the shared directory; return the number of layers."""
    shared = Party.readable.filter(account=by.account.reference_id, kind="p")
    ids = list(shared.order_by("id").values_list("id", flat=True))
    chosen = ids[:: max(1, len(ids) // count)][:count]
    for start in range(0, count, 500):
        tagging.tag(by, list(Party.readable.filter(pk__in=chosen[start : start + 500])), [FOLLOWED])
    return Party.objects.filter(base__isnull=False).count()


if __name__ == "__main__":
    once(partial(fill, int(sys.argv[1])))
