"""Write the rows of parties. Only actions call it, in their transaction; no permission checks, no journal."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.utils import timezone

from entregent.accounts.models import Account
from entregent.directory.fields.custom import definitions
from entregent.directory.fields.custom_values import keys
from entregent.directory.fields.field_types import Day
from entregent.directory.fields.register import names_of
from entregent.directory.items.register import make_missing
from entregent.directory.items.words import known_skills, known_tags
from entregent.directory.models import (
    Address,
    Channel,
    CustomValue,
    Party,
    PartySkill,
    PartyTag,
    Position,
    Share,
    Skill,
    Tag,
)
from entregent.directory.positions.held import Held, still_held
from entregent.kernel.errors import Bad
from entregent.kernel.phones import parse_phone
from entregent.kernel.text import fold, phone_digits
from entregent.store.bulk import Rows, reserve_ids

from .cards import CUSTOM, SHORT_FORMS, texts_of
from .cleaning import Clean, item_key, tag_key
from .facts import facts_given
from .shown import shown

_SHOWN = (
    "email phone city country organisation_id organisation_name function tag_names sort_name sort_organisation "
    "sort_city name_key search_text"
).split()
_DEFAULTS: dict[str, Any] = (
    {name: None if name in names_of("p", Day) else "" for kind in "po" for name in texts_of(kind)}
    | dict.fromkeys(("active", "visibility", *_SHOWN), "")
    | {"organisation_id": None, "status_id": None, "status_rank": 0, "family_id": None, "mail_refused_at": None}
    | {"assigned_to_id": None, "custom": {}}
)
_PARTY = list(_DEFAULTS)
_party_values = itemgetter(*_PARTY)
_WAYS = frozenset(SHORT_FORMS.values())


class Writer:
    """Collects the rows of many parties of one account and inserts them together."""

    def __init__(self, account: Account, user_id: int | None, now: datetime) -> None:
        self.account, self.user_id, self.now = account, user_id, now
        self.account_id, self.today = account.pk, timezone.localdate(now)
        self.parties = Rows(
            Party,
            f"id account_id kind {' '.join(_PARTY)} extra created_by_id created_at updated_at last_action_at version",
        )
        self.channels = Rows(Channel, "account_id party_id kind value key label extension rank exclusive")
        self.addresses = Rows(
            Address, "account_id party_id label street postal_code city city_key province country rank"
        )
        self.positions = Rows(
            Position,
            "account_id contact_id organisation_id function function_key since until main email phone phone_key",
        )
        self.tagged = Rows(PartyTag, "account_id party_id tag_id")
        self.skilled = Rows(PartySkill, "account_id party_id skill_id")
        self.shares = Rows(Share, "account_id party_id team_id user_id")
        self.customs = Rows(CustomValue, "account_id field_id party_id key")

    def create(self, cleans: Sequence[Clean], extras: Sequence[dict] = ()) -> list[int]:
        """Insert new parties and their related rows; return their ids in the same order.

        Each position must have ``organisation`` (id), ``organisation_name``, and ``organisation_public`` (see
        ``held.public``).
        """
        ids = list(reserve_ids(Party, len(cleans)))
        tags, skills = self._known_tags(cleans), self._known_skills(cleans)
        for index, (pk, clean) in enumerate(zip(ids, cleans, strict=True)):
            self._add_party(pk, clean, extras[index] if extras else {})
            self._add_channels(pk, clean)
            self._add_addresses(pk, clean)
            self._add_positions(pk, clean)
            self._add_tags(pk, clean, tags)
            self._add_skills(pk, clean, skills)
            self._add_shares(pk, clean)
            self._add_custom(pk, clean)
        make_missing(self.account, "functions", [place["function"] for clean in cleans for place in clean.positions])
        self.flush()
        return ids

    def flush(self) -> None:
        """Insert the collected rows."""
        for rows in (
            self.parties, self.channels, self.addresses, self.positions, self.tagged, self.skilled, self.shares,
            self.customs,
        ):  # fmt: skip
            rows.insert()

    def update(self, party: Party, clean: Clean, changed: Iterable[str], held: list[Held]) -> bool:
        """Save a changed card to ``party``; return False if someone else saved it since it was read (std E29).

        ``changed``: the field names from ``cards.changes``; ``held``: the current positions, the main one first.
        """
        changed = set(changed)
        kept = self._kept(party) if "tags" in changed else set()
        tags = self._known_tags([clean], kept) if "tags" in changed else {}
        skills = self._known_skills([clean]) if "skills" in changed else {}
        values = self._columns(clean, held, party.mail_refused_at)
        stored = {name: value for name, value in values.items() if getattr(party, name) != value}
        if not self.touch(party, stored):
            return False
        if changed & _WAYS:
            Channel.objects.filter(party=party, from_service=False).delete()
            self._add_channels(party.pk, clean)
        if "addresses" in changed:
            Address.objects.filter(party=party, from_service=False).delete()
            self._add_addresses(party.pk, clean)
        if "tags" in changed:
            PartyTag.objects.filter(party=party, from_service=False).delete()
            self._add_tags(party.pk, clean, tags, kept)
        if "skills" in changed:
            self._change_skills(party.pk, clean, skills)
        if changed & {"visibility", "shared_with"}:
            Share.objects.filter(party=party).delete()
            self._add_shares(party.pk, clean)
        if any(name.startswith(CUSTOM) for name in changed):
            CustomValue.objects.filter(party=party).delete()
            self._add_custom(party.pk, clean)
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

    def _known_tags(self, cleans: Sequence[Clean], kept: Collection[str] = ()) -> dict[str, Tag]:
        """Return the tags of ``cleans`` by key, except the keys in ``kept``; missing tags are created.

        An existing tag keeps its spelling, whatever case and accents are typed now.
        """
        wanted = {tag_key(name): name for clean in cleans for name in clean.tags if tag_key(name) not in kept}
        if not wanted:
            return {}
        found = known_tags(self.account, wanted)
        for clean in cleans:
            clean.tags = [found[tag_key(name)].name if tag_key(name) in found else name for name in clean.tags]
        return found

    def _known_skills(self, cleans: Sequence[Clean]) -> dict[str, Skill]:
        """Return the skills of ``cleans`` by key, creating missing ones."""
        wanted = {item_key(name): name for clean in cleans for name in clean.standing.get("skills", ())}
        if not wanted:
            return {}
        found = known_skills(self.account, wanted)
        for clean in cleans:
            if "skills" in clean.standing:
                clean.standing["skills"] = [found[item_key(name)].name for name in clean.standing["skills"]]
        return found

    def _change_skills(self, pk: int, clean: Clean, skills: dict[str, Skill]) -> None:
        """Delete and insert the changed skills of a party; those a layer copies from the shared record stay."""
        there = PartySkill.objects.filter(party=pk)
        held = {row.skill.key: row for row in there.select_related("skill")}
        wanted = {item_key(name) for name in clean.standing.get("skills", ())}
        gone = [row.pk for key, row in held.items() if key not in wanted and not row.from_service]
        there.filter(pk__in=gone).delete()
        for key in wanted - set(held):
            self.skilled.add(self.account_id, pk, skills[key].pk)

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
        values = _party_values(_DEFAULTS | self._columns(clean, held))
        self.parties.add(
            pk, self.account_id, clean.kind, *values, extra,
            self.user_id, self.now, self.now, self.now, 1,
        )  # fmt: skip

    def _add_channels(self, pk: int, clean: Clean) -> None:
        ranks: dict[str, int] = {}
        for channel in clean.channels:
            rank = ranks.get(channel.kind, 0)
            ranks[channel.kind] = rank + 1
            exclusive = channel.kind == "email" and clean.kind == "p" and not channel.shared
            self.channels.add(
                self.account_id, pk, channel.kind, channel.value, channel.key, channel.label, channel.extension,
                rank, exclusive,
            )  # fmt: skip

    def _add_addresses(self, pk: int, clean: Clean) -> None:
        for rank, address in enumerate(clean.addresses):
            self.addresses.add(
                self.account_id, pk, address["label"], address["street"], address["postal_code"], address["city"],
                fold(address["city"])[:120], address["province"], address["country"], rank,
            )  # fmt: skip

    def _add_positions(self, pk: int, clean: Clean) -> None:
        main_free = True
        for position in clean.positions:
            current = still_held(position["until"], self.today)
            main = main_free and current
            main_free = main_free and not main
            self.positions.add(
                self.account_id, pk, position["organisation"], position["function"],
                fold(position["function"])[:150], position["since"], position["until"], main, "", "", "",
            )  # fmt: skip

    def _add_tags(self, pk: int, clean: Clean, tags: dict[str, Tag], kept: Collection[str] = ()) -> None:
        for name in clean.tags:
            if tag_key(name) not in kept:
                self.tagged.add(self.account_id, pk, tags[tag_key(name)].pk)

    def _add_skills(self, pk: int, clean: Clean, skills: dict[str, Skill]) -> None:
        for name in clean.standing.get("skills", ()):
            self.skilled.add(self.account_id, pk, skills[item_key(name)].pk)

    def _kept(self, party: Party) -> set[str]:
        """Return the keys of the tags that a layer copies from the shared record; they stay."""
        if not party.is_layer:
            return set()
        return set(PartyTag.objects.filter(party=party).values_list("tag__key", flat=True))

    def _add_shares(self, pk: int, clean: Clean) -> None:
        for team in clean.visibility["teams"]:
            self.shares.add(self.account_id, pk, team, None)
        for user in clean.visibility["users"]:
            self.shares.add(self.account_id, pk, None, user)

    def _add_custom(self, pk: int, clean: Clean) -> None:
        if not clean.custom:
            return
        fields = definitions(self.account).by_code
        for code, value in clean.custom.items():
            for key in keys(fields[code], value, self.account.country):
                self.customs.add(self.account_id, fields[code].pk, pk, key)


def phone_key(value: str, country: str) -> str:
    """Return the key of a phone number: E.164, or only its digits."""
    try:
        phone = parse_phone(value, country)
    except Bad:
        return ""
    return phone.e164 or phone_digits(phone.raw)
