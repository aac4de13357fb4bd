"""The contents of a reference list's page: its rows, what uses each item, and the side menu of lists."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.actions.items.problems import InUse
from entregent.directory.items.register import LISTS, hidden_ids, items, use_counts
from entregent.directory.items.uses import USES_COUNTED
from entregent.directory.kinds import KINDS
from entregent.directory.models import ContactList, ContactStatus, Item, Party, SavedView
from entregent.directory.selections.register import finding_items
from entregent.shell.frame import Link
from entregent.store.pages import capped_count
from entregent.web.links import to, to_kind, to_view
from entregent.web.statuses import COLOURS
from entregent.web.words import counted, figure

from .forms import SLUGS, ReplaceForm


def list_url(by: Actor, code: str, item: Item | None) -> str:
    """Return the address of a reference list, with this item selected if given."""
    url = to(by, "parametrage:list", SLUGS[code])
    return f"{url}?item={item.pk}" if item else url


def listed(by: Actor, code: str, found: Sequence[Item], chosen: Item | None) -> dict[str, Any]:
    """Return the context of a reference list's page: ``found``, the items on it; ``chosen``, the selected one."""
    return {
        "what": SLUGS[code],
        "list": LISTS[code],
        "code": code,
        "subjects": subjects(by, code),
        "rows": rows(by, code, found, chosen),
        "chosen": chosen,
        "mine": chosen is not None and chosen.account_id == by.account.pk,
        "empty": EMPTY_LISTS[code],
    }


def edited(by: Actor, code: str, item: Item | None) -> dict[str, Any]:
    """Return the context of the form of an item, new or not; for one of the service, only why it can't be changed."""
    service = item is not None and item.account_id != by.account.pk
    return {"list": LISTS[code], "item": item, "service": service, "back": list_url(by, code, item)}


def deleting(by: Actor, code: str, item: Item, used: InUse | None, form: ReplaceForm | None) -> dict[str, Any]:
    """Return the context of the dialog that deletes an item; ``used``: what prevents it."""
    links = uses(by, code, item, use_counts(by, code, [item]).get(item.pk, {}))
    return {
        "list": LISTS[code],
        "code": code,
        "item": item,
        "used": used,
        "form": form if form and form.offers else None,
        "service": item.account_id != by.account.pk,
        "uses": links,
        "others_url": links[0].url if len(links) == 1 else "",
        "named": [Link(str(thing), _url_of(by, thing)) for thing in used.named] if used else [],
        "searches": [Link(each.name, _url_of(by, each)) for each in used.searches] if used else [],
        "lists_url": lists_url(by, item) if code == "categories" else "",
        "back": list_url(by, code, item),
    }


def rows(by: Actor, code: str, found: Sequence[Item], chosen: Item | None) -> list[dict[str, Any]]:
    """Return the rows of a page. Two queries, whatever the number of rows.

    ``uses``: links with counts to what uses the item; ``mine``: whether the account may change it.
    """
    counts = use_counts(by, code, found)
    hidden = hidden_ids(code) if by.account.reference_id else set()
    return [
        {
            "item": item,
            "uses": uses(by, code, item, counts.get(item.pk, {})),
            "mine": item.account_id == by.account.pk,
            "hidden": item.pk in hidden,
            "chosen": item == chosen,
            "tone": COLOURS[item.colour][0] if isinstance(item, ContactStatus) else "",
        }
        for item in found
    ]


def uses(by: Actor, code: str, item: Item, counts: dict[str, int]) -> list[Link]:
    """Return links such as «12 contacts», «3 organismes», «4 listes» to what uses an item."""
    if code == "categories":
        number = sum(counts.values())
        text = ngettext("%(count)s list", "%(count)s lists", number) % {"count": figure(*_capped(number))}
        return [Link(text, lists_url(by, item))] if number else []
    condition = urlencode({finding_items(code).name: item.name})
    return [
        Link(counted(by, kind, *_capped(counts[kind])), f"{to_kind(by, kind, 'list')}?{condition}")
        for kind in KINDS
        if counts.get(kind)
    ]


def _capped(number: int) -> tuple[int, bool]:
    """Return a number of uses as far as they are counted, and whether there are more."""
    return min(number, USES_COUNTED), number > USES_COUNTED


def _url_of(by: Actor, thing: Party | ContactList | SavedView) -> str:
    """Return the address of a thing that uses an item."""
    if isinstance(thing, SavedView):
        return to_view(by, thing)
    if isinstance(thing, ContactList):
        return to(by, "lists:page", thing.pk)
    return to_kind(by, thing.kind, "page", thing.pk)


def lists_url(by: Actor, category: Item) -> str:
    """Return the address of «Listes» for one category, where several lists can be moved at once."""
    return f"{to(by, 'lists:list')}?{urlencode({'category': category.pk})}"


def subjects(by: Actor, here: str) -> list[Link]:
    """Return the side menu: all reference lists, each with its number of items."""
    sizes = {code: figure(*capped_count(items(by, code))) for code in LISTS}
    return [
        Link(str(each.one), to(by, "parametrage:list", SLUGS[code]), each.icon, code == here, sizes[code])
        for code, each in LISTS.items()
    ]


EMPTY_LISTS = {
    "categories": (_("No category yet"), _("Lists are put in categories: create the first one.")),
    "functions": (_("No function yet"), _("A function typed on a contact is added here automatically.")),
    "skills": (_("No skill yet"), _("Create the skills that you look for in your contacts.")),
    "families": (
        _("No family yet"),
        _("Create the families that you sort organisations by: town, association…"),
    ),
    "statuses": (
        _("No status yet"),
        _("Create the statuses that contacts go through: prospect, member…"),
    ),
    "tags": (_("No tag yet"), _("A tag typed on a record is added here automatically.")),
}
