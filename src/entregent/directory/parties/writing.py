"""Write the rows of parties. Only actions call it, in their transaction; no permission checks, no journal."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import Model
from django.utils import timezone

from entregent.accounts.models import Account
from entregent.directory.fields.custom import definitions
from entregent.directory.fields.custom_values import keys
from entregent.directory.items.register import LISTS, known_items, make_missing
from entregent.directory.models import (
    Address,
    Channel,
    CustomValue,
    Item,
    Party,
    PartySkill,
    PartyTag,
    Position,
    Share,
)
from entregent.directory.positions.held import Held, still_held
from entregent.kernel.errors import Bad
from entregent.kernel.phones import parse_phone
from entregent.kernel.text import fold, phone_digits
from entregent.store.bulk import Rows, reserve_ids

from .cards import CUSTOM, SHORT_FORMS
from .cleaning import Clean, item_key, tag_key
from .facts import facts_given
from .shown import shown

_DEFAULTS = {field.attname: field.get_default() for field in Party._meta.concrete_fields}
_party_values = itemgetter(*_DEFAULTS)
_COLUMNS: dict[type[Model], str] = {
    Party: " ".join(_DEFAULTS),
    Channel: "account_id party_id kind value key label extension rank exclusive",
    Address: "account_id party_id label street postal_code city city_key province country rank",
    Position: "account_id contact_id organisation_id function function_key since until main email phone phone_key",
    PartyTag: "account_id party_id tag_id",
    PartySkill: "account_id party_id skill_id",
    Share: "account_id party_id team_id user_id",
    CustomValue: "account_id field_id party_id key",
}


class Writer:
    """Collects the rows of many parties of one account and inserts them together."""

    def __init__(self, account: Account, user_id: int | None, now: datetime) -> None:
        self.account, self.user_id, self.now = account, user_id, now
        self.account_id, self.today = account.pk, timezone.localdate(now)
        self.rows = {model: Rows(model, columns) for model, columns in _COLUMNS.items()}
        self.tags: dict[str, Item] = {}
        self.skills: dict[str, Item] = {}

    def create(self, cleans: Sequence[Clean], extras: Sequence[dict] = ()) -> list[int]:
        """Insert new parties and their related rows; return their ids in the same order.

        Each position must have ``organisation`` (id), ``organisation_name``, and ``organisation_public`` (see
        ``held.public``).
        """
        ids = list(reserve_ids(Party, len(cleans)))
        self._look_up(cleans)
        for index, (pk, clean) in enumerate(zip(ids, cleans, strict=True)):
            self._add_party(pk, clean, extras[index] if extras else {})
            self._add_positions(pk, clean)
            for _names, _model, add in _PARTS:
                add(self, pk, clean)
        make_missing(self.account, "functions", [place["function"] for clean in cleans for place in clean.positions])
        self.flush()
        return ids

    def flush(self) -> None:
        """Insert the collected rows."""
        for rows in self.rows.values():
            rows.insert()

    def update(self, party: Party, clean: Clean, changed: Iterable[str], held: list[Held]) -> bool:
        """Save a changed card to ``party``; return False if someone else saved it since it was read (std E29).

        ``changed``: the field names from ``cards.changes``; ``held``: the current positions, the main one first.
        What a layer copies from the shared record stays.
        """
        changed = {CUSTOM if name.startswith(CUSTOM) else name for name in changed}
        self._look_up([clean], changed)
        values = self._columns(clean, held, party.mail_refused_at)
        stored = {name: value for name, value in values.items() if getattr(party, name) != value}
        if not self.touch(party, stored):
            return False
        for names, model, add in _PARTS:
            if changed & names:
                own = {"from_service": False} if hasattr(model, "from_service") else {}
                model.objects.filter(party=party, **own).delete()
                add(self, party.pk, clean)
        self.flush()
        return True

    def touch(self, party: Party, values: dict[str, Any]) -> bool:
        """Set columns of a party and raise its version; return False if someone else changed it meanwhile."""
        done = Party.objects.filter(pk=party.pk, version=party.version).update(
            **values, updated_at=self.now, version=party.version + 1
        )
        if done:
            party.version += 1
            for name, value in values.items():
                setattr(party, name, value)
        return bool(done)

    def _look_up(self, cleans: Sequence[Clean], changed: Collection[str] = ("tags", "skills")) -> None:
        """Find the tags and skills of ``cleans``, or create them."""
        if "tags" in changed:
            self.tags = self._known("tags", [clean.tags for clean in cleans])
        if "skills" in changed:
            self.skills = self._known("skills", [clean.standing.get("skills", []) for clean in cleans])

    def _known(self, code: str, lists: Sequence[list[str]]) -> dict[str, Item]:
        """Return the items that ``lists`` name by key, creating missing ones; the names take the items' spelling."""
        key = LISTS[code].key
        found = known_items(self.account, code, [name for names in lists for name in names])
        for names in lists:
            names[:] = [found[key(name)].name for name in names]
        return found

    def _standing(self, clean: Clean, refused_at: datetime | None) -> dict[str, Any]:
        """Return the columns of status, family, assignment and refusal; {} if the names were not looked up."""
        if not clean.items:
            return {}
        since = refused_at or self.now
        return clean.items | {
            "mail_refused_at": since if clean.standing["mail_refused"] else None,
            "assigned_to_id": clean.standing["assigned_to"],
        }

    def _columns(self, clean: Clean, held: list[Held], refused_at: datetime | None = None) -> dict[str, Any]:
        return (
            clean.columns
            | self._standing(clean, refused_at)
            | {"visibility": clean.visibility["mode"], "custom": clean.custom}
            | shown(facts_given(clean), held, self.account.country, self.account.language)
        )

    def _add_party(self, pk: int, clean: Clean, extra: dict) -> None:
        held = [
            Held(position["organisation"], position["organisation_name"], position["function"])
            for position in clean.positions
            if still_held(position["until"], self.today) and position["organisation_public"]
        ]
        self.rows[Party].add(*_party_values(_DEFAULTS | self._columns(clean, held) | {
            "id": pk, "account_id": self.account_id, "kind": clean.kind, "extra": extra,
            "created_by_id": self.user_id, "created_at": self.now, "updated_at": self.now, "last_action_at": self.now,
        }))  # fmt: skip

    def _add_channels(self, pk: int, clean: Clean) -> None:
        ranks: dict[str, int] = {}
        for channel in clean.channels:
            rank = ranks.get(channel.kind, 0)
            ranks[channel.kind] = rank + 1
            exclusive = channel.kind == "email" and clean.kind == "p" and not channel.shared
            self.rows[Channel].add(
                self.account_id, pk, channel.kind, channel.value, channel.key, channel.label, channel.extension,
                rank, exclusive,
            )  # fmt: skip

    def _add_addresses(self, pk: int, clean: Clean) -> None:
        for rank, address in enumerate(clean.addresses):
            self.rows[Address].add(
                self.account_id, pk, address["label"], address["street"], address["postal_code"], address["city"],
                fold(address["city"])[:120], address["province"], address["country"], rank,
            )  # fmt: skip

    def _add_positions(self, pk: int, clean: Clean) -> None:
        main_free = True
        for position in clean.positions:
            current = still_held(position["until"], self.today)
            main = main_free and current
            main_free = main_free and not main
            self.rows[Position].add(
                self.account_id, pk, position["organisation"], position["function"],
                fold(position["function"])[:150], position["since"], position["until"], main, "", "", "",
            )  # fmt: skip

    def _add_tags(self, pk: int, clean: Clean) -> None:
        for name in clean.tags:
            self.rows[PartyTag].add(self.account_id, pk, self.tags[tag_key(name)].pk)

    def _add_skills(self, pk: int, clean: Clean) -> None:
        for name in clean.standing.get("skills", ()):
            self.rows[PartySkill].add(self.account_id, pk, self.skills[item_key(name)].pk)

    def _add_shares(self, pk: int, clean: Clean) -> None:
        for team in clean.visibility["teams"]:
            self.rows[Share].add(self.account_id, pk, team, None)
        for user in clean.visibility["users"]:
            self.rows[Share].add(self.account_id, pk, None, user)

    def _add_custom(self, pk: int, clean: Clean) -> None:
        if not clean.custom:
            return
        fields = definitions(self.account)
        for code, value in clean.custom.items():
            for key in keys(fields[code], value, self.account.country):
                self.rows[CustomValue].add(self.account_id, fields[code].pk, pk, key)


_PARTS: tuple[tuple[frozenset[str], Any, Callable[[Writer, int, Clean], None]], ...] = (
    (frozenset(SHORT_FORMS.values()), Channel, Writer._add_channels),
    (frozenset({"addresses"}), Address, Writer._add_addresses),
    (frozenset({"tags"}), PartyTag, Writer._add_tags),
    (frozenset({"skills"}), PartySkill, Writer._add_skills),
    (frozenset({"visibility", "shared_with"}), Share, Writer._add_shares),
    (frozenset({CUSTOM}), CustomValue, Writer._add_custom),
)
"""Names of fields, the model of their rows, and what adds these."""


def phone_key(value: str, country: str) -> str:
    """Return the key of a phone number: E.164, or only its digits."""
    try:
        phone = parse_phone(value, country)
    except Bad:
        return ""
    return phone.e164 or phone_digits(phone.raw)
