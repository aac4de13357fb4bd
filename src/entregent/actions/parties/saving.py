"""The single write path of records: clean and check cards, look up the items they name, save, write the journal.

Forms, layers, the API, imports and syncs all use it, with one card or with hundreds. What each does in addition
(positions, undoing, the steps of a run) is their own code.
"""

from collections.abc import Collection, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.frame import Conflict
from entregent.actions.standing.standing import Settled, settle
from entregent.directory.layers.layers import OWN_KEYS, own_card, show
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, by_name, card_of, changes, merged, plain, reference
from entregent.directory.parties.cleaning import REQUIRED_NAMES, Clean, Cleaner, item_key, tag_key
from entregent.directory.parties.reading import Record
from entregent.directory.parties.writing import Writer
from entregent.directory.positions.held import held_by
from entregent.journal.deeds import CREATED, Deed
from entregent.journal.telling import Telling

from .checks import check_custom, check_emails, check_tags, check_visibility
from .refreshing import people_of, refresh_soon


def current(record: Record) -> Card:
    """Return the card that a change is compared with; for a layer, only what the account added."""
    return own_card(record) if record.party.is_layer else record.card


def cleaned(cleaner: Cleaner, record: Record, patch: Card) -> Clean:
    """Return the cleaned card of a record changed by ``patch``; for a layer, only what the account adds.

    Tags that differ only in spelling keep theirs; items that the service provides are not added to the account's
    own. Raises ``Invalid``.
    """
    layer, held = record.party.is_layer, current(record)
    lacking = () if layer or not record.party.is_person else lacking_names(held)
    clean = cleaner.clean(record.party.kind, merged(held, _own(patch) if layer else patch), lacking, held)
    known = {tag_key(name): name for name in held["tags"]}
    clean.tags = [known.get(tag_key(name), name) for name in clean.tags]
    if layer:
        _keep_apart(clean.tags, record.service_tags)
        _keep_apart(clean.standing.get("skills", []), record.service_skills)
    return clean


def lacking_names(card: Card) -> list[str]:
    """Return the required names that a person lacks: a record «À compléter» can be changed without completing it.

    None for a blank card, which is not a record yet.
    """
    lacking = [name for name in REQUIRED_NAMES if not by_name(card).get(name)]
    return lacking if len(lacking) < len(REQUIRED_NAMES) or card.get("emails") else []


def check(by: Actor, cleans: Sequence[Clean], records: Sequence[Record | None]) -> list[Settled]:
    """Look up the items that the cards name, and collect the problems of each. A few queries, whatever their number.

    ``records``: the records that the cards change, None for new ones.
    """
    taken = check_emails(by, cleans, besides=[record.party.pk for record in records if record])
    held = [current(record) if record else None for record in records]
    seen = check_visibility([clean.visibility for clean in cleans], held)
    settled = settle(by, cleans, records)
    found = []
    for (clean, unknown), emails, who, record, card in zip(settled, taken, seen, records, held, strict=True):
        asked = record is None or not record.party.is_layer  # required fields don't apply to layers
        problems = [*emails, *who, *check_tags(by, clean, card), *unknown]
        found.append(Settled(clean, problems + check_custom(by, clean, card, required=asked)))
    return found


def fit(by: Actor, clean: Clean, record: Record | None = None) -> Clean:
    """Check one card and return it with the items it names. Raises ``Invalid`` with every problem."""
    settled = check(by, [clean], [record])[0]
    if settled.problems:
        raise Invalid(settled.problems)
    return settled.clean


def differences(record: Record, clean: Clean) -> dict[str, list]:
    """Return the changes that a card makes to a record, as the journal stores them: field → [old, new]."""
    return changes(plain(current(record)), plain(clean.card()))


class Saving:
    """Saves checked cards within one action, and reports each to the journal. Call ``finish`` at the end."""

    def __init__(self, by: Actor, telling: Telling) -> None:
        self.by, self.telling = by, telling
        self.writer = Writer(by.account, by.user_id, telling.at)
        self.shown_elsewhere: list[int] = []
        """Ids of organisations whose people's rows are now out of date."""

    def add(self, cleans: Sequence[Clean], extras: Sequence[dict] = ()) -> list[int]:
        """Save new parties and return their ids. Their positions must be resolved (``resolve``)."""
        ids = self.writer.create(cleans, extras)
        told = [
            (pk, clean.name, 1, changes({}, plain(clean.card()) | told_place(clean)))
            for pk, clean in zip(ids, cleans, strict=True)
        ]
        self.telling.tell_many(told, CREATED)
        return ids

    def write(
        self, record: Record, clean: Clean, changed: dict[str, list], deed: Deed | None = None, **values: Any
    ) -> None:
        """Save a card to a record: the fields in ``changed``, and columns that are not part of cards (``values``).

        ``deed``: the deed for this record, if it differs from the entry's. Raises ``Conflict``.
        """
        party = record.party
        read, seen_by = party.version, party.visibility
        renamed = "name" in changed or bool(values)
        if values:
            Party.objects.filter(pk=party.pk).update(**values)
            for name, value in values.items():
                setattr(party, name, value)
        held = held_by(record.positions, self.telling.today)
        if not self.writer.update(party, clean, changed, held):
            raise Conflict(Party.objects.get(pk=party.pk), read)
        if party.is_layer:
            show(party)
        self.telling.tell(party, changed, deed)
        if not party.is_person and (renamed or party.visibility != seen_by):
            self.shown_elsewhere.append(party.pk)

    def finish(self) -> None:
        """Update the rows of the people of changed organisations."""
        if self.shown_elsewhere:
            refresh_soon(self.by, people_of(self.shown_elsewhere))


def told_place(clean: Clean) -> dict[str, Any]:
    """Return the main position as the journal stores it; {} if there is none."""
    if not clean.positions:
        return {}
    main = clean.positions[0]
    return {"organisation": reference(main["organisation"], main["organisation_name"]), "function": main["function"]}


def _own(patch: Card) -> Card:
    """Return the part of a patch that an account may add to a shared record, without the service's list items."""
    own = {
        name: [item for item in value if not (isinstance(item, dict) and item.get("service"))]
        if isinstance(value, list)
        else value
        for name, value in patch.items()
        if name in OWN_KEYS
    }
    return card_of(own)


def _keep_apart(names: list[str], of_service: Collection[str]) -> None:
    theirs = {item_key(name) for name in of_service}
    names[:] = [name for name in names if item_key(name) not in theirs]
