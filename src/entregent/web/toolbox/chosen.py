"""The parties that an action runs on, as given by an address or a form.

Either ``ids`` (ticked rows, one open record), or ``all=1`` with ``kind`` and ``selection``, the parameters of a list.
Ticked rows carry the version that the list showed (``12.3``), the dialog's form those that the dialog did. The dialog
announces an action on a whole list: it keeps the records found then, and its form names that ``set``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.functional import cached_property

from entregent.accounts.actor import Actor
from entregent.actions.bulk import chosen_sets
from entregent.actions.bulk.jobs import AT_ONCE
from entregent.actions.models import ChosenSet
from entregent.directory.models import Party
from entregent.directory.selections.addresses import params_in
from entregent.directory.selections.selections import Selection
from entregent.directory.visibility.visibility import PartyQuerySet
from entregent.kernel.ids import read_id
from entregent.web.links import versions_in

MOST_IDS = AT_ONCE
"""Read at most this many ids from an address: more than a page has rows, and no more than run at once."""


@dataclass
class Chosen:
    """The parties that an action runs on, limited to those that ``by`` may see, in the bin or not."""

    by: Actor
    kind: str = ""
    ids: tuple[int, ...] = ()
    selection: str = ""
    everything: bool = False
    set_id: int | None = None
    versions: Mapping[int, int | None] = field(default_factory=dict)
    """Id → the version that was shown when it was chosen; None if it is not known."""

    @classmethod
    def read(cls, by: Actor, params: QueryDict) -> "Chosen":
        """Read the parameters of an address or a form; unreadable ones select nobody."""
        kind = params.get("kind", "")
        versions = dict(islice(versions_in(params).items(), MOST_IDS))
        return cls(
            by=by,
            kind=kind if kind in ("p", "o") else "",
            ids=tuple(versions),
            versions=versions,
            selection=params.get("selection", ""),
            everything=params.get("all") == "1" and kind in ("p", "o"),
            set_id=read_id(params.get("set", "")),
        )

    @property
    def search(self) -> Selection:
        """The selection of a whole list, as its address says it."""
        return Selection.read(self.kind, params_in(parse_qsl(self.selection)))

    @cached_property
    def fixed(self) -> ChosenSet | None:
        """The set that was announced for a whole list; None if none was, or it is no longer kept."""
        return chosen_sets.announced(self.by, self.set_id, self.kind) if self.everything else None

    @property
    def is_announced(self) -> bool:
        """Whether the action may run: a whole list was shown before it is confirmed."""
        return not self.everything or self.fixed is not None

    def announced(self, reading: bool) -> "Chosen":
        """Keep the records as they are now, for the action that is about to be confirmed.

        Of rows that were ticked, the version that was shown then counts.
        """
        if not self.everything:
            self.versions = {party.pk: self.versions.get(party.pk) or party.version for party in self.parties}
            return self
        return replace(self, set_id=chosen_sets.announce(self.by, self.search, reading=reading).pk)

    @cached_property
    def queryset(self) -> PartyQuerySet:
        """The parties as a queryset."""
        if self.fixed:
            return Party.readable.seen_by(self.by).filter(pk__in=chosen_sets.ids_of(self.fixed))
        if self.everything:
            return self.search.parties(self.by)
        found = Party.readable.seen_by(self.by).filter(pk__in=self.ids)
        return found.filter(kind=self.kind) if self.kind else found

    @cached_property
    def count(self) -> int:
        """The number of parties."""
        if self.fixed:
            return self.fixed.total
        return self.queryset.order_by().count() if self.everything or self.ids else 0

    @cached_property
    def parties(self) -> list[Party]:
        """All of them, by name; only for as many as run at once."""
        return list(self.queryset.order_by("sort_name", "id")) if self.count else []

    @cached_property
    def kinds(self) -> set[str]:
        """The kinds of the parties; if there are none, the kind in the address, or both."""
        if self.everything or (not self.ids and self.kind):
            return {self.kind}
        return set(self.queryset.order_by().values_list("kind", flat=True).distinct()) or {"p", "o"}

    @cached_property
    def single(self) -> Party | None:
        """The party if exactly one is chosen by id, else None."""
        return self.parties[0] if not self.everything and self.count == 1 else None

    @property
    def params(self) -> list[tuple[str, str]]:
        """The same choice as parameters, for hidden fields."""
        kind = [("kind", self.kind)] if self.kind else []
        if self.everything:
            fixed = [("set", str(self.fixed.pk))] if self.fixed else []
            return [*kind, ("all", "1"), ("selection", self.selection), *fixed]
        words = [f"{pk}.{version}" if (version := self.versions.get(pk)) else str(pk) for pk in self.ids]
        return [*kind, *([("ids", ",".join(words))] if words else [])]

    @cached_property
    def query_string(self) -> str:
        """The same choice as a query string."""
        return urlencode(self.params)
