"""Personal information (A3): add an account's own values to a shared record, and remove them."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Subquery

from entregent.accounts.actor import Actor
from entregent.actions.frame import Conflict, act, fresh_one, fresh_or_layer, twice_in_a_race
from entregent.actions.kinds import WRITE
from entregent.actions.parties.saving import Saving, cleaned, differences, fit
from entregent.directory.layers.layers import OWN_KEYS, nothing_own, own_card
from entregent.directory.messages import Invalid, Problem, refuse
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, by_name, changes, plain
from entregent.directory.parties.cleaning import Cleaner
from entregent.directory.parties.reading import record
from entregent.journal.models import About
from entregent.journal.telling import Telling

from .deeds import LAYER_CHANGED, LAYER_REMOVED


@twice_in_a_race
def update(by: Actor, party: Party, patch: Card, version: int | None = None) -> Party:
    """Change what the account adds to a shared record; its layer is created if missing. Return the layer.

    ``party``: the shared record or its layer. Lists in ``patch`` (e-mails, tags…) hold the account's own items only.
    Raises ``Invalid`` for a field of the record itself, ``Conflict``, ``PermissionDenied``.
    """
    with act(by, LAYER_CHANGED, WRITE[party.kind]) as telling:
        laid_now = not party.is_layer
        layer = fresh_or_layer(by, [party], telling.at)[0]
        if version is not None and not laid_now and version != layer.version:
            raise Conflict(layer, version)
        if not change(by, layer, patch, telling) and laid_now:
            layer.delete()  # nothing was added, so no layer is needed
            return party
    return layer


def change(by: Actor, layer: Party, patch: Card, telling: Telling) -> bool:
    """Apply ``patch`` to what a layer adds, and record the changes; return False if there are none."""
    found = record(layer)
    _refuse_of_service(own_card(found), patch)
    clean = fit(by, cleaned(Cleaner(by.account), found, patch), found)
    changed = differences(found, clean)
    if changed:
        Saving(by, telling).write(found, clean, changed)
    return bool(changed)


def remove(by: Actor, layer: Party) -> Party:
    """Delete all that the account added to a shared record; return the record. Its journal entries are kept."""
    with act(by, LAYER_REMOVED, WRITE[layer.kind]) as telling:
        layer = fresh_one(layer)
        if not layer.is_layer:
            refuse("", "gone")
        base = Party.readable.get(pk=layer.base_id)
        gone = changes(plain(own_card(record(layer))), plain(own_card(record(base))))
        _take_off([layer.pk])
        telling.tell(base, gone)
    return base


def take_off_empty(parties: Sequence[Party], entries: Collection[int]) -> list[Party]:
    """Delete the layers among ``parties`` that have no journal entries but ``entries`` and no values of the account.

    Such a layer was created by the action being undone. Return the parties, each deleted layer replaced by its shared
    record. Call inside the transaction of the action or its undo. About five statements.
    """
    layers = {party.pk: party.base_id for party in parties if party.is_layer}
    others = About.objects.filter(party=OuterRef("pk")).exclude(entry__in=list(entries))
    untouched = Party.objects.filter(pk__among=layers).exclude(Exists(others))
    empty = list(nothing_own(untouched).values_list("pk", flat=True))
    if not empty:
        return list(parties)
    _take_off(empty)
    bases = Party.readable.in_bulk([layers[pk] for pk in empty])
    gone = {pk: bases[layers[pk]] for pk in empty}
    return [gone.get(party.pk, party) for party in parties]


def _take_off(layers: Sequence[int]) -> None:
    """Delete these layers and move their journal entries to their shared records."""
    base = Party.objects.filter(pk=OuterRef("party")).values("base")
    About.objects.filter(party__among=layers).update(party=Subquery(base))
    Party.objects.filter(pk__among=layers).delete()


def _refuse_of_service(own: Card, patch: Card) -> None:
    """Raise ``Invalid`` if ``patch`` changes a field that the operator maintains; unchanged values may be sent."""
    held = by_name(own)
    theirs = [key for key, value in patch.items() if key not in OWN_KEYS and (value or "") != (held.get(key) or "")]
    if theirs:
        raise Invalid([Problem(key, "service_record") for key in theirs])
