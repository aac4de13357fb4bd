"""What contacts and organisations have in common: find, list, add, change and delete records."""

from datetime import date
from typing import Any

from django.db.models import F
from django.http import Http404, HttpResponse
from ninja import Schema, Status

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.accounts.request import Request
from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.directory.fields.field import Door, Field
from entregent.directory.fields.field_types import ADDRESS_PARTS, Addresses, Ways
from entregent.directory.fields.register import CUSTOM, fields_of
from entregent.directory.kinds import KINDS
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, card_of
from entregent.directory.parties.reading import record
from entregent.directory.positions.places import visible_places
from entregent.directory.selections.asking import problems_of
from entregent.directory.selections.register import CONDITIONS
from entregent.directory.selections.selections import Selection
from entregent.directory.visibility.visibility import PartyQuerySet
from entregent.store.pages import capped_count

from .filters import PartyFilters
from .listing import cursor_of, next_of, refuse_unknown
from .record_schemas import AsRead
from .showing import shown

MOST_COUNTED = 10_000
"""Lists count up to this number of records."""


def find(by: Actor, kind: str, pk: int, in_bin: bool = False) -> Party:
    """Return the record of an id; 404 if there is none, or `by` may not see it (B3)."""
    seen = Party.readable.seen_by(by) if in_bin else Party.readable.visible_to(by)
    party = seen.with_id(pk).filter(kind=kind).order_by(F("base").asc(nulls_last=True)).first()
    if party is None:
        raise Http404
    return party


def chosen_of(seen: PartyQuerySet, given: Any) -> list[Party]:
    """Return the records whose ids a body gives, by kind; 404 if one of them is not among those ``seen``."""
    chosen: list[Party] = []
    for kind in KINDS.values():
        ids = dict.fromkeys(getattr(given, kind.many))
        found = seen.filter(kind=kind.letter).in_bulk(ids)
        if len(found) < len(ids):
            raise Http404
        chosen += [found[pk] for pk in ids]
    if not chosen:
        raise Invalid([Problem("contacts", "required")])
    return chosen


def page(request: Request, kind: str, asked: PartyFilters) -> dict[str, Any]:
    """Return a page of records, for `ContactList` and `OrganisationList`."""
    by = request.by
    by.require(Can.READ_CONTACTS)
    refuse_unknown(request, asked)
    selection = _selection(request, kind, asked)
    rows = selection.page(by, cursor_of(request, asked), size=asked.limit)
    if problems := selection.problems_for(by):  # what only a search tells: it names a list or a field unknown to them
        raise Invalid(list(problems))
    count, more = selection.count(by)
    if more:
        count, more = capped_count(selection.parties(by), MOST_COUNTED)
    return {"items": shown(by, rows.rows), "next": next_of(request, rows), "count": None if more else count}


def _selection(request: Request, kind: str, asked: PartyFilters) -> Selection:
    """Return the selection for a request. Raises `Invalid` for conditions that can't be read."""
    given = asked.model_dump(exclude_unset=True, exclude={"limit", "cursor"})
    own = {name: str(request.GET[name]).strip() for name in request.GET if name.startswith(CUSTOM)}
    params = {name: _in_address(value) for name, value in given.items()} | own
    selection = Selection.read(kind, params)
    empty = [Problem(name, "required") for name in CONDITIONS if name in params and not params[name].strip()]
    if problems := [*empty, *selection.problems, *problems_of(own, request.by)]:
        raise Invalid(problems)
    return selection


