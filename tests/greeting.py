"""A minimal third use of long runs, over a set of people."""

import types
from collections.abc import Callable
from functools import partial

from django.db import models
from django.urls import include, path

from entregent.accounts.permissions import Can
from entregent.config.urls import urlpatterns
from entregent.directory.models import Party
from entregent.journal.deeds import CHANGED
from entregent.journal.telling import Telling
from entregent.runs.cycle import offer
from entregent.runs.models import Run
from entregent.runs.uses import Batch, Did, Steps, Use
from entregent.web.runs.pages import Pages
from entregent.web.runs.urls import addresses

HELLO = "Bonjour"


class Greeting(Run):
    """Writes a word into the notes of some people, two at a time."""

    ids = models.JSONField(default=list)
    """Whom, as it was announced."""

    class Meta(Run.Meta):
        app_label = "runs"  # which has no migrations: the tests' database gets this table by itself


for field in Greeting._meta.local_fields:
    if isinstance(field, models.ForeignKey):
        field.db_constraint = False  # the table is made before those that it points at


class GreetingUse(Use[Greeting]):
    code, model, opens, deed, undone = "greet", Greeting, Can.WRITE_CONTACTS, CHANGED, CHANGED

    def check(self, by, run) -> Steps:
        return self._each(run, 0, lambda part, _telling: Did(len(part), {"greeted": len(part)}))

    def go(self, by, run) -> Steps:
        return self._each(run, run.rows_done, partial(_note, HELLO))

    def undo(self, by, run) -> Steps:
        return self._each(run, run.rows_done, partial(_note, ""))

    def _each(self, run: Greeting, skip: int, do: Callable[[list[int], Telling | None], Did]) -> Steps:
        for start in range(skip, len(run.ids), 2):
            yield Batch(run.ids[start : start + 2], do, lambda _id, _telling: Did(1, {"left": 1}))


def _note(text: str, part: list[int], telling: Telling | None) -> Did:
    assert telling is not None
    for party in Party.objects.filter(pk__in=part):
        telling.tell(party, {"notes": [party.notes, text]})
    Party.objects.filter(pk__in=part).update(notes=text)
    return Did(len(part))


class GreetingPages(Pages[Greeting]):
    room = "greetings"
    use = GreetingUse()

    def shown(self, request, run):
        return super().shown(request, run) | {"kept": len(run.ids)}


GREETINGS = GreetingPages()
offer(GREETINGS.use)

urls = types.ModuleType("tests.greeting_urls")
"""The program's addresses, and those of greetings."""
urls.urlpatterns = [  # type: ignore[attr-defined]
    path("<slug:account>/saluer/", include((addresses(GREETINGS), "greetings"))),
    *urlpatterns,
]
