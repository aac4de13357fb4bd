"""`/tags`: the labels in use. The actions `tag` and `untag` put them on and off, and so does a record's `tags`."""

from ninja import Field, Query, Router, Schema

from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.directory import models
from entregent.directory.models import Party, PartyTag
from entregent.directory.pages import Order
from entregent.kernel.text import fold

from .listing import page
from .problems import READING
from .schemas import PageFilters

router = Router(tags=["tags"])
BY_KEY = Order(("key", "id"))


class Tag(Schema):
    """A label."""

    id: int
    name: str


class TagList(Schema):
    """A page of labels, in alphabetical order."""

    items: list[Tag]
    next: str | None
    count: int | None


class TagFilters(PageFilters):
    """The filter of the list of labels."""

    q: str = Field("", max_length=60, description="How the name begins, anyhow typed.")


@router.get("", response={200: TagList, **READING}, operation_id="list_tags")
def list_tags(request: Request, asked: Query[TagFilters]):
    """Tags on a record that one may see: a tag of hidden records alone would tell of them."""
    request.by.require(Can.READ_CONTACTS)
    seen = PartyTag.readable.filter(party__in=Party.readable.visible_to(request.by).values("pk"))
    found = models.Tag.readable.filter(pk__in=seen.values("tag"), key__startswith=fold(asked.q))
    rows, after = page(request, found, BY_KEY, asked)
    return {"items": [{"id": tag.pk, "name": tag.name} for tag in rows], "next": after, "count": found.count()}
