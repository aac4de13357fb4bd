"""What uses an item of a reference list: contacts, organisations, lists. Read to count, name and replace uses."""

from dataclasses import dataclass, field

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from entregent.accounts.actor import Actor
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import ContactList, Party, PartySkill, PartyTag, Position
from entregent.store.pages import Counted

USES_COUNTED = 1000
"""At most this many uses of an item are counted; beyond, only that there are more."""


@dataclass(frozen=True)
class Use:
    """Where the items of one list are used.

    ``rows``: the model whose ``column`` refers to the item; ``names``: the item's field that it holds, ``pk`` or
    ``key``; ``thing``: the path from a row to the party that uses the item, ``""`` for the row itself; ``kinds``:
    letters of the kinds of parties that may use it; ``of_service``: rows copied from a shared record, which an
    account can't change.
    """

    rows: type[Model]
    column: str
    names: str = "pk"
    thing: str = ""
    kinds: str = "po"
    of_service: Q = field(default_factory=lambda: Q(from_service=True))

    def seen(self, by: Actor) -> QuerySet:
        """The rows of things that ``by`` may see, shared records included."""
        return self._seen_among(by, self.rows_read())

    def known(self, by: Actor) -> QuerySet:
        """The rows of things that ``by`` may see, the bin and shared records included."""
        return self._seen_among(by, self.rows_read(), in_bin=True)

    def rows_read(self) -> QuerySet:
        """All rows, shared records included."""
        return (self.rows.readable if hasattr(self.rows, "readable") else self.rows.objects).all()  # type: ignore[attr-defined]

    def own(self) -> QuerySet:
        """The account's own rows, which change with the item. Includes hidden records and the bin."""
        return self.rows.objects.exclude(self.of_service)  # type: ignore[attr-defined]

    def repeated(self) -> QuerySet:
        """The rows of layers that are copied from a shared record."""
        return self.rows.objects.filter(self.of_service)  # type: ignore[attr-defined]

    def own_seen(self, by: Actor) -> QuerySet:
        """The account's own rows of things that ``by`` may see."""
        return self._seen_among(by, self.own())

    def of_an_item(self, rows: QuerySet) -> QuerySet:
        """Filter ``rows`` by the item of the outer query."""
        return rows.filter(**{self.column: OuterRef(self.names)})

    def of(self, rows: QuerySet, item: Model) -> QuerySet:
        """Filter ``rows`` by one item."""
        return rows.filter(**{self.column: getattr(item, self.names)})

    def counts(self, by: Actor) -> dict[str, Subquery]:
        """Annotations for a query of items: kind → number of uses that ``by`` may see, up to ``USES_COUNTED`` + 1."""
        rows = self.of_an_item(self.seen(by)).order_by()
        if self.rows is ContactList:
            return {"list": Counted(rows.values("pk")[: USES_COUNTED + 1])}
        kind = f"{self.thing}__kind" if self.thing else "kind"
        return {
            each: Counted(rows.filter(**{kind: each}).values(self.thing or "pk").distinct()[: USES_COUNTED + 1])
            for each in self.kinds
        }

    def things(self, by: Actor, item: Model) -> QuerySet:
        """What uses an item through the account's own rows, among what ``by`` may see, in order."""
        rows = self.of(self.own_seen(by), item)
        if self.rows is ContactList:
            return rows.order_by("key", "pk")
        return Party.objects.filter(pk__in=rows.values(self.thing or "pk")).order_by("sort_name", "pk")

    def _seen_among(self, by: Actor, rows: QuerySet, in_bin: bool = False) -> QuerySet:
        if self.rows is Party:
            return rows.seen_by(by) if in_bin else rows.visible_to(by)  # type: ignore[attr-defined]
        if self.rows is ContactList:
            return rows.filter(pk__in=seen_lists(by).values("pk"))
        # EXISTS, since IN would first collect the ids of all visible parties.
        parties = Party.readable.seen_by(by) if in_bin else Party.readable.visible_to(by)
        rows = rows.filter(parties.at(self.thing))
        if self.rows is Position:
            rows = rows.filter((parties if in_bin else Party.readable.known_to(by)).at("organisation"))
        return rows


USES: dict[str, Use] = {
    "categories": Use(ContactList, "category", of_service=Q(pk=None)),
    "functions": Use(Position, "function_key", "key", "contact", "p"),
    "skills": Use(PartySkill, "skill", thing="party", kinds="p"),
    "families": Use(Party, "family", kinds="o", of_service=Q(base__isnull=False)),
    "statuses": Use(Party, "status", of_service=Q(pk=None)),
    "tags": Use(PartyTag, "tag", thing="party"),
}
"""List → where its items are used."""
