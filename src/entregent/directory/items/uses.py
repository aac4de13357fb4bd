"""What uses an item of a reference list: contacts, organisations, lists. Counted, named and replaced from here."""

from dataclasses import dataclass, field

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from entregent.accounts.actor import Actor
from entregent.directory.lists.reach import seen_lists
from entregent.directory.models import ContactList, Party, PartySkill, PartyTag, Position
from entregent.store.pages import Counted

COUNTED = 1000
"""So many uses of an item are counted; of more it is said that there are more."""


@dataclass(frozen=True)
class Use:
    """Where the items of one list are used.

    ``rows``: the model whose ``column`` holds the item's ``names`` (its id, or its key); ``thing``: the path from
    there to what is said to use it, ``""`` for the row itself; ``kinds``: of parties that may use it;
    ``of_service``: rows that repeat a shared record's, which an account doesn't change.
    """

    rows: type[Model]
    column: str
    names: str = "pk"
    thing: str = ""
    kinds: str = "po"
    of_service: Q = field(default_factory=lambda: Q(from_service=True))

    def seen(self, by: Actor) -> QuerySet:
        """The rows by which things that ``by`` may see use items, the shared directory's counted in."""
        return self._seen_among(by, self.rows.readable if hasattr(self.rows, "readable") else self.rows.objects)  # type: ignore[attr-defined]

    def own(self) -> QuerySet:
        """The rows that follow when an item is renamed or replaced: the account's, hidden ones and the bin too."""
        return self.rows.objects.exclude(self.of_service)  # type: ignore[attr-defined]

    def repeated(self) -> QuerySet:
        """The rows of layers that repeat a shared record's use of items."""
        return self.rows.objects.filter(self.of_service)  # type: ignore[attr-defined]

    def own_seen(self, by: Actor) -> QuerySet:
        """Those of them that ``by`` may see."""
        return self._seen_among(by, self.own())

    def of_an_item(self, rows: QuerySet) -> QuerySet:
        """``rows`` of the item of the query around."""
        return rows.filter(**{self.column: OuterRef(self.names)})

    def of(self, rows: QuerySet, item: Model) -> QuerySet:
        """``rows`` of one item."""
        return rows.filter(**{self.column: getattr(item, self.names)})

    def counts(self, by: Actor) -> dict[str, Subquery]:
        """Annotations for a query over the items: kind → how many that ``by`` may see use it, to ``COUNTED`` + 1."""
        rows = self.of_an_item(self.seen(by)).order_by()
        if self.rows is ContactList:
            return {"list": Counted(rows.values("pk")[: COUNTED + 1])}
        kind = f"{self.thing}__kind" if self.thing else "kind"
        return {
            each: Counted(rows.filter(**{kind: each}).values(self.thing or "pk").distinct()[: COUNTED + 1])
            for each in self.kinds
        }

    def things(self, by: Actor, item: Model) -> QuerySet:
        """What uses an item by the account's own rows, and ``by`` may see."""
        rows = self.of(self.own_seen(by), item)
        if self.rows is ContactList:
            return rows.order_by("key", "pk")
        return Party.objects.filter(pk__in=rows.values(self.thing or "pk")).order_by("sort_name", "pk")

    def _seen_among(self, by: Actor, rows: QuerySet) -> QuerySet:
        if self.rows is Party:
            return rows.visible_to(by)  # type: ignore[attr-defined]
        if self.rows is ContactList:
            return rows.filter(pk__in=seen_lists(by).values("pk"))
        # EXISTS, since an IN would first fetch the ids of everyone that may be seen.
        rows = rows.filter(Exists(Party.readable.visible_to(by).filter(pk=OuterRef(self.thing))))
        if self.rows is Position:
            rows = rows.filter(Exists(Party.readable.known_to(by).filter(pk=OuterRef("organisation"))))
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
