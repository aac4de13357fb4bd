"""Adding someone whom the account knows already, in a record hidden from the one who adds (B3).

What is told is that there is one, once the new record is written and stands in the journal under its author's name:
never whom, how many or where, and never before, so that asking leaves a trace. See docs/essays/tenancy.md.
"""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.directory.messages import Problem
from entregent.directory.models import Party, Position
from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.facts import facts_given, name_key_of
from entregent.directory.visibility.visibility import Visibility
from entregent.kernel.text import fold, name_key

SEEMS_HIDDEN = "resembles_hidden"


def resembling(by: Actor, cleans: Sequence[Clean]) -> list[bool]:
    """For each card just written: whether a record that ``by`` can't see is like it.

    A person is of the same first and last name, and in an organisation of the same name, then or now, where both
    are in one; an organisation of the same name, in the same town where both have one. A few queries, whatever the
    number.
    """
    people = {_name(clean) for clean in cleans if clean.kind == "p"}
    bodies = {_name(clean) for clean in cleans if clean.kind == "o"}
    places = _places(by, people) if people else {}
    towns = _towns(by, bodies) if bodies else {}
    return [
        _same_place(clean, places.get(_name(clean), []))
        if clean.kind == "p"
        else _same_town(clean, towns.get(_name(clean), set()))
        for clean in cleans
    ]


def remarks(by: Actor, clean: Clean) -> tuple[Problem, ...]:
    """What whoever added this should know, though it was kept."""
    return (Problem("", SEEMS_HIDDEN),) if resembling(by, [clean])[0] else ()


def _hidden(by: Actor, kind: str, names: set[str]) -> list[int]:
    """The account's records of these names that ``by`` may not see, outside the bin.

    Few records are kept from anyone, and fewer have one of these names: they are found first, and then asked about.
    """
    kept = Party.objects.exclude(visibility=Visibility.EVERYONE).filter(kind=kind, binned_at=None)
    ids = list(kept.filter(name_key__among=names).values_list("pk", flat=True))
    seen = set(Party.objects.seen_by(by).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [pk for pk in ids if pk not in seen]


def _places(by: Actor, names: set[str]) -> dict[str, list[set[str]]]:
    """The names of hidden people; for each person of the name, the organisations they are or were in, by name."""
    hidden = _hidden(by, "p", names)
    if not hidden:
        return {}
    of_each: dict[int, set[str]] = {}
    found = Position.objects.filter(contact__in=hidden).values_list("contact", "organisation__name_key")
    for pk, organisation in found:
        of_each.setdefault(pk, set()).add(organisation)
    places: dict[str, list[set[str]]] = {}
    for pk, name in Party.objects.filter(pk__in=hidden).values_list("pk", "name_key"):
        places.setdefault(name, []).append(of_each.get(pk, set()))
    return places


def _towns(by: Actor, names: set[str]) -> dict[str, set[str]]:
    """The names of hidden organisations, with their towns."""
    towns: dict[str, set[str]] = {}
    hidden = _hidden(by, "o", names)
    for name, city in Party.objects.filter(pk__in=hidden).values_list("name_key", "city") if hidden else ():
        towns.setdefault(name, set()).add(fold(city))
    return towns


def _same_place(clean: Clean, hidden: list[set[str]]) -> bool:
    """Whether one of the people ``hidden`` under this name may be this one, by their organisations."""
    own = {name_key(place["organisation_name"], "") for place in clean.positions}
    return any(not (own and theirs) or not own.isdisjoint(theirs) for theirs in hidden)


def _same_town(clean: Clean, towns: set[str]) -> bool:
    town = facts_given(clean).town
    return bool(towns) and (not town or not towns.isdisjoint({town, ""}))


def _name(clean: Clean) -> str:
    return name_key_of(clean.kind, clean.columns)
