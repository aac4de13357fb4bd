"""Look up the statuses, families, skills and users that cards name, for many cards at once (A3, E10, E12).

Statuses, families and skills are items of the reference lists («Paramétrage»), the account's own or the service's,
found regardless of case and accents. Only skills, like tags, are created when missing, by those who may change the
reference lists.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.models.members import PRESENT
from entregent.accounts.permissions import Can
from entregent.directory.items.register import LISTS
from entregent.directory.messages import Problem, refuse
from entregent.directory.models import ContactStatus, HiddenItem, Item
from entregent.directory.parties.cards import Card, standing
from entregent.directory.parties.cleaning import Clean, item_key
from entregent.directory.parties.reading import Record
from entregent.store.prepared import prepared

NO_STATUS: dict[str, Any] = {"status_id": None, "status_rank": 0}
_LISTS = {"status": "statuses", "family": "families", "skills": "skills"}
"""Field → the reference list that its names are of."""


class Settled(NamedTuple):
    """A card with the items it names, spelled as in the reference lists, and the problems of unknown names."""

    clean: Clean
    problems: list[Problem]


def settle(by: Actor, cleans: Sequence[Clean], before: Sequence[Record | None] = ()) -> list[Settled]:
    """Look up the items that the cards name. A few queries, whatever the number of cards.

    ``before``: the records that the cards change, None for new ones. Items that a record already has are accepted
    even if they have been hidden since. A new person whose card has no ``status`` gets the account's default.
    """
    records = list(before) or [None] * len(cleans)
    held = [record.card if record else standing(clean.kind) for clean, record in zip(cleans, records, strict=True)]
    found = _Known(by, cleans, held)
    return [
        _settle_one(found, clean, record, card) for clean, record, card in zip(cleans, records, held, strict=True)
    ]


def status_named(by: Actor, name: str) -> ContactStatus | None:
    """Return the status of this name if ``by`` may choose it; None for no name. Raises ``Invalid``."""
    if not name.strip():
        return None
    status = _items(by, "statuses", {item_key(name)}).get(item_key(name))
    if status is None:
        refuse("status", "status_unknown", name=name)
    return status  # type: ignore[return-value]


def columns_of(status: ContactStatus | None) -> dict[str, Any]:
    """Return the columns of a party that depend on its status."""
    return {"status_id": status.pk, "status_rank": status.rank + 1} if status else dict(NO_STATUS)


def check_member(user_id: int | None) -> None:
    """Raise ``Invalid`` unless ``user_id`` is None or an active member of the account."""
    if user_id is not None and user_id not in active_members({user_id}):
        refuse("assigned_to", "user_unknown")


class _Known:
    """The items newly named by some cards: field → key → item; and the account's default status."""

    def __init__(self, by: Actor, cleans: Sequence[Clean], held: Sequence[Card]) -> None:
        self.may_make = by.may(Can.WRITE_ITEMS)
        self.items: dict[str, dict[str, Item]] = {}
        for field, code in _LISTS.items():
            named: set[str] = set()
            for clean, card in zip(cleans, held, strict=True):
                named |= _keys(clean.standing.get(field)) - _keys(card.get(field))
            self.items[field] = _items(by, code, named) if named else {}
        users = {_newly_assigned(clean, card) for clean, card in zip(cleans, held, strict=True)} - {None}
        self.users = active_members(users) if users else set()
        wants_default = any(clean.kind == "p" and clean.standing["status"] is None for clean in cleans)
        self.default = ContactStatus.objects.filter(is_default=True).first() if wants_default else None

    def item(self, field: str, name: str) -> tuple[Any, list[Problem]]:
        """Return the item of this name; None, with a problem if the name is not empty, if there is none."""
        item = self.items[field].get(item_key(name)) if name else None
        return item, [Problem(field, f"{field}_unknown", {"name": name})] if name and item is None else []


