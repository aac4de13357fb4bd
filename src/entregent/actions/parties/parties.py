"""Adding and changing contacts and organisations: the same for a form, an import, the API and the command line."""

from collections.abc import Sequence
from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.frame import Conflict, act, fresh_one, twice_in_a_race
from entregent.actions.kinds import WRITE
from entregent.actions.layers import layers
from entregent.actions.positions.organisations import place, resolve
from entregent.actions.standing.standing import settle
from entregent.directory.messages import Invalid
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, blank, changes, merged, plain, reference
from entregent.directory.parties.cleaning import Clean, Cleaner, tag_key
from entregent.directory.parties.reading import record
from entregent.directory.parties.writing import Writer
from entregent.directory.positions.held import held_by
from entregent.journal.deeds import CHANGED, CREATED
from entregent.journal.telling import Telling

from .checks import check_emails, check_tags, check_visibility
from .custom import check_custom
from .refreshing import refresh_people
from .resembling import remarks


@twice_in_a_race
def create(by: Actor, kind: str, card: Card) -> Party:
    """Add a person (``"p"``) or an organisation (``"o"``) from a card, short forms included (B2, D1, E5).

    ``organisation`` (id) or ``organisation_name`` (made on the spot if new) with ``function`` give a person
    their main position. ``remarks`` of the party say what its author should know. Raises ``Invalid`` with every
    problem, ``PermissionDenied``.
    """
    with act(by, CREATED, WRITE[kind]) as telling:
        clean = prepare(by, kind, card)
        problems = check_emails(by, [clean])[0] + check_visibility(clean.visibility) + check_tags(by, clean)
        problems += settle(by, [clean])[0] + check_custom(by, clean)
        if problems:
            raise Invalid(problems)
        resolve(by, clean.positions, telling)
        pk = add(by, [clean], telling)[0]
        party = Party.objects.get(pk=pk)
        party.remarks = remarks(by, clean)
    return party


def blank_for(by: Actor, kind: str) -> Card:
    """The card that an addition of ``by`` begins with: seen by whom they usually choose (B3)."""
    card = blank(kind, by.account.language)
    return card | {"visibility": by.visibility} if by.visibility else card


def prepare(by: Actor, kind: str, card: Card) -> Clean:
    """A new party's card, cleaned: no question to the database. Raises ``Invalid``."""
    full = merged(blank_for(by, kind), card)
    place_given = {key: full.pop(key, None) for key in ("organisation", "organisation_name", "function")}
    if kind == "p" and (place_given["organisation"] or place_given["organisation_name"]):
        full["positions"] = [place_given, *(full.get("positions") or [])]
    return Cleaner(by.account).clean(kind, full)


def add(by: Actor, cleans: Sequence[Clean], telling: Telling, extras: Sequence[dict] = ()) -> list[int]:
    """Write checked new parties and tell of each. Returns their ids. For ``create`` and for imports."""
    ids = Writer(by.account, by.user_id, telling.at).create(cleans, extras)
    told = [
        (pk, clean.name, 1, changes({}, plain(clean.card()) | told_place(clean)))
        for pk, clean in zip(ids, cleans, strict=True)
    ]
    telling.tell_many(told, CREATED)
    return ids


def told_place(clean: Clean) -> dict[str, Any]:
    """The main position as the journal names it."""
    if not clean.positions:
        return {}
    main = clean.positions[0]
    return {"organisation": reference(main["organisation"], main["organisation_name"]), "function": main["function"]}


@twice_in_a_race
def update(by: Actor, party: Party, patch: Card, version: int | None = None) -> Party:
    """Change what ``patch`` names and leave the rest (A1, B5). ``version``: the one that the actor read.

    An organisation that changes closes the old position, which is kept, and opens a new one. Nothing changed:
    nothing is written. Raises ``Invalid``, ``Conflict``, ``PermissionDenied``.
    """
    if party.of_service:
        return layers.update(by, party, patch, version)
    with act(by, CHANGED, WRITE[party.kind]) as telling:
        party = fresh_one(party)
        if version is not None and version != party.version:
            raise Conflict(party, version)
        change(by, party, patch, telling)
    return party


def change(by: Actor, party: Party, patch: Card, telling: Telling) -> bool:
    """Write ``patch`` over ``party`` and tell of it; False when nothing differs. For ``update`` and imports."""
    if party.is_layer:
        return layers.change(by, party, patch, telling)
    current = record(party)
    place_given: Card = {key: patch[key] for key in ("organisation", "organisation_name", "function") if key in patch}
    card = merged(current.card, {key: value for key, value in patch.items() if key not in place_given})
    clean = Cleaner(by.account).clean(party.kind, card)
    held_tags = {tag_key(name): name for name in current.card["tags"]}
    clean.tags = [held_tags.get(tag_key(name), name) for name in clean.tags]  # typed another way is no change
    problems = check_emails(by, [clean], besides=[party.pk])[0] + check_visibility(clean.visibility, current.card)
    problems += check_tags(by, clean, current.card) + settle(by, [clean], [current])[0]
    problems += check_custom(by, clean, current.card)
    if problems:
        raise Invalid(problems)
    differences = changes(plain(current.card), plain(clean.card()))
    if party.is_person and place_given:
        differences |= place(by, current, place_given, telling)
    if not differences:
        return False
    seen_by_all = party.visibility
    held = held_by(current.positions, telling.today)
    read = party.version
    if not Writer(by.account, by.user_id, telling.at).update(party, clean, differences, held):
        raise Conflict(Party.objects.get(pk=party.pk), read)
    telling.tell(party, differences)
    if not party.is_person and ("name" in differences or party.visibility != seen_by_all):
        refresh_people(by, party)
    return True
