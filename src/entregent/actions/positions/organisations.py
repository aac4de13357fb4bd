"""Find or create the organisations that people's cards name (B2)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.parties.saving import Saving
from entregent.directory.items.register import make_missing
from entregent.directory.messages import Invalid, problem_of, refuse
from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import Card, blank, reference
from entregent.directory.parties.cleaning import Cleaner
from entregent.directory.parties.reading import Record
from entregent.directory.positions.held import public, still_held
from entregent.directory.visibility.visibility import Visibility
from entregent.journal.telling import Telling
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line, fold, name_key

Place = dict[str, Any]
Key = tuple[str, str]


class Named(NamedTuple):
    """What a position needs of its organisation; ``public``: everyone sees it, so people's rows may name it."""

    pk: int
    name: str
    public: bool


def resolve(by: Actor, places: Sequence[Place], telling: Telling, known: dict[Key, Named] | None = None) -> None:
    """Set the id and name of each position's organisation; create missing organisations. Raises ``Invalid``.

    An organisation given by id must be visible to ``by``. Otherwise it is found by its code, or without one by its
    name, and its town where both have one. ``known``: the result of ``find_named`` for the same positions, from the
    same transaction.
    """
    by_id = [place for place in places if place["organisation"]]
    _resolve_ids(by, by_id)
    named = [place for place in places if not place["organisation"]]
    if named:
        _resolve_names(by, named, telling, find_named(by, named) if known is None else known)


def _resolve_ids(by: Actor, places: list[Place]) -> None:
    if not places:
        return
    wanted = {place["organisation"] for place in places}
    if not all(isinstance(pk, int) for pk in wanted):
        refuse("organisation", "organisation_unknown")
    found = Party.readable.known_to(by).filter(kind="o").in_bulk(list(wanted))
    for place in places:
        if place["organisation"] not in found:
            refuse("organisation", "organisation_unknown")
        organisation = found[place["organisation"]]
        _settle(place, Named(organisation.root_id, organisation.name, public(organisation)))


def _settle(place: Place, organisation: Named) -> None:
    place["organisation"] = organisation.pk
    place["organisation_name"] = organisation.name
    place["organisation_public"] = organisation.public


def key_of(place: Place) -> Key:
    """Return the key under which two organisations named in a file count as the same: code, or name and town."""
    if place["organisation_code"]:
        return "code", place["organisation_code"]
    return name_key(place["organisation_name"], ""), fold(place["organisation_city"])


def _resolve_names(by: Actor, places: list[Place], telling: Telling, known: dict[Key, Named]) -> None:
    missing: dict[Key, Place] = {}
    for place in places:
        if key_of(place) not in known:
            missing.setdefault(key_of(place), place)
    if missing:
        by.require(Can.WRITE_ORGANISATIONS)
        known |= dict(zip(missing, _make(by, list(missing.values()), telling), strict=True))
    for place in places:
        _settle(place, known[key_of(place)])


def find_named(by: Actor, places: Sequence[Place]) -> dict[Key, Named]:
    """Return the visible organisations that ``places`` name, by ``key_of``. Two queries in all."""
    seen = Party.readable.visible_to(by).filter(kind="o").order_by("id")
    seen = seen.values_list(Coalesce("base", "pk"), "name", "visibility", "code", "name_key", "city")
    codes = {place["organisation_code"] for place in places if place["organisation_code"]}
    names = {name_key(place["organisation_name"], "") for place in places if not place["organisation_code"]}
    known: dict[Key, Named] = {}
    for pk, name, visibility, code, _key, _city in seen.filter(code__among=codes).exclude(code="") if codes else ():
        known[("code", code)] = Named(pk, name, visibility == Visibility.EVERYONE)
    by_name: dict[str, list[tuple[Named, str]]] = {}
    for pk, name, visibility, _code, key, city in seen.filter(name_key__among=names) if names else ():
        by_name.setdefault(key, []).append((Named(pk, name, visibility == Visibility.EVERYONE), fold(city)))
    for key, city in {key_of(place) for place in places if not place["organisation_code"]}:
        same = [named for named, town in by_name.get(key, ()) if not city or not town or town == city]
        if same:
            known[(key, city)] = same[0]
    return known


