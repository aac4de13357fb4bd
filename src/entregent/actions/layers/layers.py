"""Personal information (A3): remove what an account added to a shared record. ``parties`` adds it."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Subquery

from entregent.accounts.actor import Actor
from entregent.actions.frame import act, one_or_layer
from entregent.actions.kinds import WRITE
from entregent.directory.layers.layers import nothing_own, own_card
from entregent.directory.messages import refuse
from entregent.directory.models import Party
from entregent.directory.parties.cards import changes, plain
from entregent.directory.parties.reading import record
from entregent.journal.models import About

from .deeds import LAYER_REMOVED


def remove(by: Actor, layer: Party) -> Party:
    """Delete all that the account added to a shared record; return the record. Its journal entries are kept."""
    with act(by, LAYER_REMOVED, WRITE[layer.kind]) as telling:
        if not layer.is_layer:
            refuse("", "gone")
        layer = one_or_layer(by, layer, telling.at)
        base = Party.readable.get(pk=layer.base_id)
        gone = changes(plain(own_card(record(layer))), plain(own_card(record(base))))
        _take_off([layer.pk])
        telling.tell(base, gone)
    return base


def take_off_empty(parties: Sequence[Party], entries: Collection[int]) -> list[Party]:
    """Delete the layers among ``parties`` that have no journal entries but ``entries`` and no values of the account.

    Such a layer was created by the action that calls this, or by the one being undone. Return the parties, each
    deleted layer replaced by its shared record. Call inside the action's transaction. About five statements.
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
