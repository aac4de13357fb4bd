"""The one way into records: cards are cleaned, checked, what they name is found; then they are written and told.

Forms, layers, the API, imports and syncs go through here, with one card or with hundreds. What each does besides
(places, undoing, the steps of a run) is its own.
"""

from collections.abc import Collection, Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.frame import Conflict
from entregent.actions.standing.standing import Settled, settle
from entregent.directory.layers.layers import OWN_KEYS, own_card, show
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, changes, merged, plain, reference
from entregent.directory.parties.cleaning import Clean, Cleaner, item_key, tag_key
from entregent.directory.parties.reading import Record
from entregent.directory.parties.writing import Writer
from entregent.directory.positions.held import held_by
from entregent.journal.deeds import CREATED, Deed
from entregent.journal.telling import Telling

from .checks import check_emails, check_tags, check_visibility
from .custom import check_custom
from .refreshing import people_of, refresh_soon


def current(record: Record) -> Card:
    """What a change of a record is compared with: of a layer, what the account itself added."""
    return own_card(record) if record.party.is_layer else record.card


def cleaned(cleaner: Cleaner, record: Record, patch: Card) -> Clean:
    """A record as ``patch`` wants it; of a layer, what the account adds. Raises ``Invalid``.

    Tags typed another way stay as they are; what the service brings already is not the account's own besides.
    """
    layer, held = record.party.is_layer, current(record)
    clean = cleaner.clean(record.party.kind, merged(held, _own(patch) if layer else patch))
    known = {tag_key(name): name for name in held["tags"]}
    clean.tags = [known.get(tag_key(name), name) for name in clean.tags]
    if layer:
        _keep_apart(clean.tags, record.service_tags)
        _keep_apart(clean.standing.get("skills", []), record.service_skills)
    return clean


def check(by: Actor, cleans: Sequence[Clean], records: Sequence[Record | None]) -> list[Settled]:
    """Find what the cards name, and all that is wrong with them. A few queries, whatever their number.

    ``records``: those that the cards change, None for new ones.
    """
    taken = check_emails(by, cleans, besides=[record.party.pk for record in records if record])
    held = [current(record) if record else None for record in records]
    seen = check_visibility([clean.visibility for clean in cleans], held)
    settled = settle(by, cleans, records)
    found = []
    for (clean, unknown), emails, who, record, card in zip(settled, taken, seen, records, held, strict=True):
        asked = record is None or not record.party.is_layer  # a layer need not fill in what own records must
        problems = [*emails, *who, *check_tags(by, clean, card), *unknown]
        found.append(Settled(clean, problems + check_custom(by, clean, card, required=asked)))
    return found


def fit(by: Actor, clean: Clean, record: Record | None = None) -> Clean:
    """One card, checked, with what it names. Raises ``Invalid`` with all that is wrong."""
    settled = check(by, [clean], [record])[0]
    if settled.problems:
        raise Invalid(settled.problems)
    return settled.clean


def differences(record: Record, clean: Clean) -> dict[str, list]:
    """What a card changes in a record, field by field, as the journal tells it."""
    return changes(plain(current(record)), plain(clean.card()))


class Saving:
    """Writes checked cards within one deed, and tells of each once. Call ``finish`` at the end."""

    def __init__(self, by: Actor, telling: Telling) -> None:
        self.by, self.telling = by, telling
        self.writer = Writer(by.account, by.user_id, telling.at)
        self.shown_elsewhere: list[int] = []
        """Organisations of which their people's rows repeat what is true no more."""

    def add(self, cleans: Sequence[Clean], extras: Sequence[dict] = ()) -> list[int]:
        """Write new parties; return their ids. Their places have their organisations (``resolve``)."""
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
        """Write a card over a record: what ``changed`` names, and columns that no card has (``values``).

        ``deed``: what the journal tells, where that is not the whole deed's name. Raises ``Conflict``.
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
        """Let the rows of people follow what was written of their organisations."""
        if self.shown_elsewhere:
            refresh_soon(self.by, people_of(self.shown_elsewhere))


def told_place(clean: Clean) -> dict[str, Any]:
    """The main position as the journal names it."""
    if not clean.positions:
        return {}
    main = clean.positions[0]
    return {"organisation": reference(main["organisation"], main["organisation_name"]), "function": main["function"]}


def _own(patch: Card) -> Card:
    """What of a patch an account may add to a shared record; the service's items of a list stay beside it."""
    return {
        name: [item for item in value if not (isinstance(item, dict) and item.get("service"))]
        if isinstance(value, list)
        else value
        for name, value in patch.items()
        if name in OWN_KEYS
    }


def _keep_apart(names: list[str], of_service: Collection[str]) -> None:
    theirs = {item_key(name) for name in of_service}
    names[:] = [name for name in names if item_key(name) not in theirs]
