"""What combo boxes suggest: what matches the typed text, and before anything is typed the commonest of late."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db.models import Case, IntegerField, Manager, QuerySet, When

from entregent.accounts.actor import Actor
from entregent.directory.items.register import choices
from entregent.directory.items.uses import USES
from entregent.directory.models import Address, Party, Position
from entregent.directory.parties.cleaning import item_key

MOST = 10
LATEST = 500
"""So many of the account's latest rows are read to know what is common, hidden ones included."""


def suggested_items(by: Actor, code: str, asked: str) -> list[str]:
    """Return names of a reference list: that of the same name first, then those that begin with ``asked``."""
    found = choices(by, code)
    if not asked:
        use = USES[code]
        common = _commonest(use.own(), use.own_seen(by), use.column)
        known = {getattr(item, use.names): item.name for item in _any_of(found, use.names, common)}
        used = [known[each] for each in common if each in known]
        return _first(chain(used, found.values_list("name", flat=True)[:MOST] if len(used) < MOST else ()))
    key = item_key(asked)
    near = Case(When(key=key, then=0), When(key__startswith=key, then=1), default=2, output_field=IntegerField())
    return _first(
        found.filter(key__contains=key).order_by(near, "key", "id").values_list("name", flat=True)[: MOST * 2]
    )


def suggested_cities(by: Actor, asked: str) -> list[str]:
    """Return cities of records that the reader may see; case and accents don't count."""
    if not asked:
        return _commonest(Address.objects, Address.objects.filter(Party.objects.visible_to(by).at("party")), "city")
    key, seen = item_key(asked), Address.readable.filter(Party.readable.visible_to(by).at("party"))
    begin = seen.filter(city_key__gte=key, city_key__startswith=key).order_by("city_key")  # from there on the index
    return _first(begin.values_list("city", flat=True).distinct()[:MOST])


def common_organisations(by: Actor) -> list[dict[str, Any]]:
    """Return the organisations that the account's latest positions are in, those of most people first."""
    held = Position.objects.filter(Party.objects.visible_to(by).at("contact"))
    common = _commonest(Position.objects, held, "organisation")
    seen = Party.readable.visible_to(by).filter(kind="o", pk__in=common)
    rows = {row["id"]: row for row in seen.values("id", "name", "city")}
    return [rows[pk] for pk in common if pk in rows]


def _commonest(rows: Manager | QuerySet, seen: QuerySet, column: str) -> list[Any]:
    """Return the commonest values of the account's latest ``rows``, among those that are in ``seen``.

    The latest are found by an index first: one query would ask of all rows whether they are seen, and sort those.
    """
    latest = rows.filter(from_service=False).order_by("-pk").values_list("pk", flat=True)[:LATEST]
    values = seen.filter(pk__among=list(latest)).order_by("-pk").values_list(column, flat=True)
    return [value for value, _number in Counter(filter(None, values)).most_common(MOST)]


def _any_of(found: QuerySet, name: str, values: Sequence[Any]) -> Iterable[Any]:
    return found.filter(**{f"{name}__in": values}) if values else ()


def _first(words: Iterable[str]) -> list[str]:
    """Return the first ten words; one that an account and the service both have comes once."""
    return list(islice(dict.fromkeys(words), MOST))
