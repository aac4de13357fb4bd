"""Add and change one contact or organisation, for forms, the API and the command line."""

from entregent.accounts.actor import Actor
from entregent.actions.frame import Conflict, act, one_or_layer, twice_in_a_race
from entregent.actions.kinds import WRITE
from entregent.actions.layers.deeds import LAYER_CHANGED
from entregent.actions.layers.layers import take_off_empty
from entregent.actions.positions.organisations import resolve, set_main
from entregent.directory.fields.register import BY_NAME
from entregent.directory.layers.layers import OWN_KEYS, own_card
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, blank, by_name, merged
from entregent.directory.parties.cleaning import REQUIRED_NAMES, Clean, Cleaner
from entregent.directory.parties.reading import record
from entregent.journal.deeds import CHANGED, CREATED
from entregent.journal.telling import Telling

from .resembling import remarks
from .saving import Saving, cleaned, differences, fit

_MAIN = ("organisation", "organisation_name", "function")
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


def prepare(by: Actor, kind: str, card: Card, complete: bool = True) -> Clean:
    """Clean a new party's card, without queries. Raises ``Invalid``.

    ``complete``: False for a row of a file, which may lack a required name («À compléter»).
    """
    usual, given = blank_for(by, kind), card.get("visibility")
    if isinstance(given, dict) and "mode" in given:  # no team or user of one's preference is added to those named
        usual["visibility"] = BY_NAME["visibility"].type.blank()
    full = merged(usual, card)
    main_given = {key: full.pop(key, None) for key in ("organisation", "organisation_name", "function")}
    if kind == "p" and (main_given["organisation"] or main_given["organisation_name"]):
        full["positions"] = [main_given, *(full.get("positions") or [])]
    return Cleaner(by.account).clean(kind, full, () if complete or kind != "p" else REQUIRED_NAMES)


@twice_in_a_race
def update(by: Actor, party: Party, patch: Card, version: int | None = None) -> Party:
    """Change the fields in ``patch`` (A1, B5); of a shared record, what the account adds to it (A3).

    ``version``: the one that the actor read. A different organisation closes the old position, which is kept, and
    opens a new one. For a shared record the layer is returned, created if missing; lists in ``patch`` (e-mails,
    tags…) then hold the account's own items only. Writes nothing if nothing differs. Raises ``Invalid``,
    ``Conflict``, ``PermissionDenied``.
    """
    with act(by, LAYER_CHANGED if party.of_service else CHANGED, WRITE[party.kind]) as telling:
        held = one_or_layer(by, party, telling.at)
        if version is not None and version != held.version and held == party:
            raise Conflict(held, version)
        if not change(by, held, patch, telling) and held.is_layer:
            return take_off_empty([held], ())[0]
    return held


def change(by: Actor, party: Party, patch: Card, telling: Telling) -> bool:
    """Apply ``patch`` to a locked ``party`` and record the changes; return False if there are none."""
    found = record(party)
    if party.is_layer:
        _refuse_of_service(own_card(found), patch)
    clean = fit(by, cleaned(Cleaner(by.account), found, patch), found)
    changed = differences(found, clean)
    main_given = {key: value for key, value in patch.items() if key in _MAIN}
    if party.is_person and main_given and not party.is_layer:
        changed |= set_main(by, found, main_given, telling)
    if not changed:
        return False
    saving = Saving(by, telling)
    saving.write(found, clean, changed)
    saving.finish()
    return True


def _refuse_of_service(own: Card, patch: Card) -> None:
    """Raise ``Invalid`` if ``patch`` changes a field that the operator maintains; unchanged values may be sent."""
    held = by_name(own)
    theirs = [key for key, value in patch.items() if key not in OWN_KEYS and (value or "") != (held.get(key) or "")]
    if theirs:
        raise Invalid([Problem(key, "service_record") for key in theirs])
