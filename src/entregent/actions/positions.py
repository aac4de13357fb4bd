"""A person's places in organisations («fiche contact/organisme»): attach, change, detach, delete."""

from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.directory.cards import blank, reference
from entregent.directory.cleaning import Cleaner
from entregent.directory.messages import Invalid, Problem
from entregent.directory.models import Party, Position
from entregent.directory.reading import record
from entregent.directory.writing import Writer, phone_key, public, still_held
from entregent.journal.deeds import Deed
from entregent.journal.telling import Telling
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line, fold

from .frame import act, fresh_one
from .organisations import close, resolve
from .refreshing import shown_of


def attach(by: Actor, contact: Party, given: dict[str, Any]) -> Position:
    """Give a person a place in an organisation (A1, B1).

    ``given``: ``organisation`` (id) or ``organisation_name``, ``function since until main email phone``. The
    first current place is the main one. Raises ``Invalid``, ``PermissionDenied``.
    """
    with act(by, Deed.ATTACHED, Can.WRITE_CONTACTS) as telling:
        values = _cleaned(by, given, telling)
        _refuse_twice(contact, values)
        current = still_held(values["until"], telling.at.date())
        mains = Position.objects.filter(contact=contact, main=True)
        values["main"] = current and (bool(given.get("main")) or not mains.exists())
        if values["main"]:
            mains.update(main=False)
        position = Position.objects.create(account=by.account, contact=contact, **values)
        _tell(by, telling, position, {"organisation": ["", _named(position)], "function": ["", position.function]})
    return position


def change(by: Actor, position: Position, given: dict[str, Any]) -> Position:
    """Change a place's function, dates, e-mail, phone or rank; the organisation stays. Raises ``Invalid``."""
    with act(by, Deed.POSITION_CHANGED, Can.WRITE_CONTACTS) as telling:
        before = _plain(position)
        merged = before | given | {"organisation": position.organisation_id}
        merged.pop("organisation_name", None)
        values = _cleaned(by, merged, telling, known=position.organisation)
        ended = not still_held(values["until"], telling.at.date())
        main = bool(merged.get("main")) and not ended
        if main and not position.main:
            Position.objects.filter(contact=position.contact_id, main=True).update(main=False)
        for name, value in (values | {"main": main}).items():
            setattr(position, name, value)
        after = _plain(position)
        differences = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
        if differences:
            position.save()
            _tell(by, telling, position, differences)
    return position


def detach(by: Actor, position: Position) -> Position:
    """End a place today. It is kept among the former ones."""
    with act(by, Deed.DETACHED, Can.WRITE_CONTACTS) as telling:
        close(position, telling)
        _tell(by, telling, position, {"until": ["", position.until.isoformat() if position.until else ""]})
    return position


def delete(by: Actor, position: Position) -> None:
    """Delete a place; the person and the organisation stay (A2)."""
    with act(by, Deed.POSITION_DELETED, Can.WRITE_CONTACTS) as telling:
        before = {name: [value, ""] for name, value in _plain(position).items() if value and name != "main"}
        before["organisation"] = [_named(position), before.pop("organisation_name")[1]]
        contact, organisation = position.contact, position.organisation
        position.delete()
        _tell_both(by, telling, contact, organisation, before)


def _named(position: Position) -> dict[str, Any]:
    return reference(position.organisation_id, position.organisation.name)


def _plain(position: Position) -> dict[str, Any]:
    """A place as forms, the API and the journal show it."""
    return {
        "organisation_name": position.organisation.name,
        "function": position.function,
        "since": position.since.isoformat() if position.since else "",
        "until": position.until.isoformat() if position.until else "",
        "main": position.main,
        "email": position.email,
        "phone": position.phone,
    }


def _cleaned(by: Actor, given: dict[str, Any], telling: Telling, known: Party | None = None) -> dict[str, Any]:
    card = blank("p", by.account.language) | {"last_name": "x", "first_name": "x", "positions": [given]}
    clean = Cleaner(by.account).clean("p", card)
    if not clean.positions:
        raise Invalid([Problem("organisation", "required")])
    if known is None:
        resolve(by, [clean], telling)
    place = clean.positions[0]
    try:
        email = parse_email(given["email"]).value if given.get("email") else ""
    except Bad as bad:
        raise Invalid([Problem("email", bad.code, bad.params)]) from bad
    phone = clean_line(str(given.get("phone") or ""), 60)
    return {
        "organisation": known or Party.objects.get(pk=place["organisation"]),
        "function": place["function"],
        "function_key": fold(place["function"])[:150],
        "since": place["since"],
        "until": place["until"],
        "email": email,
        "phone": phone,
        "phone_key": phone_key(phone, by.account.country) if phone else "",
    }


def _refuse_twice(contact: Party, values: dict[str, Any]) -> None:
    same = Position.objects.filter(
        contact=contact,
        organisation=values["organisation"],
        function_key=values["function_key"],
        since=values["since"],
        until=values["until"],
    )
    if same.exists():
        raise Invalid([Problem("organisation", "position_exists")])


def _tell(by: Actor, telling: Telling, position: Position, differences: dict[str, list]) -> None:
    _tell_both(by, telling, position.contact, position.organisation, differences)


def _tell_both(
    by: Actor, telling: Telling, contact: Party, organisation: Party, differences: dict[str, list]
) -> None:
    """Tell of the place on both its ends, and let the person's row show it.

    What was done at an organisation that not everyone sees is written on it, not on the person (B3).
    """
    seen_by_all = public(organisation)
    contact = fresh_one(contact)
    Writer(by.account, by.user_id, telling.at).touch(contact, shown_of(record(contact)))
    telling.tell(contact, differences if seen_by_all else {})
    telling.tell(Party.objects.get(pk=organisation.pk), {} if seen_by_all else differences)
