"""Add and change one contact or organisation, for forms, the API and the command line."""

from entregent.accounts.actor import Actor
from entregent.actions.frame import Conflict, act, fresh_one, twice_in_a_race
from entregent.actions.kinds import WRITE
from entregent.actions.layers import layers
from entregent.actions.positions.organisations import place, resolve
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, blank, merged
from entregent.directory.parties.cleaning import Clean, Cleaner
from entregent.directory.parties.reading import record
from entregent.journal.deeds import CHANGED, CREATED
from entregent.journal.telling import Telling

from .resembling import remarks
from .saving import Saving, cleaned, differences, fit

_PLACE = ("organisation", "organisation_name", "function")
"""Keys of a card that say the main position."""


@twice_in_a_race
def create(by: Actor, kind: str, card: Card) -> Party:
    """Add a person (``"p"``) or an organisation (``"o"``) from a card, which may use short forms (B2, D1, E5).

    ``organisation`` (id) or ``organisation_name`` (created if new), with ``function``, give a person their main
    position. The returned party's ``remarks`` are warnings for its author. Raises ``Invalid`` with every problem,
    ``PermissionDenied``.
    """
    with act(by, CREATED, WRITE[kind]) as telling:
        clean = fit(by, prepare(by, kind, card))
        resolve(by, clean.positions, telling)
        pk = Saving(by, telling).add([clean])[0]
        party = Party.objects.get(pk=pk)
        party.remarks = remarks(by, clean)
    return party


def blank_for(by: Actor, kind: str) -> Card:
    """Return the card for a new record, with the default visibility of ``by`` (B3)."""
    card = blank(kind, by.account.language)
    return card | {"visibility": by.visibility} if by.visibility else card


def prepare(by: Actor, kind: str, card: Card) -> Clean:
    """Clean a new party's card, without queries. Raises ``Invalid``."""
    full = merged(blank_for(by, kind), card)
    place_given = {key: full.pop(key, None) for key in ("organisation", "organisation_name", "function")}
    if kind == "p" and (place_given["organisation"] or place_given["organisation_name"]):
        full["positions"] = [place_given, *(full.get("positions") or [])]
    return Cleaner(by.account).clean(kind, full)


@twice_in_a_race
def update(by: Actor, party: Party, patch: Card, version: int | None = None) -> Party:
    """Change the fields in ``patch`` (A1, B5). ``version``: the one that the actor read.

    A different organisation closes the old position, which is kept, and opens a new one. Writes nothing if nothing
    differs. Raises ``Invalid``, ``Conflict``, ``PermissionDenied``.
    """
    if party.of_service:
        return layers.update(by, party, patch, version)
    with act(by, CHANGED, WRITE[party.kind]) as telling:
        party = fresh_one(party)
        if version is not None and version != party.version:
            raise Conflict(party, version)
        change(by, party, patch, telling)
    return party


def change(by: Actor, party: Party, patch: Card, telling: Telling) -> bool:
    """Apply ``patch`` to a locked ``party`` and record the changes; return False if there are none."""
    if party.is_layer:
        return layers.change(by, party, patch, telling)
    found = record(party)
    clean = fit(by, cleaned(Cleaner(by.account), found, patch), found)
    changed = differences(found, clean)
    place_given = {key: value for key, value in patch.items() if key in _PLACE}
    if party.is_person and place_given:
        changed |= place(by, found, place_given, telling)
    if not changed:
        return False
    saving = Saving(by, telling)
    saving.write(found, clean, changed)
    saving.finish()
    return True
