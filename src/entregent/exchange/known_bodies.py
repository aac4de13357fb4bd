"""The existing organisations that rows may be about or name, with what tells them apart."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from entregent.accounts.actor import Actor
from entregent.actions.positions.organisations import Named
from entregent.directory.models import Address, Channel, Party
from entregent.directory.parties.cleaning import Clean
from entregent.directory.visibility.visibility import Visibility

from .bodies import IDENTIFIERS, Body, body, body_of, body_of_place, town

_COLUMNS = ("pk", "base", "account_id", "name", "name_key", "visibility", "city", "siren", *IDENTIFIERS)


class KnownBody(NamedTuple):
    """An existing organisation; ``own``: the account's, so that a row may change it."""

    pk: int
    named: Named
    body: Body
    own: bool


class KnownBodies:
    """The existing organisations that some cards may mean, by name and by identifier. A few queries in all."""

    def __init__(self, by: Actor, cleans: Sequence[Clean]) -> None:
        self.by = by
        rows = [body_of(clean) for clean in cleans if clean.kind == "o"]
        places = [place for clean in cleans for place in clean.positions if not place["organisation"]]
        wanted = [*rows, *map(body_of_place, places)]
        self.all = self._load(wanted)
        self.by_name: dict[str, list[KnownBody]] = {}
        self.by_identifier: dict[tuple[str, str], list[KnownBody]] = {}
        for one in self.all:
            self.by_name.setdefault(one.body.name, []).append(one)
            for name in IDENTIFIERS:
                if value := getattr(one.body, name):
                    self.by_identifier.setdefault((name, value), []).append(one)
        self.own_ids = {one.pk for row in rows for one in self.like(row) if one.own}

    def like(self, wanted: Body) -> list[KnownBody]:
        """Return the organisations with the name or an identifier of another, the oldest first."""
        found = {one.pk: one for one in self.by_name.get(wanted.name, ())}
        for name in IDENTIFIERS:
            if value := getattr(wanted, name):
                found |= {one.pk: one for one in self.by_identifier.get((name, value), ())}
        return [found[pk] for pk in sorted(found)]

    def ids_named(self, place: dict[str, Any]) -> list[int]:
        """Return the ids that positions in the organisation which ``place`` names may refer to."""
        return [one.named.pk for one in self.like(body_of_place(place))]

    def _load(self, wanted: Sequence[Body]) -> list[KnownBody]:
        if not wanted:
            return []
        seen = Party.readable.visible_to(self.by).filter(kind="o")
        towns: dict[str, set[str]] = {}
        for one in wanted:
            towns.setdefault(one.name, set()).update(one.towns or ("",))
        rows: dict[int, dict[str, Any]] = {}
        for values in seen.filter(name_key__among=list(towns)).values(*_COLUMNS):
            asked = towns[values["name_key"]]
            if "" in asked or not values["city"] or town(values["city"]) in asked:
                rows[values["pk"]] = values
        if codes := {one.code for one in wanted} - {""}:  # the other identifiers have no index
            found = seen.filter(code__among=codes).exclude(code="")
            rows |= {values["pk"]: values for values in found.values(*_COLUMNS)}
        return self._with_evidence(rows) if rows else []

    def _with_evidence(self, rows: dict[int, dict[str, Any]]) -> list[KnownBody]:
        addresses: dict[int, list[dict[str, Any]]] = {}
        parts = ("party_id", "city", "postal_code", "province")
        for address in Address.readable.filter(party_id__among=list(rows)).values(*parts):
            addresses.setdefault(address["party_id"], []).append(address)
        emails: dict[int, list[str]] = {}
        held = Channel.readable.filter(party_id__among=list(rows), kind="email")
        for pk, key in held.values_list("party_id", "key"):
            emails.setdefault(pk, []).append(key)
        return [
            KnownBody(
                pk,
                Named(values["base"] or pk, values["name"], values["visibility"] == Visibility.EVERYONE),
                body(values, addresses.get(pk, ()), emails.get(pk, ())),
                values["account_id"] == self.by.account.pk,
            )
            for pk, values in sorted(rows.items())
        ]
