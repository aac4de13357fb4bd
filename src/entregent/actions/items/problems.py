"""Error sentences about items of reference lists, and what prevents deleting one."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.scope import everywhere
from entregent.directory.items.register import LISTS
from entregent.directory.items.renaming import searches_naming
from entregent.directory.items.uses import USES
from entregent.directory.kinds import KINDS
from entregent.directory.lists.reach import seen_lists, seen_views
from entregent.directory.messages import SENTENCES, Invalid, Problem
from entregent.directory.models import ContactList, Item, SavedView

USES_NAMED = 3
"""At most this many of the things that use an item are named."""

SENTENCES.update(
    {
        "service_item": _("“%(name)s” is kept up to date by the service: no account can change or delete it."),
        "item_unknown": _("This item no longer exists."),
        "item_taken": _("“%(name)s” is already in this list."),
        "item_used": _("“%(name)s” is still used: %(uses)s. Choose what replaces it, or change them first."),
        "category_used": _(
            "The category “%(name)s” still holds lists: %(uses)s. Move them to another category first, in “Lists”."
        ),
        "category_last": _("“%(name)s” is the last category, and lists need one. Create another one first."),
        "replace_by_itself": _("Choose an item other than the one to delete."),
        "item_none": _("“-” means “none” in filters and menus. Choose another name."),
        "tag_comma": _("A tag can't contain a comma, which separates tags. Remove it, or create two tags."),
        "colour": _("Unknown colour. Choose one from the list."),
        "list_has_no_order": _("This list is in alphabetical order."),
    }
)


@dataclass(frozen=True, slots=True)
class InUse:
    """What still uses an item, as far as the reader may know.

    ``named``: the first few; ``number``: how many the reader may see; ``unseen``: whether there are others, in the
    bin or hidden from the reader, whose number is not revealed; ``searches``: the lists and views that name it, of
    those that the reader has; ``asked_unseen``: whether others do.
    """

    named: list[Any]
    number: int
    unseen: bool
    searches: list[ContactList | SavedView] = field(default_factory=list)
    asked_unseen: bool = False

    @property
    def more(self) -> int:
        """How many uses the reader may see besides those named."""
        return self.number - len(self.named)

    @property
    def others(self) -> str:
        """«11 autres», ``""`` for none."""
        return ngettext("%(count)s other", "%(count)s others", self.more) % {"count": self.more} if self.more else ""

    @property
    def words(self) -> str:
        """«Élus de la Drôme, Maires de l’Isère et 11 autres», for a sentence."""
        hidden = [gettext("records in the bin or hidden from you")] if self.unseen else []
        hidden += [gettext("lists or views that you don't have")] if self.asked_unseen else []
        parts = [*(str(thing) for thing in self.named), *([self.others] if self.more else [])]
        parts += [*map(_named, self.searches), *hidden]
        return get_text_list(parts, gettext("and"))


def _named(kept: ContactList | SavedView) -> str:
    of_list = isinstance(kept, ContactList)
    return (gettext("the list “%(name)s”") if of_list else gettext("the view “%(name)s”")) % {"name": kept.name}


def in_use(by: Actor, code: str, item: Item, replaced: bool = False) -> InUse | None:
    """Return what prevents deleting an item; None when nothing does.

    ``replaced``: searches name another instead, or will as soon as a job has followed.
    """
    use = USES[code]
    seen = use.of(use.own_seen(by), item)
    things = use.things(by, item)
    named = list(things[:USES_NAMED])
    number = things.count() if len(named) == USES_NAMED else len(named)
    unseen = use.of(use.own(), item).exclude(pk__in=seen.values("pk")).exists() or _used_elsewhere(by, code, item)
    searches, asked_unseen = ([], False) if replaced else _asked(by, code, item)
    used = InUse(named, number, unseen, searches, asked_unseen)
    return used if named or unseen or searches or asked_unseen else None


def _asked(by: Actor, code: str, item: Item) -> tuple[list[ContactList | SavedView], bool]:
    """Return the lists and views that ``by`` has which name an item, and whether there are others.

    None of them does if another item has the same name, such as one of the service.
    """
    if LISTS[code].model.readable.filter(key=item.key).exclude(pk=item.pk).exists():
        return [], False
    asked = searches_naming(code, item.key)
    ids = {model: {each.pk for each in asked if isinstance(each, model)} for model in (ContactList, SavedView)}
    seen: list[ContactList | SavedView] = [*seen_lists(by).filter(pk__in=ids[ContactList]).order_by("key", "pk")]
    for kind in KINDS:
        seen += seen_views(by, kind).filter(pk__in=ids[SavedView]).order_by("key", "pk")
    return seen, len(seen) < len(asked) or _asked_elsewhere(by, code, item)


def _asked_elsewhere(by: Actor, code: str, item: Item) -> bool:
    """Whether a search of an account that reads the shared directory names its item, and no item of its own."""
    if not by.account.is_reference:
        return False
    with everywhere("an item of the shared directory may be named by the searches of any account"):
        own = LISTS[code].model._default_manager.filter(key=item.key).values_list("account_id", flat=True)
        theirs = {each.account_id for each in searches_naming(code, item.key)}
        readers = set(by.account.readers.values_list("pk", flat=True))
        return bool(theirs & readers - set(own))


def _used_elsewhere(by: Actor, code: str, item: Item) -> bool:
    """Whether an account that reads the shared directory uses one of its items."""
    use = USES[code]
    if not by.account.is_reference or use.names != "pk":
        return False
    with everywhere("an item of the shared directory may be in use in any account"):
        return use.of(use.rows._default_manager.all(), item).exclude(account=by.account.pk).exists()


def refuse_used(code: str, item: Item, used: InUse) -> None:
    """Raise ``Invalid``, saying what still uses the item."""
    sentence = "category_used" if code == "categories" else "item_used"
    raise Invalid([Problem("", sentence, {"name": item.name, "uses": used.words, "count": used.number})])
