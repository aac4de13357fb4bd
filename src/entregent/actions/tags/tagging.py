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
from entregent.actions.toolbox.undoing import Undone, undoes, undoing
from entregent.directory.items.register import known_items
from entregent.directory.messages import SENTENCES, Problem, refuse
from entregent.directory.models import Party, PartyTag, Tag
from entregent.directory.parties.cleaning import Cleaner, tag_key
from entregent.journal.deeds import Deed
from entregent.journal.models import Entry
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
        telling.data["tags"] = {key: tag.pk for key, tag in known.items()} or _ids(by, asked)
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


def _ids(by: Actor, keys: Collection[str]) -> dict[str, int]:
    """Return the ids of the tags that have these keys, the account's own before the service's."""
    found = Tag.readable.filter(key__among=list(keys)).values_list("key", "pk", "account")
    return {key: pk for key, pk, account in sorted(found, key=lambda row: row[2] == by.account.pk)}


def _named_now(entry: Entry) -> dict[str, Tag]:
    """Return the tags of an entry as they are now, by their keys at the time; deleted ones are left out.

    Of an entry of an earlier version, which has no ids, those that have these keys now.
    """
    ids = entry.data.get("tags")
    if ids is None:
        return {tag.key: tag for tag in Tag.readable.all()}
    there = Tag.readable.in_bulk(list(ids.values()))
    return {key: there[pk] for key, pk in ids.items() if pk in there}


def _keys_now(entry: Entry) -> dict[str, str]:
    return {key: tag.key for key, tag in _named_now(entry).items()}


@undoes(TAGGED, UNTAGGED, named=_keys_now)
def _undo_tags(by: Actor, undone: Undone) -> Outcome:
    """Take off the tags that were put on, put back those taken off, by their present names; refuse deleted ones."""
    now = _named_now(undoing(by))
    moved: dict[int, tuple[set[str], set[str]]] = {}
    lost: dict[Party, str] = {}
    for party, changes in undone:
        old, new = ({tag_key(name): name for name in names or []} for names in changes["tags"])
        gone = [name for key, name in {**old, **new}.items() if (key in old) != (key in new) and key not in now]
        if gone:
            lost[party] = gone[0]
        moved[party.pk] = ({now[key].key for key in old.keys() - new.keys() if key in now},
                           {now[key].key for key in new.keys() - old.keys() if key in now})  # fmt: skip
    asked = {
        key: tag.name for tag in now.values() if any((key := tag.key) in put_on for put_on, _off in moved.values())
    }

    def plan(party: Party, held: Tags) -> tuple[Collection[str], Collection[str]]:
        put_on, off = moved[party.pk]
        return put_on - held.keys(), off & held.keys()

    kept = [party for party, _changes in undone if party not in lost]
    outcome = retag(by, kept, TAGGED if asked else UNTAGGED, asked, plan) if kept else Outcome()
    outcome.refused += [(party, Problem("", "tag_gone", {"name": name}).message) for party, name in lost.items()]
    return outcome


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
