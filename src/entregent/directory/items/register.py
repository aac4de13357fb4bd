"""The register of reference lists («Paramétrage», A4), and the items of each that ``by`` may see and choose.

Pages, API, imports and forms all read this register.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.opening import furnishing
from entregent.directory.models import (
    ContactStatus,
    HiddenItem,
    Item,
    JobFunction,
    ListCategory,
    OrganisationFamily,
    Skill,
    Tag,
)
from entregent.directory.parties.cleaning import item_key, tag_key
from entregent.store.locks import hold
from entregent.store.pages import Order
from entregent.store.prepared import prepared

from .uses import USES

ITEM_ORDER = Order(("of_service", "rank", "key", "id"))
"""The account's own items in their order, then those of the service."""


@dataclass(frozen=True)
class ReferenceList:
    """A reference list. ``code``: its name in the API; ``ordered``: whether the account orders its items by hand;
    ``limit``: maximum length of a name, in characters; ``key``: folds a name, so that equal keys are the same name.
    """

    code: str
    model: type[Item]
    one: Promise
    many: Promise
    icon: str
    ordered: bool = False
    limit: int = 150
    key: Callable[[str], str] = item_key


LISTS: dict[str, ReferenceList] = {
    each.code: each
    for each in (
        ReferenceList("categories", ListCategory, _("Category"), _("Categories"), "category", ordered=True),
        ReferenceList("functions", JobFunction, _("Function"), _("Functions"), "briefcase"),
        ReferenceList("skills", Skill, _("Skill"), _("Skills"), "star"),
        ReferenceList(
            "families", OrganisationFamily, _("Family of organisations"), _("Families of organisations"),
            "building-community", ordered=True,
        ),
        ReferenceList("statuses", ContactStatus, _("Status"), _("Statuses"), "flag", ordered=True),
        ReferenceList("tags", Tag, _("Tag"), _("Tags"), "tag", limit=60, key=tag_key),
    )
}  # fmt: skip
"""Code → list, in the order of «Paramétrage»."""


@furnishing
def first_category(account: Account) -> None:
    """Create a new account's first category of lists. The shared directory's account needs none."""
    if not account.is_reference:
        with override(account.language):
            name = gettext("General")
        ListCategory.objects.create(account=account, name=name, key=item_key(name))


def items(by: Actor, code: str) -> QuerySet:
    """Return the items of a list that ``by`` may see: all but those typed only on records hidden from them (B3).

    Each is annotated with ``of_service``: 1 if the operator maintains it, else 0. Order them by ``ITEM_ORDER``.
    """
    own = When(account=by.account.pk, then=0)
    found = LISTS[code].model.readable.annotate(of_service=Case(own, default=1, output_field=IntegerField()))
    return found.filter(Q(typed=False) | Exists(USES[code].of_an_item(USES[code].seen(by))))


def known_to(by: Actor, code: str) -> QuerySet:
    """Return the items that ``by`` may name in a search: ``items``, and those used in the bin only.

    One that nobody uses any more is as unknown as one of hidden records alone: the two could be told apart otherwise.
    """
    use = USES[code]
    return LISTS[code].model.readable.filter(Q(typed=False) | Exists(use.of_an_item(use.known(by))))


def choices(by: Actor, code: str) -> QuerySet:
    """Return the items that ``by`` may choose, in order: ``items`` without those of the service that are hidden."""
    hidden = HiddenItem.objects.filter(list=code, item=OuterRef("pk"))
    return items(by, code).exclude(Exists(hidden)).order_by(*ITEM_ORDER.fields)


def choice_names(by: Actor, code: str) -> list[str]:
    """Return the names of ``choices``, by a prepared query, since every form of a record needs them."""
    return _choice_names(by, code=code)


@prepared
def _choice_names(by: Actor, *, code: str) -> QuerySet:
    return choices(by, code).values_list("name", flat=True)


def use_counts(by: Actor, code: str, found: Sequence[Item]) -> dict[int, dict[str, int]]:
    """Count what uses these items, among what ``by`` may see: id → kind (p, o or list) → number. One query.

    Counting stops at ``USES_COUNTED`` + 1, which means "more than ``USES_COUNTED``".
    """
    numbers = USES[code].counts(by)
    asked = LISTS[code].model.readable.filter(pk__among=[item.pk for item in found]).order_by()
    counted = asked.annotate(**{f"uses_{kind}": number for kind, number in numbers.items()})
    rows = counted.values_list("pk", *(f"uses_{kind}" for kind in numbers))
    return {
        pk: {kind: number for kind, number in zip(numbers, found_of, strict=True) if number} for pk, *found_of in rows
    }


def make_missing(account: Account, code: str, names: Iterable[str]) -> None:
    """Create the items of ``names`` that neither the account nor the service has. Two or three queries in all.

    Existing items are locked until the transaction ends, so that nobody deletes them in between.
    """
    model, wanted = LISTS[code].model, _by_key(code, names)
    if not wanted:
        return
    known = dict(model.readable.filter(key__among=list(wanted)).values_list("pk", "key"))
    held = hold(model, known, "KEY SHARE")
    _create(account, code, wanted, known={key for pk, key in known.items() if pk in held})


def known_items(account: Account, code: str, names: Iterable[str]) -> dict[str, Any]:
    """Return the items of ``names`` by key, creating missing ones. The account's own go before the service's.

    An existing item keeps its spelling, whatever case and accents are typed now.
    """
    wanted = _by_key(code, names)
    found = _found(account, code, wanted)
    if _create(account, code, wanted, known=found):
        found = _found(account, code, wanted)
    return found


def _by_key(code: str, names: Iterable[str]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for name in names:
        if name and not name.isspace():
            wanted.setdefault(LISTS[code].key(name), name)
    return wanted


def _found(account: Account, code: str, keys: Collection[str]) -> dict[str, Item]:
    items = LISTS[code].model.readable.filter(key__among=keys) if keys else ()
    return {item.key: item for item in sorted(items, key=lambda item: item.account_id == account.pk)}


def _create(account: Account, code: str, wanted: Mapping[str, str], known: Collection[str]) -> bool:
    """Create the items of ``wanted`` (key → name) that are not ``known``; return whether there were any."""
    model = LISTS[code].model
    new = [model(account=account, key=key, name=wanted[key], typed=True) for key in sorted(wanted.keys() - known)]
    if new:
        model.objects.bulk_create(new, ignore_conflicts=True)
    return bool(new)


def hidden_ids(code: str) -> set[int]:
    """Return the ids of the service's items that the account hides from its choices."""
    return set(HiddenItem.objects.filter(list=code).values_list("item", flat=True))