def _settle_one(found: _Known, clean: Clean, record: Record | None, card: Card) -> Settled:
    """Return a card with the ids of the items it names, spelled as in the reference lists."""
    name, columns, problems = _settle_status(found, clean, record, card)
    names = clean.standing | {"status": name}
    if clean.kind == "o":
        names["family"], family, unknown = _settle_family(found, clean, record, card)
        columns = columns | {"family_id": family}
    else:
        names["skills"], unknown = _settle_skills(found, names["skills"], card)
    if _newly_assigned(clean, card) not in (None, *found.users):
        unknown.append(Problem("assigned_to", "user_unknown"))
    return Settled(clean.settled(names, columns), problems + unknown)


def _newly_assigned(clean: Clean, card: Card) -> Any:
    """Return the id of the user whom a card assigns its record to, if it is another one than before."""
    wanted = clean.standing["assigned_to"]
    return None if wanted == card.get("assigned_to") else wanted


def _settle_status(
    found: _Known, clean: Clean, record: Record | None, card: Card
) -> tuple[str, dict[str, Any], list[Problem]]:
    """Return the status's name, its columns, and a problem if it is unknown."""
    given = clean.standing["status"]
    if given is None and record is None and found.default and clean.kind == "p":
        return found.default.name, columns_of(found.default), []
    if given is None or (record and _keys(given) == _keys(card["status"])):
        held = {name: getattr(record.party, name) for name in NO_STATUS} if record else NO_STATUS
        return card.get("status") or "", held, []
    status, problems = found.item("status", given)
    return status.name if status else given, columns_of(status), problems


def _settle_family(
    found: _Known, clean: Clean, record: Record | None, card: Card
) -> tuple[str, int | None, list[Problem]]:
    name = clean.standing["family"]
    if record and _keys(name) == _keys(card["family"]):
        return card["family"], record.party.family_id, []
    family, problems = found.item("family", name)
    return (family.name, family.pk, []) if family else (name, None, problems)


def _settle_skills(found: _Known, given: Sequence[str], card: Card) -> tuple[list[str], list[Problem]]:
    held = {item_key(name): name for name in card.get("skills", ())}
    names: list[str] = []
    unknown: list[Problem] = []
    for name in given:
        key = item_key(name)
        skill = found.items["skills"].get(key)
        names.append(held.get(key) or (skill.name if skill else name))
        if skill is None and key not in held and not found.may_make:
            unknown.append(Problem("skills", "skill_unknown", {"name": name}))
    return names, unknown


def active_members(ids: set[int]) -> set[int]:
    """Return those of these user ids that are active members of the account."""
    if not ids:
        return set()
    return set(Membership.objects.filter(PRESENT, user_id__in=ids).values_list("user_id", flat=True))


def users(by: Actor) -> list[tuple[str, str]]:
    """Return the account's active users as (id, name): ``by`` first, then by name."""
    named = sorted(((str(member.user_id), str(member)) for member in _members()), key=lambda one: one[1].casefold())
    own = str(by.user_id)
    return [(pk, name) for pk, name in named if pk == own] + [(pk, name) for pk, name in named if pk != own]


@prepared
def _members() -> QuerySet:
    return Membership.objects.filter(PRESENT).select_related("user")


def _keys(names: Any) -> set[str]:
    """Return the keys of one name or several; of none, ``""`` or None, the empty set."""
    return {item_key(name) for name in ([names] if isinstance(names, str) else names or ()) if name}


def _items(by: Actor, code: str, keys: set[str]) -> dict[str, Item]:
    """Return items of a list by key: the account's own, else those of the service that it has not hidden."""
    service = by.account.reference_id
    hidden = HiddenItem.objects.filter(list=code).values_list("item", flat=True) if service else ()
    left_out = set(hidden)
    found: dict[str, Item] = {}
    for item in LISTS[code].model.readable.filter(key__among=keys):
        if item.pk not in left_out and (item.key not in found or item.account_id != service):
            found[item.key] = item
    return found
