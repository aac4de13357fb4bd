"""Tags on contacts and organisations (B2): put on and taken off, one or many at once.

Some statements for all of them together, since a hundred thousand are tagged while their user looks on: what a
row repeats of its tags (its names, the words that search reads) is changed in the row as it stands.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.frame import act, fresh_or_layer, twice_in_a_race
from entregent.actions.kinds import TAG, needs
from entregent.actions.toolbox.outcome import Outcome, from_journal
from entregent.directory.items.words import known_tags
from entregent.directory.messages import SENTENCES, Invalid, Problem
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
"""Key → name as it is written."""
Plan = Callable[[Party, Tags], tuple[Collection[str], Collection[str]]]
"""For a party and the tags it has: the keys to put on, and those to take off."""


def tag(by: Actor, parties: Sequence[Party], names: list[str]) -> Outcome:
    """Put the tags ``names`` on parties; tags that don't exist yet are made. Raises ``Invalid``."""
    asked = _asked(by, names)
    return retag(by, parties, TAGGED, asked, lambda party, held: (asked.keys() - held.keys(), ()))


def untag(by: Actor, parties: Sequence[Party], names: list[str]) -> Outcome:
    """Take the tags ``names`` off parties."""
    asked = _asked(by, names)
    return retag(by, parties, UNTAGGED, asked, lambda party, held: ((), asked.keys() & held.keys()))


def _asked(by: Actor, names: list[str]) -> Tags:
    tags = {tag_key(name): name for name in Cleaner(by.account).names("tags", names)}
    if not tags:
        raise Invalid([Problem("names", "required")])
    return tags


@twice_in_a_race
def retag(by: Actor, parties: Sequence[Party], deed: Deed, asked: Tags, plan: Plan) -> Outcome:
    """Change tags as ``plan`` says; ``asked``: the tags it may name. Refused are those who would have too many."""
    outcome = Outcome()
    with act(by, deed, *needs(TAG, parties)) as telling:
        held = fresh_or_layer(by, parties, telling.at)
        tags, theirs = _tags_of(held)
        known = known_tags(by.account, asked) if deed is not UNTAGGED else {}
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


def _tags_of(parties: Sequence[Party]) -> tuple[dict[int, Tags], dict[int, set[str]]]:
    """The tags of each, and the keys of those that a layer has from the shared record: they stay."""
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
    """A row's words for search with those of ``new`` put to them, and those of ``gone`` taken out once each."""
    if gone:
        words = text.split(" ")
        for word in (word for name in gone for word in searchable(name).split(" ")):
            if word in words:
                words.remove(word)
        text = " ".join(words)
    return " ".join([text.rstrip(), *(searchable(name) for name in new)]) if new else text
