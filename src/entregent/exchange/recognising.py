"""Find the existing record, or the earlier row, that a row is about.

Recognised by UID, e-mail, or name together with phone, organisation or date of birth; by name alone only if neither
side has anything else (std C16, F7).
"""

from collections.abc import Callable, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.positions.organisations import find_named, key_of
from entregent.directory.models import Channel, Party
from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.facts import Facts, facts_given, facts_of, name_key_of
from entregent.directory.parties.reading import Record, records
from entregent.kernel.text import fold

Key = tuple
_NUMBERS = ("siret", "neq", "vat_number")


class Known:
    """The records that some rows may be about, loaded together."""

    def __init__(self, by: Actor, cleans: Sequence[Clean]) -> None:
        self.by = by
        places = [place for clean in cleans for place in clean.positions if not place["organisation"]]
        self.organisations = find_named(by, places) if places else {}
        self.keys = [keys_of(clean, self._place_key) for clean in cleans]
        """The keys of each of ``cleans``, in order."""
        wanted = {key for keys in self.keys for key in keys}
        ids = self._by_own_key(wanted) | self._by_channel(wanted, cleans) | self._by_name(wanted)
        self.records = records(Party.objects.visible_to(by).filter(pk__in=ids)) if ids else {}
        self.by_key: dict[Key, Record] = {}
        self.email_owner: dict[str, Record] = {}
        for pk in sorted(self.records):
            record = self.records[pk]
            for key in self._keys(record):
                self.by_key.setdefault(key, record)
                if key[0] == "email":
                    self.email_owner[key[1]] = record

    def _by_own_key(self, wanted: set[Key]) -> set[int]:
        """Return the ids of the records that have one of these UIDs or codes."""
        seen = Party.objects.visible_to(self.by)
        found: set[int] = set()
        for column in ("uid", "code"):
            if values := [key[1] for key in wanted if key[0] == column]:  # excluding "": for SQLite's partial index
                found.update(
                    seen.filter(**{f"{column}__among": values}).exclude(**{column: ""}).values_list("pk", flat=True)
                )
        return found

    def _by_channel(self, wanted: set[Key], cleans: Sequence[Clean]) -> set[int]:
        """Return the ids of records with one of the e-mails, or with one of the phones and the same name."""
        emails = {email.key for clean in cleans for email in clean.emails}
        phones = {key[2] for key in wanted if key[0] == "phone"}
        found: set[int] = set()
        if emails or phones:
            held = Channel.objects.filter(key__among=emails | phones, kind__in=("email", "phone"))
            for kind, key, pk, name in held.values_list("kind", "key", "party_id", "party__name_key"):
                if kind == "email" or ("phone", name, key) in wanted:
                    found.add(pk)
        return found

    def _by_name(self, wanted: set[Key]) -> set[int]:
        """Return the ids of records with a row's name and date of birth, or name and organisation.

        Common names have thousands of records, so only a few columns are read.
        """
        seen = Party.objects.visible_to(self.by)
        people = {key[1] for key in wanted if key[0] in ("born", "place", "name")}
        bodies = {key[1] for key in wanted if key[0] == "organisation"}
        found: set[int] = set()
        if people:
            rows = seen.filter(kind="p", name_key__among=people)
            for pk, name, born, place in rows.values_list("pk", "name_key", "birth_date", "positions__organisation"):
                if wanted.intersection((("born", name, born), ("place", name, place), ("name", name))):
                    found.add(pk)
        if bodies:
            rows = seen.filter(kind="o", name_key__among=bodies)
            for pk, name, city, *numbers in rows.values_list("pk", "name_key", "city", *_NUMBERS):
                keys = (("organisation", name, fold(city)), *zip(_NUMBERS, numbers, strict=True))
                if wanted.intersection(keys):
                    found.add(pk)
        return found

    def match(self, clean: Clean, keys: Sequence[Key]) -> Record | None:
        """Return the record that a row is about: the one found by the first matching key."""
        for key in keys:
            record = self.by_key.get(key)
            if record and record.party.kind == clean.kind and counts(key, clean, record.party.name_key):
                return record
        return None

    def holds(self, record: Record, place: dict[str, Any]) -> bool:
        """Whether the record already has this position."""
        organisation = place["organisation"] or getattr(self.organisations.get(key_of(place)), "pk", None)
        return any(
            position.organisation_id == organisation
            and position.function_key == fold(place["function"])[:150]
            and (place["since"] is None or position.since == place["since"])
            for position in record.positions
        )

    def _place_key(self, place: dict[str, Any]) -> Any:
        organisation = self.organisations.get(key_of(place))
        return place["organisation"] or (organisation.pk if organisation else None)

    def _keys(self, record: Record) -> list[Key]:
        places = [position.organisation_id for position in record.positions]
        return _keys(facts_of(record, self.by.account), places)


def keys_of(clean: Clean, place_key: Callable[[dict], Any] | None = None) -> list[Key]:
    """Return the keys by which a card is recognised, most reliable first."""
    found = [
        place_key(place) if place_key else "|".join(key_of(place)) if not place["organisation"] else None
        for place in clean.positions
    ]
    return _keys(facts_given(clean), [place for place in found if place is not None])


def _keys(facts: Facts, places: Sequence[Any]) -> list[Key]:
    """Return the keys of a record or card; ``places``: an id or key per organisation, past ones included."""
    name, columns = facts.name_key, facts.columns
    keys: list[Key] = [("uid", columns["uid"])] if columns["uid"] else []
    if facts.kind == "o":
        if columns["code"]:
            return [*keys, ("code", columns["code"])]
        keys += [(kind, columns[kind]) for kind in _NUMBERS if columns[kind]]
        return [*keys, ("organisation", name, facts.town)]
    keys += [("email", way.key) for way in facts.emails]
    keys += [("phone", name, way.key) for way in facts.phones]
    keys += [("place", name, place) for place in places]
    if facts.born:
        keys.append(("born", name, facts.born))
    return keys or [("name", name)]


def counts(key: Key, clean: Clean, other_name: str) -> bool:
    """Whether a common key identifies a person: an e-mail only if the names match too (std B26)."""
    return key[0] != "email" or clean.kind == "o" or same_name(name_of(clean), other_name)


def fits(key: Key, clean: Clean, other: Clean | None) -> bool:
    """Whether a common key identifies two rows as the same record."""
    return other is not None and other.kind == clean.kind and counts(key, clean, name_of(other))


def same_name(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: one has all words of the other, in any order."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def name_of(clean: Clean) -> str:
    """Return the folded name of a card."""
    return name_key_of(clean.kind, clean.columns)
