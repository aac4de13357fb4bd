"""An account's layer over a record of the shared directory (A3): create it, and keep it in sync with the record.

A layer is a party of the account. It copies the record's columns and related rows, marked ``from_service``, so that
lists, search, filters and exports treat it like any party; rows without the mark are the account's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from entregent.accounts.jobs import handler
from entregent.accounts.models import Account, Job
from entregent.accounts.scope import everywhere
from entregent.directory.fields.register import FIELDS, short_forms
from entregent.directory.models import Address, Channel, Party, PartySkill, PartyTag, Position
from entregent.directory.parties.cards import LISTS, Card, blank, by_name, card_of, texts_of
from entregent.directory.parties.reading import Record, record
from entregent.directory.parties.shown import shown_of
from entregent.directory.visibility.visibility import PartyQuerySet, Visibility
from entregent.store.locks import hold

KIND = "layers.refresh"
STEP = 100
_OWN = {field.name for field in FIELDS if field.own}
OWN_KEYS = frozenset({*_OWN, "custom", *(short for short, name in short_forms().items() if name in _OWN)})
"""The keys of a card that an account may add to a shared record."""
REPEATED = (
    *dict.fromkeys(name for kind in "po" for name in texts_of(kind) if name not in _OWN),
    "extra", "family_id", "retired_at", "sort_name", "name_key",
)  # fmt: skip
"""Columns that a layer copies and keeps in sync."""
_AT_FIRST = (
    "kind email phone city country organisation_id organisation_name function tag_names sort_organisation "
    "sort_city search_text created_at"
).split()
"""Columns that a layer copies once, when it is created."""
_ROWS: tuple[tuple[type[models.Model], str], ...] = (
    (Channel, "party"),
    (Address, "party"),
    (PartyTag, "party"),
    (PartySkill, "party"),
    (Position, "contact"),
)


def lay(account: Account, user_id: int | None, now: datetime, bases: Sequence[Party]) -> list[Party]:
    """Create a layer over each of these shared records. Call inside a transaction.

    Raises ``IntegrityError`` if someone else creates one at the same time.
    """
    layers = [
        Party(
            account=account,
            base=base,
            created_by_id=user_id,
            updated_at=now,
            last_action_at=now,
            **{name: getattr(base, name) for name in (*REPEATED, *_AT_FIRST)},
        )
        for base in bases
    ]
    Party.objects.bulk_create(layers, batch_size=200)
    _repeat_rows(account, {layer.base_id: layer.pk for layer in layers if layer.base_id})
    return layers


def own_card(found: Record) -> Card:
    """Return the card of a layer without its copied items; for a shared record, with the account's fields blank."""
    card = found.card.copy()
    if not found.party.is_layer:
        nothing = {name: value for name, value in blank(found.party.kind, "").items() if name in OWN_KEYS}
        return card | card_of(nothing | {"status": ""})
    values = by_name(card)
    for name in LISTS:
        values[name] = [item for item in values[name] if not (isinstance(item, dict) and item.get("service"))]
    card["tags"] = [name for name in card["tags"] if name not in found.service_tags]
    if "skills" in card:
        card["skills"] = [name for name in card["skills"] if name not in found.service_skills]
    return card


def nothing_own(layers: PartyQuerySet) -> PartyQuerySet:
    """Filter layers to which the account has added nothing: no value, and no related row of any model.

    Journal entries don't count. The relations are read from the models, so that none is forgotten.
    """
    layers = layers.filter(
        notes="", active=True, status=None, mail_refused_at=None, assigned_to=None, custom={}, binned_at=None,
        visibility=Visibility.EVERYONE,
    )  # fmt: skip
    for relation in Party._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.name == "abouts":
            continue
        model: Any = relation.related_model
        rows = model._default_manager.filter(**{relation.field.name: models.OuterRef("pk")})
        if any(column.name == "from_service" for column in model._meta.fields):
            rows = rows.filter(from_service=False)
        layers = layers.exclude(models.Exists(rows))
    return layers


def repeat(layer: Party, base: Party) -> None:
    """Update a layer from its shared record, without raising its version.

    If the operator has withdrawn the record (put it in the bin or hidden it), the layer keeps its values and is
    marked as retired; only the names of items are updated.
    """
    if base.in_bin or base.visibility != Visibility.EVERYONE:
        Party.objects.filter(pk=layer.pk).update(retired_at=base.retired_at or base.binned_at or base.updated_at)
        show(layer)
        return
    values: dict[str, Any] = {name: getattr(base, name) for name in REPEATED}
    for model, owner in _ROWS:
        model.objects.filter(**{owner: layer}, from_service=True).delete()  # type: ignore[attr-defined]
    _repeat_rows(layer.account, {base.pk: layer.pk})
    Party.objects.filter(pk=layer.pk).update(**values)
    show(layer)


def show(layer: Party) -> None:
    """Recompute the shown columns of a layer from the account's own and the copied rows."""
    found = record(Party.objects.select_related("account").get(pk=layer.pk))
    Party.objects.filter(pk=layer.pk).update(**shown_of(found))


def follow(ids: Iterable[int]) -> None:
    """Queue jobs that update the layers of all accounts over these shared records.

    Waits for transactions that are creating a layer, which lock the record, so that theirs is included.
    """
    bases = set(ids)
    hold(Party, bases, "NO KEY UPDATE")
    with everywhere("a shared record is laid over by many accounts"):
        over = Party.objects.filter(base__in=bases).order_by("account").values_list("account", "base")
        concerned: dict[int, list[int]] = {}
        for account, base in over:
            concerned.setdefault(account, []).append(base)  # type: ignore[arg-type]
        for account, theirs in concerned.items():
            Job.objects.create(account_id=account, kind=KIND, payload={"bases": theirs})


def _repeat_rows(account: Account, layers: dict[int, int]) -> None:
    """Copy the records' rows to their layers: ``layers`` is record id → layer id."""
    mains = set(Position.objects.filter(contact__in=layers.values(), main=True).values_list("contact", flat=True))
    for model, owner in _ROWS:
        copies = []
        for row in model.readable.filter(**{f"{owner}__in": list(layers)}, account=account.reference_id):  # type: ignore[attr-defined]
            row.pk, row._state.adding = None, True
            row.account_id, row.from_service = account.pk, True
            setattr(row, f"{owner}_id", layers[getattr(row, f"{owner}_id")])
            if model is Channel:
                row.exclusive = False
            if model is Position and row.contact_id in mains:
                row.main = False
            if hasattr(row, "rank"):
                row.rank += 100  # after the account's own
            copies.append(row)
        model.objects.bulk_create(copies, batch_size=500, ignore_conflicts=model in (PartyTag, PartySkill))  # type: ignore[attr-defined]


@handler(KIND)
def _refresh(job: Job) -> Iterator[None]:
    bases = job.payload["bases"]
    for start in range(0, len(bases), STEP):
        with transaction.atomic():
            held = Party.objects.select_for_update(of=("self",), no_key=True).select_related("account")
            layers = {layer.base_id: layer for layer in held.filter(base__in=bases[start : start + STEP])}
            for base in Party.readable.filter(pk__in=list(layers)):
                repeat(layers[base.pk], base)
        yield
