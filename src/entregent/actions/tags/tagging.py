"""Add and remove tags of contacts and organisations (B2), one or many at once.

The number of statements does not depend on the number of records, since a hundred thousand are tagged while the user
waits: a row's copies of its tags (names, search words) are edited in place.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.kinds import TAG, needs
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.actions.toolbox.undoing import Undone, undoes
from entregent.directory.items.register import known_items
from entregent.directory.messages import SENTENCES, refuse
from entregent.directory.models import Party, PartyTag
from entregent.directory.parties.cleaning import Cleaner, tag_key
from entregent.journal.deeds import Deed
from entregent.journal.telling import Telling
from entregent.kernel.text import searchable
from entregent.store.bulk import Rows
from entregent.store.bulk_update import update_rows

from .deeds import TAGGED, UNTAGGED

MOST = 100
"""A record has at most this many tags."""
Tags = dict[str, str]
"""Key → spelling."""
Plan = Callable[[Party, Tags], tuple[Collection[str], Collection[str]]]
"""Maps a party and its tags to the keys to add and the keys to remove."""


def tag(by: Actor, parties: Sequence[Party], names: list[str]) -> Outcome:
    """Add the tags ``names`` to parties, creating missing tags. Raises ``Invalid``."""
    asked = _asked(by, names)
    return retag(by, parties, TAGGED, asked, lambda party, held: (asked.keys() - held.keys(), ()))


def untag(by: Actor, parties: Sequence[Party], names: list[str]) -> Outcome:
    """Remove the tags ``names`` from parties."""
    asked = _asked(by, names)
    return retag(by, parties, UNTAGGED, asked, lambda party, held: ((), asked.keys() & held.keys()))


def _asked(by: Actor, names: list[str]) -> Tags:
    tags = {tag_key(name): name for name in Cleaner(by.account).names("tags", names)}
    if not tags:
        refuse("names", "required")
    return tags


@twice_in_a_race
def retag(by: Actor, parties: Sequence[Party], deed: Deed, asked: Tags, plan: Plan) -> Outcome:
    """Change tags as ``plan`` says; ``asked``: the tags it may use. Parties that would have too many are refused."""
    outcome = Outcome()
    with act(by, deed, *needs(TAG, parties)) as telling:
        held = fresh_or_layer(by, parties, telling.at)
        tags, theirs = _tags_of(held)
        known = known_items(by.account, "tags", asked.values()) if deed is not UNTAGGED else {}
        changes = []
        for party in held:
            before = tags[party.pk]
            put_on, gone = plan(party, before)
            gone = set(gone) - theirs.get(party.pk, set())
            after = {key: name for key, name in before.items() if key not in gone}
            after |= {key: known[key].name for key in put_on}
            if len(after) > max(MOST, len(before)):
                outcome.refused.append((party, str(SENTENCES["tags_many"])))
            elif after.keys() == before.keys():
                outcome.same += 1
            else:
                changes.append((party, before, after))
        _write(changes, {key: tag.pk for key, tag in known.items()}, telling)
        outcome.done = [party for party, _before, _after in changes]
    outcome.undo = from_journal(telling)
    return outcome


@undoes(TAGGED, UNTAGGED)
def _undo_tags(by: Actor, undone: Undone) -> Outcome:
    told = {
        party.pk: [{tag_key(name): name for name in names or []} for names in changes["tags"]]
        for party, changes in undone
    }
    asked = {key: old[key] for old, new in told.values() for key in old.keys() - new.keys()}

    def plan(party: Party, held: Tags) -> tuple[Collection[str], Collection[str]]:
        old, new = told[party.pk]
        return old.keys() - new.keys() - held.keys(), (new.keys() - old.keys()) & held.keys()

    return retag(by, [party for party, _changes in undone], TAGGED if asked else UNTAGGED, asked, plan)


def _tags_of(parties: Sequence[Party]) -> tuple[dict[int, Tags], dict[int, set[str]]]:
    """Return the tags of each party by id, and the keys of those that layers copy from shared records, by id."""
    tags: dict[int, Tags] = {party.pk: {} for party in parties}
    theirs: dict[int, set[str]] = {}
    rows = PartyTag.objects.filter(party_id__in=list(tags))
    for pk, key, name, from_service in rows.values_list("party_id", "tag__key", "tag__name", "from_service"):
        tags[pk][key] = name
        if from_service:
            theirs.setdefault(pk, set()).add(key)
    return tags, theirs


def _write(changes: Sequence[tuple[Party, Tags, Tags]], ids: dict[str, int], telling: Telling) -> None:
    rows: list[Any] = []
    told: list[Any] = []
    gone: dict[Any, Any] = {}
    links = Rows(PartyTag, "account_id party_id tag_id")
    for party, before, after in changes:
        for key in after.keys() - before.keys():
            links.add(party.account_id, party.pk, ids[key])
        off = before.keys() - after.keys()
        for key in off:
            gone.setdefault(key, []).append(party.pk)
        party.version += 1
        party.tag_names = _sorted(after)
        party.search_text = reworded(
            party.search_text, [after[key] for key in after.keys() - before.keys()], [before[key] for key in off]
        )
        rows.append((party.pk, party.version, party.tag_names, party.search_text))
        told.append((party.pk, party.name, party.version, {"tags": [_sorted(before), party.tag_names]}))
    for key, parties in gone.items():
        PartyTag.objects.filter(tag__key=key, party_id__in=parties, from_service=False).delete()
    links.insert()
    update_rows(
        Party, "id version tag_names search_text", rows, updated_at=telling.at, last_action_at=telling.at
    )  # fmt: skip
    if told:
        telling.tell_many(told)


def _sorted(tags: Tags) -> list[str]:
    return sorted(tags.values(), key=str.casefold)


def reworded(text: str, new: Sequence[str], gone: Sequence[str]) -> str:
    """Return the search words of a row with those of ``new`` added and one occurrence of each of ``gone`` removed."""
    if gone:
        words = text.split(" ")
        for word in (word for name in gone for word in searchable(name).split(" ")):
            if word in words:
                words.remove(word)
        text = " ".join(words)
    return " ".join([text.rstrip(), *(searchable(name) for name in new)]) if new else text