def _in_address(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def read(request: Request, kind: str, pk: int, response: HttpResponse) -> dict[str, Any]:
    """Return one record, with its version as ETag."""
    request.by.require(Can.READ_CONTACTS)
    return answer(request.by, find(request.by, kind, pk), response)


def answer(by: Actor, party: Party, response: HttpResponse) -> dict[str, Any]:
    """Return a record as a response, with its version as ETag."""
    response["ETag"] = f'"{party.version}"'
    return shown(by, [party])[0]


def created(request: Request, kind: str, given: Schema, response: HttpResponse) -> Status:
    """Add a record from a validated body."""
    party = parties.create(request.by, kind, _card(kind, given))
    response["Location"] = f"{request.path.rstrip('/')}/{party.pk}"
    warnings = [{"code": remark.code, "message": remark.message} for remark in party.remarks]
    return Status(201, {**answer(request.by, party, response), "warnings": warnings})


def change(request: Request, kind: str, pk: int, given: Schema, response: HttpResponse) -> dict[str, Any]:
    """Change the given fields; the version read is in `If-Match` or in the body."""
    party = find(request.by, kind, pk)
    _refuse_other(party, given)
    version = _version(request, given)
    card = _without_hidden_place(request.by, party, _card(kind, given, party.of_service))
    return answer(request.by, parties.update(request.by, party, card, version), response)


def _refuse_other(party: Party, given: Any) -> None:
    """Raise ``Invalid`` for what a client sends back otherwise than it reads, and can't change."""
    asked = given.model_dump(exclude_unset=True, include={"id", "service", "created_at"})
    created = party.created_at.replace(microsecond=party.created_at.microsecond // 1000 * 1000)  # as JSON tells it
    held = {"id": party.pk, "service": party.of_service, "created_at": created}
    if problems := [Problem(name, "read_only") for name, value in asked.items() if value != held[name]]:
        raise Invalid(problems)


def deleted(request: Request, kind: str, pk: int, permanent: bool) -> Status:
    """Put a record in the bin; `permanent`: delete it for good, in the bin or not, if the role allows it.

    With the version read in `If-Match`, a record that was changed since stays.
    """
    party = find(request.by, kind, pk, in_bin=permanent)
    version = _matched(request)
    versions = None if version is None else {party.pk: version}
    (bin_actions.purge if permanent else bin_actions.delete)(request.by, [party], versions)
    return Status(204, None)


def _version(request: Request, given: Any) -> int | None:
    read = _matched(request)
    return given.version if read is None else read


def _matched(request: Request) -> int | None:
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return None
    word = header.removeprefix("W/").strip('"')
    if not (word.isascii() and word.isdecimal()) or len(word) > 9:
        raise Invalid([Problem("If-Match", "shape")])
    return int(word)


def _card(kind: str, given: Schema, of_service: bool = False) -> Card:
    """Return a body as a card: omitted fields are absent, null becomes an empty value. Raises ``Invalid``.

    ``of_service``: for a shared record; list items maintained by the operator are left out, and stay unchanged.
    """
    card: dict[str, Any] = given.model_dump(exclude_unset=True, exclude={*AsRead.model_fields})
    problems = []
    for field in fields_of(kind, door=Door.API):
        if isinstance(field.type, Ways | Addresses):
            problems += _several(card, field.name, field.type.short, of_service)
        elif field.name in card:
            card[field.name] = _value(field, card[field.name])
    if problems:
        raise Invalid(problems)
    return card_of({name: _EMPTIED.get(name, "") if value is None else value for name, value in card.items()})


_EMPTIED: dict[str, Any] = {"address": dict.fromkeys(ADDRESS_PARTS, ""), "assigned_to": None}
"""Field → the value that null stands for, if not an empty text."""


def _value(field: Field, value: Any) -> Any:
    if field.type.several:
        return value or []
    return value.isoformat() if isinstance(value, date) else value


def _says_the_same(short: Any, items: list[dict[str, Any]]) -> bool:
    """Whether a short form equals the main item of its list: clients that send back what they read give both."""
    first = next((item for item in items if item.get("main")), items[0] if items else {})
    if not isinstance(short, dict):
        return (short or "") == (first.get("value") or "")
    return all((short.get(part) or "") == (first.get(part) or "") for part in ADDRESS_PARTS)


def _several(card: dict[str, Any], name: str, main: str, of_service: bool) -> list[Problem]:
    """Put a list in the order of cards, the main item first; return its problems."""
    if name not in card:
        return []
    items = [item for item in card[name] or [] if not (of_service and item.get("service"))]
    if sum(bool(item.get("main")) for item in items) > 1:
        return [Problem(name, "main_once")]
    if main in card and not _says_the_same(card.pop(main), card[name] or []):
        return [Problem(name, "both_forms", {"short": main, "list": name})]
    items.sort(key=lambda item: not item.get("main"))
    card[name] = [{key: value for key, value in item.items() if key not in ("main", "service")} for item in items]
    return []


def _without_hidden_place(by: Actor, party: Party, card: Card) -> Card:
    """Leave out `organisation` and `function` sent back as null if the main position is hidden from `by`."""
    if card.get("organisation") or not {"organisation", "function"} & card.keys():
        return card
    if visible_places(by, [record(party)]):
        return card
    return card_of({name: value for name, value in card.items() if name not in ("organisation", "function")})