def _make(by: Actor, places: list[Place], telling: Telling) -> list[Named]:
    cleaner = Cleaner(by.account)
    cleans = [cleaner.clean("o", _card_of(by, place) | {"status": ""}) for place in places]
    ids = Saving(by, telling).add(cleans)
    return [Named(pk, clean.name, True) for pk, clean in zip(ids, cleans, strict=True)]


def _card_of(by: Actor, place: Place) -> Card:
    card = blank("o", by.account.language) | {
        "name": place["organisation_name"],
        "code": place["organisation_code"],
        "emails": [{"value": place["organisation_email"]}],
        "phones": [{"value": place["organisation_phone"]}],
    }
    address = {
        part: place[f"organisation_{part}"] for part in ("street", "postal_code", "city", "province", "country")
    }
    return card | {"addresses": [address]}


def set_main(by: Actor, current: Record, given: dict[str, Any], telling: Telling) -> dict[str, list]:
    """Change a person's main position as a form or patch says; return the changes for the journal.

    Another organisation: the old position is closed and kept (as in E13). Same organisation: its function changes.
    No organisation: the main position is closed. A position that ``by`` can't see is not closed, but is no longer
    the main one.
    """
    main = _main_seen(by, current)
    before = (reference(main.organisation_id, main.organisation.name), main.function) if main else ("", "")
    wanted = _wanted(by, main, given, telling)
    if wanted is None:
        return {}
    target, function = wanted
    make_missing(by.account, "functions", [function])
    if main and target and main.organisation_id == target["organisation"]:
        main.function, main.function_key = function, fold(function)[:150]
        main.save(update_fields=["function", "function_key"])
    else:
        if main:
            close(main, telling)
        if target is None:
            keep_a_main(current.party, telling.today)
        else:
            opened = _open(by, current, target["organisation"], function, telling)
            current.positions.insert(0, opened)
    after = (reference(target["organisation"], target["organisation_name"]), function) if target else ("", "")
    pairs = zip(("organisation", "function"), before, after, strict=True)
    return {name: [old, new] for name, old, new in pairs if old != new}


def _main_seen(by: Actor, current: Record) -> Position | None:
    """Return the main position if ``by`` may see its organisation, else None."""
    main = next((position for position in current.positions if position.main), None)
    if main is None or public(main.organisation):
        return main
    return main if Party.readable.known_to(by).filter(pk=main.organisation_id).exists() else None


def _wanted(
    by: Actor, main: Position | None, given: dict[str, Any], telling: Telling
) -> tuple[Place | None, str] | None:
    """Return the requested main position (None to close it) and its function; None if it is the present one."""
    try:
        function = clean_line(str(given.get("function", main.function if main else "") or ""), 150)
    except Bad as bad:
        raise Invalid([problem_of("function", bad)]) from bad
    names_one = "organisation" in given or "organisation_name" in given
    if not names_one:
        if main is None or function == main.function:
            return None
        return {"organisation": main.organisation_id, "organisation_name": main.organisation.name}, function
    target = Cleaner(by.account).place(given)
    if target is None:
        return (None, "") if main else None
    resolve(by, [target], telling)
    if main and main.organisation_id == target["organisation"] and main.function == function:
        return None
    return target, function


def _open(by: Actor, current: Record, organisation: int, function: str, telling: Telling) -> Position:
    """Create a main position. A closed one in the same organisation is not reopened: people may come back."""
    Position.objects.filter(contact=current.party, main=True).update(main=False)
    return Position.objects.create(
        account=by.account,
        contact=current.party,
        organisation=Party.readable.get(pk=organisation),
        function=function,
        function_key=fold(function)[:150],
        main=True,
    )


def close(position: Position, telling: Telling) -> None:
    """End a position today; it is kept, no longer as the main one."""
    position.main = False
    if still_held(position.until, telling.today):
        position.until = max(telling.today, position.since) if position.since else telling.today
    position.save(update_fields=["main", "until"])


def keep_a_main(contact: Party, today: date) -> None:
    """Make the oldest current position the main one if none is: exports and the API show only the main one."""
    places = Position.objects.filter(contact=contact)
    if places.filter(main=True).exists():
        return
    held = places.filter(Q(until=None) | Q(until__gt=today)).order_by("pk").first()
    if held:
        held.main = True
        held.save(update_fields=["main"])
