"""A list's page: its members as the usual list, a box to add some by name, and the toolbox to remove some."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.lists import members as list_members
from entregent.actions.lists.tools import ADD, REMOVE
from entregent.actions.toolbox.toolbox import Tool
from entregent.directory.kinds import KINDS
from entregent.directory.lists.lists import counts_by_kind, kinds_of, search_of
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import ContactList, ListMember, Party
from entregent.directory.saved_views.columns import chosen
from entregent.directory.selections.addresses import params_in
from entregent.shell.dates import exact, in_words
from entregent.shell.frame import Link
from entregent.shell.page import page, say_at
from entregent.web.door import attempt, door
from entregent.web.links import ids_in, to
from entregent.web.selections.above import Chip, address, chips, doors
from entregent.web.selections.filters import asked
from entregent.web.selections.lists import WIDE_ONLY, Column, Listing
from entregent.web.selections.views import load_or_answer
from entregent.web.toolbox.chosen import MOST_IDS
from entregent.web.toolbox.telling import tell, undo_url
from entregent.web.words import figure, plural

from .index import reach_of

PAGES = {"p": "lists:page", "o": "lists:organisations"}


def list_or_404(request: Request, pk: int) -> ContactList:
    """Return a list that the user may see; 404 otherwise. All views get lists through it."""
    return get_object_or_404(seen_lists(request.by).select_related("category", "created_by"), pk=pk)


@dataclass
class Members(Listing):
    """The usual list of parties, limited to the members of ``found``; if it is static, with who added each when."""

    found: ContactList = None  # type: ignore[assignment]
    empty = "web/lists/empty.html"
    builder_url = ""

    def __post_init__(self) -> None:
        self.params = {**self.params, "list": str(self.found.pk)}
        super().__post_init__()

    @property
    def here(self) -> str:
        return to(self.by, "lists:page" if self.found.is_dynamic else PAGES[self.kind], self.found.pk)

    @property
    def title(self) -> str:
        return self.found.name

    @property
    def first_page_url(self) -> str:
        return self.here

    @property
    def narrowed(self) -> bool:
        """Whether there is a condition other than the list."""
        return self.selection.without("list").narrowed

    @property
    def chips(self) -> list[Chip]:
        own = address(self.selection.without("list").params())
        return [chip for chip in super().chips if chip.without != own]

    @property
    def filters(self) -> dict[str, Any]:
        """The «Filtrer» panel without the list itself, which the page's address already names."""
        filters = super().filters
        del filters["form"].fields["list"]
        return filters

    @property
    def columns(self) -> list[Column]:
        if self.found.is_dynamic:
            return super().columns
        return [*super().columns, Column("joined", _("In the list since"), "", "", WIDE_ONLY)]

    @property
    def rows(self) -> SafeString:
        return self.drawn(None if self.found.is_dynamic else self._joined())

    def _joined(self) -> dict[int, str]:
        ids = [row["id"] for row in self._page.rows]
        rows = ListMember.objects.filter(list=self.found, party__in=ids).select_related("added_by")
        return {row.party_id: _since(row) for row in rows}

    @cached_property
    def tools(self) -> list[Tool]:
        """The usual tools, with "remove from the list" first if the list is static."""
        own = [REMOVE] if REMOVE.allowed(self.by, self.kind) and not self.found.is_dynamic else []
        return own + [tool for tool in super().tools if tool is not REMOVE]


def _since(row: ListMember) -> str:
    author = str(row.added_by) if row.added_by else ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>{}',
        row.joined_at.isoformat(timespec="seconds"), exact(row.joined_at), in_words(row.joined_at),
        format_html("<small>{}</small>", author) if author else "",
    )  # fmt: skip


@door(Can.READ_CONTACTS)
def page_of_list(request: Request, pk: int, kind: str = "") -> HttpResponse:
    """The contacts of a static list, or those of another ``kind``; of a dynamic list, whatever it finds."""
    by, params, found = request.by, params_in(request.GET), list_or_404(request, pk)
    if kind and found.is_dynamic:
        return redirect(to(by, "lists:page", pk))
    kind = kind or kinds_of(found)[0]
    listing = Members(by, kind, params, chosen=chosen(by, kind), found=found)
    if "" in params.values():
        kept = {name: value for name, value in asked(by, params).items() if name != "list"}
        return redirect(listing.here + address(kept))
    if answer := load_or_answer(request, listing):
        return answer
    context = _context(request, listing)
    if request.htmx.target in ("list", "count"):
        return page(request, "web/selections/list.html", request.htmx.target, **context)
    return page(request, "web/lists/page.html", **context)


def _context(request: Request, listing: Members) -> dict[str, Any]:
    """Return what the page shows around the members."""
    by, found, kind = request.by, listing.found, listing.kind
    may_write = by.may(Can.WRITE_LISTS)
    context: dict[str, Any] = {
        "list": listing,
        "found": found,
        "kind": kind,
        "here": listing.here,
        "title": listing.title,
        "doors": [link for link in doors(by, listing.selection) if link.icon == "download"],
        "reach": reach_of(found),
        "may_write": may_write,
        "actions": _actions(by, found) if may_write else [],
        "from_list": found.pk,
    }
    if found.is_dynamic:
        search = search_of(by, found)
        problem = " ".join(problem.message for problem in search.problems_for(by))
        return context | {"search": [chip.sentence for chip in chips(by, search)], "problem": problem}
    return context | {
        "tabs": _tabs(by, found, kind),
        "may_fill": may_write and not found.archived_at,
        "suggest": to(by, f"suggest:{KINDS[kind].space}"),
        "whom": plural(by, kind),
    }


def _tabs(by: Actor, found: ContactList, kind: str) -> list[Link]:
    numbers = counts_by_kind(by, found)
    return [
        Link(plural(by, each), to(by, page, found.pk), current=each == kind, badge=figure(numbers[each]))
        for each, page in PAGES.items()
    ]


def _actions(by: Actor, found: ContactList) -> list[Link]:
    """Return the menu of actions on a list; each opens a dialog. Deletion comes last."""
    ids = urlencode({"ids": found.pk})
    away = (
        ("unarchive", _("Take out of the archive"), "restore")
        if found.archived_at
        else ("archive", _("Archive"), "inbox")
    )
    of_one = [("duplicate", _("Duplicate"), "copy")]
    if found.is_dynamic:
        of_one.append(("freeze", _("Freeze as a static list"), "lock"))
    of_several = [("move", _("Move to a category"), "folder"), away, ("delete", _("Delete"), "trash")]
    return [
        *(Link(label, to(by, f"lists:{name}", found.pk), icon) for name, label, icon in of_one),
        *(Link(label, f"{to(by, f'lists:{name}')}?{ids}", icon) for name, label, icon in of_several),
    ]


@door(Can.WRITE_LISTS, methods=("POST",))
def add(request: Request, pk: int) -> HttpResponse:
    """Add the records chosen by name to the list, and return to its page."""
    by, found = request.by, list_or_404(request, pk)
    url = to(by, PAGES["o" if request.POST.get("kind") == "o" else "p"], pk)
    parties = list(Party.readable.visible_to(by).filter(pk__in=ids_in(request.POST)[:MOST_IDS]))
    if not parties:
        return say_at(request, url, _("Choose at least one of the suggested names."), level=messages.WARNING)
    outcome, refusal = attempt(lambda: list_members.add(by, found, parties))
    if refusal:
        return say_at(request, url, refusal, level=messages.ERROR)
    return say_at(request, url, tell(by, ADD, outcome), undo_url(by, outcome))
