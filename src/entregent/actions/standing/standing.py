"""Look up the statuses, families, skills and users that cards name, for many cards at once (A3, E10, E12).

Statuses, families and skills are items of the reference lists («Paramétrage»), the account's own or the service's,
found regardless of case and accents. Only skills, like tags, are created when missing, by those who may change the
reference lists.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import ContactStatus, HiddenItem, Item, OrganisationFamily, Skill
from entregent.directory.parties.cards import Card, standing
from entregent.directory.parties.cleaning import Clean, item_key
from entregent.directory.parties.reading import Record
from entregent.store.prepared import prepared

NO_STATUS: dict[str, Any] = {"status_id": None, "status_rank": 0}


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
    settled = [
        _settle_one(found, clean, record, card) for clean, record, card in zip(cleans, records, held, strict=True)
    ]
    for index, problem in _unknown_users(cleans, held):
        settled[index].problems.append(problem)
    return settled


def status_named(by: Actor, name: str) -> ContactStatus | None:
    """Return the status of this name if ``by`` may choose it; None for no name. Raises ``Invalid``."""
    if not name.strip():
        return None
    status = _items(by, ContactStatus, {item_key(name)}, "statuses").get(item_key(name))
    if status is None:
        raise Invalid([Problem("status", "status_unknown", {"name": name})])
    return status  # type: ignore[return-value]


def columns_of(status: ContactStatus | None) -> dict[str, Any]:
    """Return the columns of a party that depend on its status."""
    return {"status_id": status.pk, "status_rank": status.rank + 1} if status else dict(NO_STATUS)


def check_member(user_id: int | None) -> None:
    """Raise ``Invalid`` unless ``user_id`` is None or an active member of the account."""
    if user_id is not None and user_id not in active_members({user_id}):
        raise Invalid([Problem("assigned_to", "user_unknown")])


class _Known:
    """The items newly named by some cards, by key."""

    def __init__(self, by: Actor, cleans: Sequence[Clean], held: Sequence[Card]) -> None:
        self.may_make = by.may(Can.WRITE_ITEMS)
        statuses, families, skills = set(), set(), set()
        for clean, card in zip(cleans, held, strict=True):
            statuses |= _new([clean.standing.get("status")], [card.get("status")])
            families |= _new([clean.standing.get("family")], [card.get("family")])
            skills |= _new(clean.standing.get("skills", ()), card.get("skills", ()))
        self.statuses = _items(by, ContactStatus, statuses, "statuses") if statuses else {}
        self.families = _items(by, OrganisationFamily, families, "families") if families else {}
        self.skills = _items(by, Skill, skills, "skills") if skills else {}
        wants_default = any(clean.kind == "p" and clean.standing["status"] is None for clean in cleans)
        self.default = ContactStatus.objects.filter(is_default=True).first() if wants_default else None


def _settle_one(found: _Known, clean: Clean, record: Record | None, card: Card) -> Settled:
    """Return a card with the ids of the items it names, spelled as in the reference lists."""
    name, columns, problems = _settle_status(found, clean, record, card)
    names = clean.standing | {"status": name}
    if clean.kind == "o":
        names["family"], family, unknown = _settle_family(found, clean, record, card)
        columns = columns | {"family_id": family}
    else:
        names["skills"], unknown = _settle_skills(found, names["skills"], card)
    return Settled(clean.settled(names, columns), problems + unknown)


def _settle_status(
    found: _Known, clean: Clean, record: Record | None, card: Card
) -> tuple[str, dict[str, Any], list[Problem]]:
    """Return the status's name, its columns, and a problem if it is unknown."""
    given = clean.standing["status"]
    kept = {"status_id": record.party.status_id, "status_rank": record.party.status_rank} if record else NO_STATUS
    if given is None:
        default = found.default if record is None and clean.kind == "p" else None
        return (default.name, columns_of(default), []) if default else (card.get("status") or "", kept, [])
    if record and _same(given, held := card["status"] or ""):
        return held, kept, []
    status: Any = found.statuses.get(item_key(given)) if given else None
    if given and status is None:
        return given, dict(NO_STATUS), [Problem("status", "status_unknown", {"name": given})]
    return status.name if status else "", columns_of(status), []


def _settle_family(
    found: _Known, clean: Clean, record: Record | None, card: Card
) -> tuple[str, int | None, list[Problem]]:
    name = clean.standing["family"]
    if record and _same(name, card["family"]):
        return card["family"], record.party.family_id, []
    family = found.families.get(item_key(name)) if name else None
    if name and family is None:
        return name, None, [Problem("family", "family_unknown", {"name": name})]
    return (family.name, family.pk, []) if family else ("", None, [])


def _settle_skills(found: _Known, given: Sequence[str], card: Card) -> tuple[list[str], list[Problem]]:
    held = {item_key(name): name for name in card.get("skills", ())}
    names, unknown = [], []
    for name in given:
        key = item_key(name)
        known = key in held or key in found.skills
        names.append((held.get(key) or found.skills[key].name) if known else name)
        if not known and not found.may_make:
            unknown.append(Problem("skills", "skill_unknown", {"name": name}))
    return names, unknown


def _unknown_users(cleans: Sequence[Clean], held: Sequence[Card]) -> Iterable[tuple[int, Problem]]:
    """Yield a problem for each card newly assigned to someone who is not an active member."""
    asked = {
        index: clean.standing["assigned_to"]
        for index, (clean, card) in enumerate(zip(cleans, held, strict=True))
        if clean.standing["assigned_to"] not in (None, card.get("assigned_to"))
    }
    known = active_members(set(asked.values())) if asked else set()
    return [(index, Problem("assigned_to", "user_unknown")) for index, pk in asked.items() if pk not in known]


def active_members(ids: set[int]) -> set[int]:
    """Return those of these user ids that are active members of the account."""
    return set(Membership.objects.filter(user_id__in=ids, active=True).values_list("user_id", flat=True))


def users(by: Actor) -> list[tuple[str, str]]:
    """Return the account's active users as (id, name): ``by`` first, then by name."""
    named = sorted(((str(member.user_id), str(member)) for member in _members()), key=lambda one: one[1].casefold())
    own = str(by.user_id)
    return [(pk, name) for pk, name in named if pk == own] + [(pk, name) for pk, name in named if pk != own]


@prepared
def _members() -> QuerySet:
    return Membership.objects.filter(active=True, user__is_active=True).select_related("user")


def _new(given: Iterable[str | None], held: Iterable[str | None]) -> set[str]:
    """Return the keys of ``given`` names that are not among ``held``."""
    return {item_key(name) for name in given if name} - {item_key(name) for name in held if name}


def _same(name: str, other: str) -> bool:
    return name == other or (bool(name and other) and item_key(name) == item_key(other))


def _items(by: Actor, model: type[Item], keys: set[str], code: str) -> dict[str, Item]:
    """Return items by key; the account's own take precedence over the service's, whose hidden ones are left out."""
    service = by.account.reference_id
    hidden = HiddenItem.objects.filter(list=code).values_list("item", flat=True) if service else ()
    left_out = set(hidden)
    found: dict[str, Item] = {}
    for item in model.readable.filter(key__among=keys):
        if item.pk not in left_out and (item.key not in found or item.account_id != service):
            found[item.key] = item
    return found
