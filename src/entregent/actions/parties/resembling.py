"""Warn the author of a new record that a similar one exists, hidden from them (B3).

An account chooses whether to warn; by default it does not. The warning only says that there is one: not which, how
many or where. It is given after the new record is saved and in the journal, so that probing leaves a trace. See
docs/essays/tenancy.md.
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
    if not by.account.tells_resembling:  # that a hidden record exists is the account's to tell
        return [False] * len(cleans)
    named: dict[str, set[str]] = {"p": set(), "o": set()}
    for clean in cleans:
        named[clean.kind].add(_name(clean))
    hidden = {kind: _hidden(by, kind, names) for kind, names in named.items() if names}
    return [_seems_one(clean, hidden[clean.kind].get(_name(clean), [])) for clean in cleans]


def remarks(by: Actor, clean: Clean) -> tuple[Problem, ...]:
    """Return the warnings for the author of a record that was just saved."""
    return (Problem("", SEEMS_HIDDEN),) if resembling(by, [clean])[0] else ()


def _hidden(by: Actor, kind: str, names: set[str]) -> dict[str, list[set[str]]]:
    """Return the account's records with these names that ``by`` may not see: name → the places of each.

    Places are the names of a person's organisations, the town of an organisation. Records in the bin don't count. Few
    records are restricted, and fewer have one of these names, so those are found first.
    """
    kept = Party.objects.exclude(visibility=Visibility.EVERYONE).filter(kind=kind, binned_at=None)
    named = kept.filter(name_key__among=names).values_list("pk", "name_key", "city")
    rows = {pk: (name, city) for pk, name, city in named}
    for pk in Party.objects.seen_by(by).filter(pk__in=rows).values_list("pk", flat=True) if rows else ():
        del rows[pk]
    places = {pk: {fold(city)} - {""} if kind == "o" else set() for pk, (_name, city) in rows.items()}
    if rows and kind == "p":
        held = Position.objects.filter(contact__in=rows)
        for pk, organisation in held.values_list("contact", "organisation__name_key"):
            places[pk].add(organisation)
    found: dict[str, list[set[str]]] = {}
    for pk, (name, _city) in rows.items():
        found.setdefault(name, []).append(places[pk])
    return found


def _seems_one(clean: Clean, hidden: list[set[str]]) -> bool:
    """Whether one of the ``hidden`` may be this record: they have a place in common, or one of them has none."""
    if clean.kind == "p":
        own = {name_key(place["organisation_name"], "") for place in clean.positions}
    else:
        own = {facts_given(clean).town or ""} - {""}
    return any(not (own and theirs) or not own.isdisjoint(theirs) for theirs in hidden)


def _name(clean: Clean) -> str:
    return name_key_of(clean.kind, clean.columns)
