"""A person's positions in organisations («fiche contact/organisme»): attach, change, detach, delete."""

from collections.abc import Callable
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, one_or_layer, twice_in_a_race
from entregent.directory.items.register import make_missing
from entregent.directory.messages import Invalid, problem_of, refuse
from entregent.directory.models import Party, Position
from entregent.directory.parties.cards import reference
from entregent.directory.parties.cleaning import Cleaner
from entregent.directory.parties.reading import record
from entregent.directory.parties.shown import shown_of
from entregent.directory.parties.writing import Writer, phone_key
from entregent.directory.positions.held import public, still_held
from entregent.journal.deeds import ATTACHED, DETACHED, POSITION_CHANGED, POSITION_DELETED
from entregent.journal.telling import Telling
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line, fold

from .organisations import close, keep_a_main, resolve


@twice_in_a_race
def attach(by: Actor, contact: Party, given: dict[str, Any]) -> Position:
    """Add a position of a person in an organisation (A1, B1).

    ``given``: ``organisation`` (id) or ``organisation_name``, ``function since until main email phone``. The
    first current position is the main one. Raises ``Invalid``, ``PermissionDenied``.
    """
    with act(by, ATTACHED, Can.WRITE_CONTACTS) as telling:
        contact = one_or_layer(by, contact, telling.at)
        values = _cleaned(by, given, telling)
        _refuse_twice(contact, values)
        current = still_held(values["until"], telling.today)
        mains = Position.objects.filter(contact=contact, main=True)
        values["main"] = current and (bool(given.get("main")) or not mains.exists())
        if values["main"]:
            mains.update(main=False)
        position = Position.objects.create(account=by.account, contact=contact, **values)
        _tell(by, telling, position, {"organisation": ["", _named(position)], "function": ["", position.function]})
    return position


@twice_in_a_race
def change(by: Actor, position: Position, given: dict[str, Any]) -> Position:
    """Change a position's function, dates, e-mail, phone or rank, but not its organisation. Raises ``Invalid``."""
    with act(by, POSITION_CHANGED, Can.WRITE_CONTACTS) as telling:
        position = _held(by, position) or refuse("", "gone")
        before = _plain(position)
        merged = before | given | {"organisation": position.organisation_id}
        merged.pop("organisation_name", None)
        values = _cleaned(by, merged, telling, known=position.organisation, held=before)
        ended = not still_held(values["until"], telling.today)
        main = bool(merged.get("main")) and not ended
        if main and not position.main:
            Position.objects.filter(contact=position.contact_id, main=True).update(main=False)
        for name, value in (values | {"main": main}).items():
            setattr(position, name, value)
        after = _plain(position)
        differences = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
        if differences:
            position.save()
            if ended:
                keep_a_main(position.contact, telling.today)
            _tell(by, telling, position, differences)
    return position


@twice_in_a_race
def detach(by: Actor, position: Position) -> Position:
    """End a position today and keep it as a former one. Does nothing if it has ended or is deleted."""
    with act(by, DETACHED, Can.WRITE_CONTACTS) as telling:
        held = _held(by, position)
        if held is None or not still_held(held.until, telling.today):
            return held or position
        before = _plain(held)["until"]
        close(held, telling)
        keep_a_main(held.contact, telling.today)
        _tell(by, telling, held, {"until": [before, str(held.until)]})
    return held


@twice_in_a_race
def delete(by: Actor, position: Position) -> None:
    """Delete a position, not the person or the organisation (A2). Does nothing if it is deleted already."""
    with act(by, POSITION_DELETED, Can.WRITE_CONTACTS) as telling:
        held = _held(by, position)
        if held is None:
            return
        position = held
        before = {name: [value, ""] for name, value in _plain(position).items() if value and name != "main"}
        before["organisation"] = [_named(position), before.pop("organisation_name")[1]]
        position.delete()
        keep_a_main(position.contact, telling.today)
        _tell(by, telling, position, before)


def _held(by: Actor, position: Position) -> Position | None:
    """Reread a position and lock its person and organisation; None if it is deleted."""
    if position.of_service:
        refuse("", "service_record")
    ends = _ends([position.contact_id, position.organisation_id])
    held = Position.objects.filter(pk=position.pk).first()
    if held:
        held.contact, held.organisation = ends[held.contact_id], ends[held.organisation_id]
    return held


def _ends(ids: list[int]) -> dict[int, Party]:
    """Return the person and the organisation of a position by id, locked unless they are shared records."""
    mine = Party.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    ends = {party.pk: party for party in mine}
    missing = [pk for pk in ids if pk not in ends]
    return ends | {party.pk: party for party in Party.readable.filter(pk__in=missing)} if missing else ends


def _named(position: Position) -> dict[str, Any]:
    return reference(position.organisation_id, position.organisation.name)


def _plain(position: Position) -> dict[str, Any]:
    """Return a position as plain data, for forms, the API and the journal."""
    return {
        "organisation_name": position.organisation.name,
        "function": position.function,
        "since": position.since.isoformat() if position.since else "",
        "until": position.until.isoformat() if position.until else "",
        "main": position.main,
        "email": position.email,
        "phone": position.phone,
    }


def _organisation(pk: int) -> Party:
    found = _ends([pk]).get(pk)
    if found is None:
        refuse("organisation", "organisation_unknown")
    return found


def _cleaned(
    by: Actor,
    given: dict[str, Any],
    telling: Telling,
    known: Party | None = None,
    held: dict[str, Any] | None = None,
) -> dict[str, Any]:
    place = Cleaner(by.account).place(given, held) if held else Cleaner(by.account).place(given)
    if place is None:
        refuse("organisation", "required")
    if known is None:
        resolve(by, [place], telling)
    email = _checked("email", lambda text: parse_email(text).value, given)
    phone = _checked("phone", lambda text: clean_line(text, 60), given)
    make_missing(by.account, "functions", [place["function"]])
    return {
        "organisation": known or _organisation(place["organisation"]),
        "function": place["function"],
        "function_key": fold(place["function"])[:150],
        "since": place["since"],
        "until": place["until"],
        "email": email,
        "phone": phone,
        "phone_key": phone_key(phone, by.account.country) if phone else "",
    }


def _checked(name: str, check: Callable[[str], str], given: dict[str, Any]) -> str:
    try:
        return check(str(given[name])) if given.get(name) else ""
    except Bad as bad:
        raise Invalid([problem_of(name, bad)]) from bad


def _refuse_twice(contact: Party, values: dict[str, Any]) -> None:
    alike = {name: values[name] for name in ("organisation", "function_key", "since", "until")}
    if Position.objects.filter(contact=contact, **alike).exists():
        refuse("organisation", "position_exists")


def _tell(by: Actor, telling: Telling, position: Position, differences: dict[str, list]) -> None:
    """Record the changes of a position on its (locked) person and organisation, and update the person's row.

    If not everyone sees the organisation, the changes are recorded on it only, not on the person (B3).
    """
    contact, organisation = position.contact, position.organisation
    seen_by_all = public(organisation)
    Writer(by.account, by.user_id, telling.at).touch(contact, shown_of(record(contact)))
    telling.tell(contact, differences if seen_by_all else {})
    telling.tell(organisation, {} if seen_by_all else differences)
