"""Error sentences about items of reference lists, and what prevents deleting one."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.accounts.scope import everywhere
from entregent.directory.items.uses import USES
from entregent.directory.messages import SENTENCES, Invalid, Problem
from entregent.directory.models import Item

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
    bin or hidden from the reader, whose number is not revealed.
    """

    named: list[Any]
    number: int
    unseen: bool

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
        parts = [*(str(thing) for thing in self.named), *([self.others] if self.more else []), *hidden]
        return get_text_list(parts, gettext("and"))


def in_use(by: Actor, code: str, item: Item) -> InUse | None:
    """Return what prevents deleting an item; None when nothing does."""
    use = USES[code]
    seen = use.of(use.own_seen(by), item)
    things = use.things(by, item)
    named = list(things[:USES_NAMED])
    number = things.count() if len(named) == USES_NAMED else len(named)
    unseen = use.of(use.own(), item).exclude(pk__in=seen.values("pk")).exists() or _used_elsewhere(by, code, item)
    return InUse(named, number, unseen) if named or unseen else None


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
