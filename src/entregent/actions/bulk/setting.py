"""Set columns of many parties: one statement for all that get the same values."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from entregent.directory.models import Party
from entregent.journal.telling import Telling

Setting = tuple[Party, dict[str, Any], dict[str, list]]
"""A locked party, its new column values, and the changes for the journal."""


def set_columns(settings: Iterable[Setting], telling: Telling) -> list[Party]:
    """Save the settings and record them in the journal: a few statements per distinct set of values."""
    alike: dict[str, tuple[dict[str, Any], list[int]]] = {}
    told, parties = [], []
    for party, values, changes in settings:
        key = json.dumps(values, default=str, sort_keys=True)
        alike.setdefault(key, (values, []))[1].append(party.pk)
        for name, value in values.items():
            setattr(party, name, value)
        party.version += 1
        told.append((party.pk, party.name, party.version, changes))
        parties.append(party)
    moment = {"updated_at": telling.at, "last_action_at": telling.at}
    for values, ids in alike.values():
        Party.objects.filter(pk__among=ids).update(**values, **moment, version=F("version") + 1)
    if told:
        telling.tell_many(told)
    return parties
