"""Load the existing records that rows may be about, and the keys by which they are recognised.

People are recognised by UID, e-mail, or name together with phone, organisation or date of birth; by name alone only
if neither side has anything else (std C16, F7). Organisations: see ``bodies``.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from entregent.accounts.actor import Actor
from entregent.directory.models import Channel, Party
from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.facts import Facts, facts_given, facts_of, name_key_of
from entregent.directory.parties.reading import Record, records
from entregent.kernel.text import fold

from .known_bodies import KnownBodies

Key = tuple
HIDDEN = "email_taken_hidden"


class Holder(NamedTuple):
    """A person of the account who has an e-mail address, seen by the user or not, in the bin or not."""

    party: int
    name: str
    name_key: str
    exclusive: bool
    code: str
    """The problem that a second holder has."""


class Known:
    """The records that some rows may be about, loaded together. ``besides``: ids of further ones."""

    def __init__(self, by: Actor, cleans: Sequence[Clean], besides: Iterable[int] = ()) -> None:
        self.by = by
        self.bodies = KnownBodies(by, cleans)
        people = [clean for clean in cleans if clean.kind == "p"]
        wanted = self._wanted(people)
        held = self._channels(people)
        ids = {*besides, *self.bodies.own_ids, *self._by_uid(cleans), *self._by_name(wanted)}
        ids |= {pk for kind, key, pk, name in held if kind == "email" or ("phone", name, key) in wanted}
        self.records = records(Party.objects.visible_to(by).filter(pk__in=ids)) if ids else {}
        self.holders = self._holders(held)
        self.by_key: dict[Key, Record] = {}
        self.uids = {record.party.uid: record for record in self.records.values() if record.party.uid}
        for pk in sorted(self.records):
            record = self.records[pk]
            for key in person_keys(facts_of(record, by.account), _places(record)) if record.party.is_person else ():
                self.by_key.setdefault(key, record)

    def _wanted(self, people: Sequence[Clean]) -> set[Key]:
        """Return the keys of rows of people, one for each organisation that they may mean."""
        wanted: set[Key] = set()
        for clean in people:
            facts = facts_given(clean)
            wanted.update(key for key in person_keys(facts, ()) if key[0] != "email")
            wanted.add(("name", facts.name_key))
            for place in clean.positions:
                ids = [place["organisation"]] if place["organisation"] else self.bodies.ids_named(place)
                wanted.update(("place", facts.name_key, pk) for pk in ids)
        return wanted

    def _channels(self, people: Sequence[Clean]) -> list[tuple]:
        """Return (kind, key, party, name) of the people who have one of the rows' e-mails or phones."""
        keys = {way.key for clean in people for way in clean.channels if way.kind != "website"}
        if not keys:
            return []
        held = Channel.objects.filter(key__among=keys, kind__in=("email", "phone"), party__kind="p")
        return list(held.order_by("party_id").values_list("kind", "key", "party_id", "party__name_key"))

    def _by_uid(self, cleans: Sequence[Clean]) -> Iterable[int]:
        uids = {clean.columns["uid"] for clean in cleans} - {""}
        if not uids:
            return ()
        seen = Party.objects.visible_to(self.by)  # excluding "": for SQLite's partial index
        return seen.filter(uid__among=uids).exclude(uid="").values_list("pk", flat=True)

    def _by_name(self, wanted: set[Key]) -> set[int]:
        """Return the ids of records with a row's name and date of birth, organisation, or nothing else.

        Common names have thousands of records, so only a few columns are read.
        """
        names = {key[1] for key in wanted if key[0] in ("born", "place", "name")}
        found: set[int] = set()
        if names:
            rows = Party.objects.visible_to(self.by).filter(kind="p", name_key__among=names)
            columns = ("pk", "name_key", "birth_date", "positions__organisation", "email", "phone")
            for pk, name, born, place, email, phone in rows.values_list(*columns):
                alone = not (born or place or email or phone) and ("name", name) in wanted
                if alone or wanted.intersection((("born", name, born), ("place", name, place))):
                    found.add(pk)
        return found

    def _holders(self, held: Sequence[tuple]) -> dict[str, list[Holder]]:
        """Return who has each e-mail address."""
        keys = {key for kind, key, _pk, _name in held if kind == "email"}
        if not keys:
            return {}
        channels = Channel.objects.filter(key__among=keys, kind="email", party__kind="p").order_by("party_id")
        columns = ("key", "party_id", "party__name", "party__name_key", "exclusive")
        rows = list(channels.values_list(*columns))
        unseen = {row[1] for row in rows} - set(self.records)
        binned = set(Party.objects.in_bin_of(self.by).filter(pk__in=unseen).values_list("pk", flat=True))
        found: dict[str, list[Holder]] = {}
        for key, pk, name, name_key, exclusive in rows:
            code = "email_taken" if pk in self.records else "email_taken_bin" if pk in binned else HIDDEN
            found.setdefault(key, []).append(Holder(pk, name, name_key, exclusive, code))
        return found


def _places(record: Record) -> list[int]:
    return [position.organisation_id for position in record.positions]


def holds(record: Record, place: dict[str, Any]) -> bool:
    """Whether the record already has this position."""
    return any(
        position.organisation_id == place["organisation"]
        and position.function_key == fold(place["function"])[:150]
        and (place["since"] is None or position.since == place["since"])
        for position in record.positions
    )


def person_keys(facts: Facts, places: Sequence[Any]) -> list[Key]:
    """Return the keys of a person, most reliable first; ``places``: each organisation, past ones included."""
    name = facts.name_key
    keys: list[Key] = [("uid", facts.columns["uid"])] if facts.columns["uid"] else []
    keys += [("email", way.key) for way in facts.emails]
    keys += [("phone", name, way.key) for way in facts.phones]
    keys += [("place", name, place) for place in places]
    if facts.born:
        keys.append(("born", name, facts.born))
    return keys or [("name", name)]


def same_name(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: one has all words of the other, in any order."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def name_of(clean: Clean) -> str:
    """Return the folded name of a card."""
    return name_key_of(clean.kind, clean.columns)
