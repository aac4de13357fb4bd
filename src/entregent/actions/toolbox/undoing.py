"""Undo an action («Annuler») from its journal entry: each party gets its previous values back.

What someone did since to the same thing (the same field, tag or list) stays: such parties are refused, with who did
it and when. A layer that only this action created, and that is empty after the undo, is deleted. Actions register how
their deeds are undone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from entregent.accounts.actor import Actor
from entregent.actions.frame import Course, fresh, taking_back
from entregent.actions.layers import layers
from entregent.directory.messages import Problem, refuse
from entregent.directory.models import Party
from entregent.directory.parties.cleaning import tag_key
from entregent.journal.deeds import BINNED, RESTORED, Deed
from entregent.journal.models import About, Entry

from .outcome import Outcome

Changes = dict[str, list]
Undone = Sequence[tuple[Party, Changes]]
Undo = Callable[[Actor, Undone], Outcome]
Named = Callable[[Entry], Mapping[str, str]]
UNDOERS: dict[str, tuple[Undo, Named]] = {}


def undoes(*deeds: Deed, named: Named = lambda entry: {}) -> Callable[[Undo], Undo]:
    """Decorate the function that undoes these deeds.

    ``named``: returns the keys of items that were renamed since, by their key at the time of an entry.
    """

    def register(function: Undo) -> Undo:
        UNDOERS.update(dict.fromkeys(deeds, (function, named)))
        return function

    return register


def undone_by(deed: Deed, opposite: Callable[[Actor, Sequence[Party]], Outcome]) -> None:
    """Register the opposite action, which undoes this deed."""
    undoes(deed)(lambda by, undone: opposite(by, [party for party, _changes in undone]))


def put_back(
    by: Actor,
    undone: Undone,
    field: str,
    set_each: Callable[[Actor, list[Party], Callable[[Party], Any]], Outcome],
    meant: Callable[[Any], Any] = lambda old: old,
) -> Outcome:
    """Restore the old values of a field.

    ``set_each``: sets the value that its last argument returns for each party; ``meant``: turns an old value of the
    journal into such a value.
    """
    old = {party.pk: changes[field][0] for party, changes in undone}
    return set_each(by, [party for party, _changes in undone], lambda party: meant(old[party.pk]))


def undoing(by: Actor) -> Entry:
    """Return the entry that ``by`` is undoing."""
    entry = Course.of(by).undoes
    if entry is None:
        raise LookupError("no undo")
    return entry


def undo(by: Actor, parties: Sequence[Party], entry: int) -> Outcome:
    """Undo what an action of ``by`` did to these parties.

    Raises ``Invalid`` if the entry is someone else's or can't be undone, and whatever the opposite action raises.
    """
    found = undoable(by, entry)
    if found is None:
        refuse("entry", "not_undoable")
    back = taking_back(by, found)
    function, named = UNDOERS[found.deed]
    with transaction.atomic():
        own = fresh(_own(parties))
        told = {about.party_id: about for about in About.objects.filter(entry=found, party__in=own)}
        since = done_since(found, list(told.values()), named(found))
        changes = {pk: about.changes for pk, about in told.items() if pk not in since and _changed(about)}
        concerned = [(party, changes[party.pk]) for party in own if party.pk in changes]
        outcome = function(back, concerned) if concerned else Outcome()
        outcome.done = layers.take_off_empty(outcome.done, {found.pk, *Course.of(back).told})
    kept = [(party, last) for party in own if (last := since.get(party.pk))]
    outcome.refused += [(party, _why(last)) for party, last in kept]
    outcome.same += len(parties) - len(concerned) - len(kept)
    outcome.undo = None
    return outcome


def _changed(about: About) -> bool:
    """Whether anything was changed, rather than confirmed."""
    return not about.changes or any(old != new for old, new in about.changes.values())


def done_since(
    entry: Entry,
    told: Sequence[About],
    named: Mapping[str, str] | None = None,
    but: Entry | None = None,
    undone: Mapping[int, int] | None = None,
) -> dict[int | None, About | None]:
    """Return for each party on which something was done since to what the entry changed: the last that was done.

    None where only the undo of this very entry was. What was done and undone since is as if it had not been done.
    ``told``: what the entry told of them; ``but``: an entry that doesn't count; ``undone``: an undo's entry → the
    one that it undid, where its data doesn't say.
    """
    things: dict[int | None, set] = {about.party_id: set(_things(about.changes, about.deed, named)) for about in told}
    first = min((about.pk for about in told), default=0)
    own = [entry, but] if but else [entry]
    later = About.objects.filter(party__in=list(things), pk__gt=first).exclude(entry__in=own)
    found: dict[int | None, list[About]] = {}
    for about in later.select_related("entry").order_by("pk"):
        if not things[about.party_id].isdisjoint(_things(about.changes, about.deed)):
            found.setdefault(about.party_id, []).append(about)
    left = {pk: _standing(abouts, entry, undone or {}) for pk, abouts in found.items()}
    return {pk: abouts[-1] if abouts else None for pk, abouts in left.items() if abouts is not None}


def _standing(abouts: Sequence[About], entry: Entry, known: Mapping[int, int]) -> list[About] | None:
    """Leave out the undo of ``entry``, and what was undone since with its undo; None if only the latter is there."""
    undoes = {
        one.entry_id: known.get(one.entry_id) or one.entry.data.get("undoes", {}).get("entry") for one in abouts
    }
    paired = {undo for undo, undone in undoes.items() if undone in undoes} | (undoes.keys() & undoes.values())
    left = [one for one in abouts if one.entry_id not in paired and undoes[one.entry_id] != entry.pk]
    return left or ([] if entry.pk in undoes.values() else None)


def _things(changes: Changes, deed: str, named: Mapping[str, str] | None = None) -> Iterator[tuple]:
    """Return what changes touched: a field, each of its words that came or went, or what it names by id.

    Those of the bin have no changes.
    """
    if deed in (BINNED, RESTORED):
        yield ("bin",)
    for field, (old, new) in changes.items():
        sides = [side for side in (old, new) if side is not None]
        if any(isinstance(side, list) for side in sides):
            for key in {_key(word) for word in old or ()} ^ {_key(word) for word in new or ()}:
                yield field, key
                yield field, (named or {}).get(key, key)
        elif all(isinstance(side, dict) and "id" in side for side in sides):
            yield from ((field, side["id"]) for side in sides)
        else:
            yield (field,)


def _key(word: Any) -> str:
    return tag_key(word) if isinstance(word, str) else repr(word)


def _why(about: About) -> str:
    when = date_format(localtime(about.at), "SHORT_DATETIME_FORMAT")
    return Problem("", "changed_by", {"name": about.entry.by_name, "when": when}).message


def _own(parties: Sequence[Party]) -> list[Party]:
    """Replace shared records by the account's layers, which the action was done to; leave out those without one."""
    shared = [party.pk for party in parties if party.of_service and not party.is_layer]
    over = Party.objects.filter(base__among=shared) if shared else ()
    return list({party.pk: party for party in (*parties, *over) if party.pk not in shared}.values())


def undoable(by: Actor, entry_id: int | None) -> Entry | None:
    """Return the entry if ``by`` is its author and it can be undone, else None."""
    if not entry_id or by.user_id is None:
        return None
    return Entry.objects.filter(pk=entry_id, by=by.user_id, deed__in=list(UNDOERS)).first()
