"""The permissions that an action needs for each kind of party."""

from collections.abc import Mapping, Sequence

from entregent.accounts.permissions import Can
from entregent.directory.models import Party

WRITE = {"p": Can.WRITE_CONTACTS, "o": Can.WRITE_ORGANISATIONS}
DELETE = {"p": Can.DELETE_CONTACTS, "o": Can.DELETE_ORGANISATIONS}
PURGE = {"p": Can.PURGE_CONTACTS, "o": Can.PURGE_ORGANISATIONS}
TAG = {"p": Can.WRITE_TAGS, "o": Can.WRITE_TAGS}


def needs(table: Mapping[str, Can], parties: Sequence[Party]) -> set[Can]:
    """Return the permissions needed for all of ``parties``; for no parties, what the kinds need at least."""
    return {table[party.kind] for party in parties} or set(table.values())
