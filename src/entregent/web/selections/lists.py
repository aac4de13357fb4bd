"""What a list page shows: columns, count, chips and rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.toolbox import Tool, shortcuts
from entregent.directory.saved_views.columns import USUAL
from entregent.directory.selections.selections import SORTS, Selection
from entregent.directory.selections.whole import count_all, page_of_all
from entregent.shell.frame import Link
from entregent.store.pages import Page
from entregent.web.links import to, to_kind
from entregent.web.words import counted, figure, plural

from .above import Chip, address, chips
from .cells import draw, fields_of, label_of
from .filters import FilterForm, unasked
from .rows import columns_of

ON_PHONES = 3
"""How many of the chosen columns are shown on a phone, where a row is a card."""
WIDE_ONLY = "wide-only"
NARROW_SCREENS_HIDE = ("city", "tags", "status", "last_action")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; ``url`` sorts by it, or reverses the order if the list is sorted by it."""

    key: str
    label: str
    url: str
    state: str
    css: str


@dataclass
class Listing:
    """One page of a list, for one reader. Each thing shown is read once.

    ``view``: the id of the saved view that is open, which its links keep; ``chosen``: the columns that the reader
    or the view chose, None for the usual ones.
    """

    by: Actor
    kind: str
    params: Mapping[str, Any]
    view: str = field(default="", kw_only=True)
    chosen: tuple[str, ...] | None = field(default=None, kw_only=True)
    selection: Selection = field(init=False)
    empty = "web/selections/empty.html"
    """The template shown instead of an empty table."""

    def __post_init__(self) -> None:
        self.selection = Selection.read(self.kind, self.params)

    @property
    def here(self) -> str:
        """The address of the page."""
        return to_kind(self.by, self.kind, "list")

    @property
    def title(self) -> str:
        return plural(self.by, self.kind)

    @property
    def first_page_url(self) -> str:
        """The address to go to when the cursor can't be read."""
        return self.here + address(self.selection.params())

    @property
    def narrowed(self) -> bool:
        """Whether filters or search words restrict the list."""
        return self.selection.narrowed

    @property
    def problem(self) -> str:
        """Why the search can't be read; then it finds nobody."""
        return " ".join(problem.message for problem in self.selection.problems_for(self.by))

    @property
    def filters(self) -> dict[str, Any]:
        """The «Filtrer» panel: its form, and the conditions that it has no field for."""
        form = FilterForm(self.by, self.kind, initial=self.selection.conditions)
        return {"form": form, "others": unasked(form, self.selection.conditions, self.view)}

    def load(self) -> None:
        """Read the page's rows. Raises ``Bad("cursor")``."""
        others = fields_of(self.by, self.chosen or ())
        columns, cursor = columns_of(self.kind, self.selection.order, others), str(self.params.get("cursor") or "")
        if self.selection.narrowed:
            self._page: Page = self.selection.page(self.by, cursor, columns)
        else:
            self._page = page_of_all(self.by, self.kind, columns, self.selection.order, cursor)

    @property
    def rows(self) -> SafeString:
        """The rows as HTML."""
        return self.drawn(None)

    def drawn(self, joined: Mapping[int, str] | None) -> SafeString:
        """Return the rows as HTML; ``joined``: the contents of a last cell, by record's id."""
        return draw(self.by, self.kind, list(self._page.rows), self._shown, joined)

    @property
    def _shown(self) -> dict[str, str]:
        """The codes of the columns after the name, each with the CSS class that says where it is hidden."""
        if self.chosen is not None:
            return {code: "" if number < ON_PHONES else WIDE_ONLY for number, code in enumerate(self.chosen)}
        return {code: f"of-{code} {WIDE_ONLY if code in NARROW_SCREENS_HIDE else ''}" for code in USUAL[self.kind]}

    @property
    def is_empty(self) -> bool:
        """Whether the page has no rows."""
        return not self._page.rows

    @property
    def next_url(self) -> str:
        """The address of the next page; empty on the last."""
        return self._url(cursor=self._page.next) if self._page.next else ""

    @property
    def previous_url(self) -> str:
        """The address of the previous page; empty on the first."""
        return self._url(cursor=self._page.previous) if self._page.previous else ""

    @cached_property
    def count(self) -> tuple[int, bool]:
        """The number of records found, up to 1,000 unless ``?compte=exact``, and whether there are more."""
        if self.params.get("compte") == "exact":
            return self.selection.parties(self.by).order_by().count(), False
        if not self.selection.narrowed:
            return count_all(self.by, self.kind)
        return self.selection.count(self.by)

    @cached_property
    def count_text(self) -> str:
        """The count as text: «3 482», «1 000+»."""
        return figure(*self.count)

    @property
    def counted(self) -> str:
        """The count with its noun: «3 482 contacts»."""
        return counted(self.by, self.kind, *self.count)

    @property
    def sources(self) -> list[Link]:
        """The links «Toutes», «Mes fiches», «Service», for accounts that read the shared directory (A6)."""
        if self.by.account.reference_id is None:
            return []
        here = self.selection.conditions.get("source", "")
        base = self.selection.without("source")
        names = [("", _("All records")), ("mine", _("My records")), ("service", _("Service"))]
        return [
            Link(label, address(self._kept(base.params() | ({"source": code} if code else {}))), current=code == here)
            for code, label in names
        ]

    @cached_property
    def exact_count_url(self) -> str:
        """The address of the exact count, when the one shown stopped at its limit."""
        return self._url(compte="exact") if self.count[1] else ""

    @property
    def chips(self) -> list[Chip]:
        """The conditions as chips."""
        return chips(self.by, self.selection, self._kept({}))

    @property
    def columns(self) -> list[Column]:
        """The headings: the name first, then the columns chosen; some are hidden on phones."""
        others = [self._column(key, label_of(self.by, key), css) for key, css in self._shown.items()]
        return [self._column("name", _("Name"), "of-name"), *others]

    def _column(self, key: str, label: str, css: str) -> Column:
        if key not in SORTS:
            return Column(key, label, "", "", css)
        here = self.selection.sort == key
        state = ("descending" if self.selection.descending else "ascending") if here else "none"
        down = here and not self.selection.descending
        return Column(key, label, self._url(sort=("-" if down else "") + key), state, css)

    @cached_property
    def tools(self) -> list[Tool]:
        """The reader's shortcuts that run on several records at once."""
        return [tool for tool in shortcuts(self.by, self.kind) if not tool.single and tool.run]

    @property
    def tool_links(self) -> tuple[Link, ...]:
        """The shortcuts as links: plain values, so that their HTML can be cached."""
        return tuple([Link(str(one.label), to(self.by, "toolbox:run", one.code), one.icon) for one in self.tools])

    @property
    def hidden_params(self) -> list[tuple[str, str]]:
        """The parameters that a search typed into the list keeps."""
        return [(name, value) for name, value in self._kept(self.selection.params()).items() if name != "q"]

    @property
    def query_string(self) -> str:
        """The parameters of the address, as a query string."""
        return urlencode(self.selection.params())

    @property
    def view_query(self) -> str:
        """The parameters of the address, with the open view."""
        return urlencode(self._kept(self.selection.params()))

    @property
    def builder_url(self) -> str:
        """The address of «Filtre avancé»."""
        return f"{to_kind(self.by, self.kind, 'filter')}?{self.view_query}"

    def _url(self, **changes: str) -> str:
        params = {**self.selection.params(), **changes}
        if params.get("sort") == "name":
            params.pop("sort")
        return address(self._kept(params))

    def _kept(self, params: dict[str, str]) -> dict[str, str]:
        return params | ({"vue": self.view} if self.view else {})
