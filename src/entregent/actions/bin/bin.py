"""The bin keeps records for 30 days by default (an account setting; 0: no bin). Purging needs its own permission."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from entregent.accounts.actor import Actor
from entregent.accounts.jobs import chore
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import Conflict, act, fresh, refuse_service, twice_in_a_race
from entregent.actions.kinds import DELETE, PURGE, needs
from entregent.actions.parties.refreshing import people_of, refresh_soon
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.actions.toolbox.undoing import Undone, undoes, undone_by
from entregent.directory.messages import Problem
from entregent.directory.models import Party
from entregent.directory.parties.writing import Writer
from entregent.directory.visibility.visibility import Visibility
from entregent.journal.deeds import BINNED, PURGED, RESTORED, Deed
from entregent.journal.models import About

CHORE_STEP = 500
Versions = Mapping[int, int]
"""Id of a party → the version that was read; a party that was changed since raises ``Conflict``."""


@twice_in_a_race
def delete(by: Actor, parties: Sequence[Party], versions: Versions | None = None) -> Outcome:
    """Put parties in the bin, or delete them for good if the account keeps no bin (A2, B6, E8)."""
    refuse_service(parties)
    if by.account.bin_days == 0:
        return _purge(by, parties, needs(DELETE, parties), versions)
    return _move(by, parties, BINNED, versions)


@twice_in_a_race
def restore(by: Actor, parties: Sequence[Party]) -> Outcome:
    """Take parties out of the bin, unchanged."""
    return _move(by, parties, RESTORED)


def _move(by: Actor, parties: Sequence[Party], deed: Deed, versions: Versions | None = None) -> Outcome:
    """Put parties in the bin or take them out of it."""
    binned = deed == BINNED
    with act(by, deed, *needs(DELETE, parties)) as telling:
        writer = Writer(by.account, by.user_id, telling.at)
        values = {"binned_at": telling.at if binned else None, "binned_by_id": by.user_id if binned else None}
        held = _as_read(parties, versions)
        moved = [party for party in held if party.in_bin != binned]
        for party in moved:
            writer.touch(party, values)
            telling.tell(party)
            if not party.is_person:
                refresh_soon(by, people_of([party.pk]))
    undo = from_journal(telling) if binned or by.account.bin_days else None
    return Outcome(moved, same=len(held) - len(moved), undo=undo)


undone_by(BINNED, restore)


@undoes(RESTORED)
def _undo_restoration(by: Actor, undone: Undone) -> Outcome:
    """Put records back in the bin. If the account no longer keeps one, that would delete them for good: refused."""
    parties = [party for party, _changes in undone]
    if by.account.bin_days:
        return delete(by, parties)
    return Outcome(refused=[(party, Problem("", "no_bin").message) for party in parties])


@twice_in_a_race
def purge(by: Actor, parties: Sequence[Party], versions: Versions | None = None) -> Outcome:
    """Delete parties for good («Supprimer définitivement»), in the bin or not. It can't be undone."""
    refuse_service(parties)
    return _purge(by, parties, needs(PURGE, parties), versions)


def _as_read(parties: Sequence[Party], versions: Versions | None) -> list[Party]:
    """Return parties as ``fresh`` does. Raises ``Conflict`` if one was changed since it was read."""
    held = fresh(parties)
    for party in held:
        since = (versions or {}).get(party.pk)
        if since not in (None, party.version):
            raise Conflict(party, since)
    return held


def _purge(by: Actor, parties: Sequence[Party], required: set[Can], versions: Versions | None = None) -> Outcome:
    """Delete parties and their values in the journal, which keeps only what was done, by whom and when.

    Of records that not everyone could see, the journal keeps nothing: others must not learn of them now.
    """
    with act(by, PURGED, *required) as telling:
        parties = _as_read(parties, versions)
        people = people_of([party.pk for party in parties if not party.is_person])
        ids = [party.pk for party in parties]
        known = [party for party in parties if party.visibility == Visibility.EVERYONE]
        about = About.objects.filter(party__in=ids)
        about.exclude(party__in=[party.pk for party in known]).delete()
        about.update(changes={}, shown_as="")
        Party.objects.filter(pk__in=ids).delete()
        refresh_soon(by, people)
        telling.tell_many([(None, party.name, party.version, {}) for party in known])
    return Outcome(done=list(parties))


@chore
def empty_bins() -> None:
    """Delete for good the records that have been in a bin longer than their account keeps them. Run by the worker."""
    with everywhere("the worker serves all accounts"):
        accounts = list(Account.objects.exclude(bin_spared_until__gt=timezone.now()))
    for account in accounts:
        system = Actor.system(account, "Entregent", Can.PURGE_CONTACTS, Can.PURGE_ORGANISATIONS)
        with inside(account):
            limit = timezone.now() - timedelta(days=account.bin_days)
            while expired := list(Party.objects.filter(binned_at__lt=limit)[:CHORE_STEP]):
                purge(system, expired)
