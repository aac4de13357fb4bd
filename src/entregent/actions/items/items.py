"""The reference lists («Paramétrage», A4): «Créer», «Modifier», «Supprimer», and their order.

``code`` names the list (``directory.items.register.LISTS``). All of this is refused for items of the service (A6).
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, RestrictedError

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, lock, twice_in_a_race
from entregent.directory.items.register import LISTS, ReferenceList, items
from entregent.directory.messages import clean_name, refuse
from entregent.directory.models import ContactStatus, HiddenItem, Item
from entregent.directory.selections.inputs import NONE
from entregent.kernel.text import fold

from . import following as item_following
from .deeds import ITEM_CHANGED, ITEM_CREATED, ITEM_DELETED
from .problems import InUse, in_use, refuse_used

ITEM_DEFAULTS = {"name": "", "colour": ContactStatus.Colour.GREY, "is_default": False}


@twice_in_a_race
def create(by: Actor, code: str, given: Mapping[str, Any]) -> Item:
    """Add an item to a list. Raises ``Invalid``. ``given``: ``name``, and for a status ``colour``, ``is_default``."""
    listing = LISTS[code]
    with act(by, ITEM_CREATED, Can.WRITE_ITEMS) as telling:
        values = _cleaned(listing, {"name": ""} | dict(given))
        key = listing.key(values["name"])
        item = _unseen(by, listing, key)
        if item is None:  # otherwise it was typed on records hidden from ``by``: that item is now listed
            last = listing.model.objects.aggregate(last=Max("rank"))["last"] or 0
            item = listing.model(account=by.account, key=key, rank=last + 1 if listing.ordered else 0)
        _set(by, listing, item, values)
        telling.say(item=item.name, of=code)
    return item


@twice_in_a_race
def change(by: Actor, code: str, item: Item, given: Mapping[str, Any]) -> Item:
    """Change an item, and update everything that shows its name. Raises ``Invalid``. ``given`` as for ``create``."""
    listing = LISTS[code]
    with act(by, ITEM_CHANGED, Can.WRITE_ITEMS) as telling:
        held = _held(by, item)
        before = _plain(listing, held)
        values = _cleaned(listing, before | dict(given))
        hidden = _unseen(by, listing, listing.key(values["name"]), besides=held)
        if hidden is not None:
            item_following.take_over(by, code, hidden, held)
            hidden.delete()
        _set(by, listing, held, values)
        differences = {name: [old, values[name]] for name, old in before.items() if old != values[name]}
        if differences:
            telling.say(item=" → ".join(dict.fromkeys([before["name"], held.name])), of=code, changes=differences)
    return held


@twice_in_a_race
def delete(by: Actor, code: str, item: Item, replace_by: Item | None = None) -> None:
    """Delete an item, after replacing it everywhere by ``replace_by`` if given. Raises ``Invalid`` while in use."""
    listing = LISTS[code]
    with act(by, ITEM_DELETED, Can.WRITE_ITEMS) as telling:
        held = _held(by, item)
        if code == "categories" and not listing.model.readable.exclude(pk=held.pk).exists():
            refuse("", "category_last", name=held.name)
        if replace_by is not None:
            target = _target(by, listing, held, replace_by)
            item_following.replace(by, code, held, target, telling)
        else:
            telling.say(item=held.name, of=code)
        # Positions hold the words of a function, which an item of the service may have too.
        same_words = replace_by is not None and code == "functions"
        used = None if same_words else in_use(by, code, held, replaced=replace_by is not None)
        if used:
            refuse_used(code, held, used)
        try:
            held.delete()
        except RestrictedError:
            refuse_used(code, held, InUse([], 0, unseen=True))


def move(by: Actor, code: str, item: Item, up: bool) -> None:
    """Move an item one place up or down among the account's own. Raises ``Invalid`` for a list without an order."""
    listing = LISTS[code]
    with act(by, ITEM_CHANGED, Can.WRITE_ITEMS) as telling:
        if not listing.ordered:
            refuse("", "list_has_no_order")
        _held(by, item)
        own = list(listing.model.objects.select_for_update().order_by("rank", "key", "id"))
        here = [each.pk for each in own].index(item.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(own):
            return
        own[here], own[there] = own[there], own[here]
        for rank, each in enumerate(own):
            each.rank = rank
        listing.model.objects.bulk_update(own, ["rank"])
        if code == "statuses":
            item_following.rank_statuses(by)
        telling.say(item=item.name, of=code)


@twice_in_a_race
def show(by: Actor, code: str, item: Item, shown: bool) -> None:
    """Show or hide an item of the service among the account's choices. Raises ``Invalid`` for the account's own."""
    with act(by, ITEM_CHANGED, Can.WRITE_ITEMS) as telling:
        if item.account_id == by.account.pk:
            refuse("", "item_unknown")
        hidden = HiddenItem.objects.filter(list=code, item=item.pk)
        if shown == hidden.exists():
            if shown:
                hidden.delete()
            else:
                HiddenItem.objects.create(account=by.account, list=code, item=item.pk)
            telling.say(item=item.name, of=code, shown=shown)


def _cleaned(listing: ReferenceList, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cleaned values of an item of this list. Raises ``Invalid``."""
    name = clean_name(given["name"], listing.limit)
    if name == NONE:
        refuse("name", "item_none")
    if listing.code == "functions" and not fold(name):  # positions are found by their folded words
        refuse("name", "filter_word")
    if listing.code == "tags" and "," in name:
        refuse("name", "tag_comma")
    values: dict[str, Any] = {"name": name}
    if listing.model is ContactStatus:
        colour, default = given.get("colour", ITEM_DEFAULTS["colour"]), given.get("is_default", False)
        if colour not in ContactStatus.Colour.values:
            refuse("colour", "colour")
        if not isinstance(default, bool):
            refuse("is_default", "boolean")
        values |= {"colour": str(colour), "is_default": default}
    return values


def _plain(listing: ReferenceList, item: Item) -> dict[str, Any]:
    names = ITEM_DEFAULTS if listing.model is ContactStatus else ("name",)
    return {name: getattr(item, name) for name in names}


def _set(by: Actor, listing: ReferenceList, item: Item, values: dict[str, Any]) -> None:
    """Save an item, and update everything that shows its name."""
    old_name, old_key = item.name, item.key
    item.key, item.typed = listing.key(values["name"]), False
    for name, value in values.items():
        setattr(item, name, value)
    if values.get("is_default"):
        ContactStatus.objects.filter(is_default=True).exclude(pk=item.pk).update(is_default=False)
    renamed = item.pk is not None and item.name != old_name
    item.save()
    if renamed:
        item_following.rename(by, listing.code, item, old_key)


def _unseen(by: Actor, listing: ReferenceList, key: str, besides: Item | None = None) -> Item | None:
    """Lock and return the account's item with this key that ``by`` can't see. Raises ``Invalid`` if they see it.

    Such an item was typed on records hidden from them. It is taken over silently, since refusing the name would
    reveal it (B3).
    """
    there = listing.model.readable.filter(key=key).exclude(pk=besides.pk if besides else None).first()
    if there is None:
        return None
    if there.account_id != by.account.pk or items(by, listing.code).filter(pk=there.pk).exists():
        refuse("name", "item_taken", name=there.name)
    return listing.model.objects.select_for_update().get(pk=there.pk)


def _held(by: Actor, item: Item) -> Item:
    """Lock the account's own item until the transaction ends, and return it as it is now. Raises ``Invalid``."""
    if item.account_id != by.account.pk:
        refuse("", "service_item", name=item.name)
    return lock(item, "item_unknown")


def _target(by: Actor, listing: ReferenceList, item: Item, replace_by: Item) -> Item:
    """Return the item that replaces ``item``, locked if it is the account's own. Raises ``Invalid``."""
    if replace_by.pk == item.pk:
        refuse("replace_by", "replace_by_itself")
    target = items(by, listing.code).filter(pk=replace_by.pk).first()
    if target is None:
        refuse("replace_by", "item_unknown")
    return _held(by, target) if target.account_id == by.account.pk else target
