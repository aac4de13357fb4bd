"""Conditions on where people and organisations are, and on who holds which function today.

«Les maires de l'Ain» is a condition on current positions: people who leave are no longer found, their successors
are, without maintaining a list of names.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.directory.models import Address, Position, Share
from entregent.directory.visibility.visibility import seen_by
from entregent.kernel.departments import department_code, department_name, postal_prefixes
from entregent.kernel.errors import Bad
from entregent.kernel.text import fold


def held_today() -> Q:
    """Return the condition of positions held today, in the account's time zone; one that ends today is not."""
    today = timezone.localdate()
    return (Q(since=None) | Q(since__lte=today)) & (Q(until=None) | Q(until__gt=today))


def in_known(places: QuerySet[Position], by: Actor) -> QuerySet[Position]:
    """Return the positions in organisations that ``by`` may know of, tested one by one: a list of all is long."""
    return places.filter(seen_by(by, Share.objects.all(), "organisation__"), organisation__binned_at=None)


def former() -> Q:
    """Return the condition of positions that have ended, in organisations where the person holds none today."""
    still = Position.readable.filter(held_today(), contact=OuterRef("contact"), organisation=OuterRef("organisation"))
    return Q(~Exists(still), until__lte=timezone.localdate())


def in_department(department: str) -> Q:
    """Return the condition of addresses in a French département, by postal code, or by its name where there is none.

    The codes are a range, so that the index is used: both databases sort digits the same way.
    """
    codes = Q()
    for prefix in postal_prefixes(department):
        after = str(int(prefix) + 1).zfill(len(prefix))
        codes |= Q(postal_code__gte=prefix, postal_code__lt=after)
    named = Q(postal_code="", province__in=[department, department_name(department)])
    # Behind a function, so that SQLite goes by the codes: the index of countries would give it all of France.
    french: Any = Exact(Coalesce("country", Value("")), Value("FR"))
    return Q(french) & (codes | named)


_NAMES = re.compile(r"(?:[^|\\]|\\.?)+")
"""The names of a function, between bars; a bar within a name has a backslash before it."""


def join_holder(department: str, functions: Iterable[str]) -> str:
    """Return the text that ``split_holder`` reads: «74:Président|Présidente»."""
    names = (name.replace("\\", "\\\\").replace("|", "\\|") for name in functions)
    return f"{department}:{'|'.join(names)}"


def split_names(functions: str) -> tuple[str, ...]:
    """Return the names of a function: «Président|Présidente»."""
    names = (re.sub(r"\\([\\|])", r"\1", part).strip() for part in _NAMES.findall(functions))
    return tuple(name for name in names if fold(name))


def split_holder(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a département's code ("": everywhere) and the names of a function. Raises ``Bad``.

    «01:Maire»; a function that has two names has both: «74:Président|Présidente».
    """
    place, separator, functions = text.partition(":")
    names = split_names(functions)
    if not separator or not names:
        raise Bad("shape")
    return department_code(place) if place.strip() else "", names


def holding(department: str, functions: Iterable[str]) -> Q:
    """Return the condition of positions that are one of these functions, in an organisation of a département.

    ``department``: its code; ``""``: everywhere. The person's address counts where the organisation has none.
    """
    held = Q(function_key__in=[fold(name)[:150] for name in functions])
    return held & _placed_in(department) if department else held


def _placed_in(department: str) -> Q:
    """Return the condition, of a position, that its organisation is there; where it has no address, the person."""
    there = Address.readable.filter(in_department(department))
    at_work = Exists(there.filter(party=OuterRef("organisation")))
    nowhere = ~Exists(Address.readable.filter(party=OuterRef("organisation")))
    at_home = Exists(there.filter(party=OuterRef("contact")))
    return Q(at_work) | (Q(nowhere) & Q(at_home))
