"""Warn the author of a new record that a similar one exists, hidden from them (B3).

The warning only says that there is one: not which, how many or where. It is given after the new record is saved and
in the journal, so that probing leaves a trace. See docs/essays/tenancy.md.
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
    """Return for each card just saved whether a record that ``by`` can't see is similar.

    Similar people have the same first and last name and, if both have organisations (past ones included), one with
    the same name in common. Similar organisations have the same name and, if both have one, the same town. A few
    queries, whatever the number of cards.
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
    """Return the warnings for the author of a record that was just saved."""
    return (Problem("", SEEMS_HIDDEN),) if resembling(by, [clean])[0] else ()


def _hidden(by: Actor, kind: str, names: set[str]) -> list[int]:
    """Return the ids of the account's records with these names that ``by`` may not see, outside the bin.

    Few records are restricted, and fewer have one of these names, so those are found first.
    """
    kept = Party.objects.exclude(visibility=Visibility.EVERYONE).filter(kind=kind, binned_at=None)
    ids = list(kept.filter(name_key__among=names).values_list("pk", flat=True))
    seen = set(Party.objects.seen_by(by).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [pk for pk in ids if pk not in seen]


def _places(by: Actor, names: set[str]) -> dict[str, list[set[str]]]:
    """Return hidden people: name → for each of them, the names of their past and present organisations."""
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
    """Return hidden organisations: name → their towns."""
    towns: dict[str, set[str]] = {}
    hidden = _hidden(by, "o", names)
    for name, city in Party.objects.filter(pk__in=hidden).values_list("name_key", "city") if hidden else ():
        towns.setdefault(name, set()).add(fold(city))
    return towns


def _same_place(clean: Clean, hidden: list[set[str]]) -> bool:
    """Whether one of the ``hidden`` people may be this person, judging by the names of their organisations."""
    own = {name_key(place["organisation_name"], "") for place in clean.positions}
    return any(not (own and theirs) or not own.isdisjoint(theirs) for theirs in hidden)


def _same_town(clean: Clean, towns: set[str]) -> bool:
    town = facts_given(clean).town
    return bool(towns) and (not town or not towns.isdisjoint({town, ""}))


def _name(clean: Clean) -> str:
    return name_key_of(clean.kind, clean.columns)
