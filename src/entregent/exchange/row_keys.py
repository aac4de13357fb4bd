"""The keys by which rows, and the records that they will be, find each other."""

from collections.abc import Iterable
from typing import Any

from entregent.directory.parties.cleaning import Clean
from entregent.directory.parties.facts import facts_given

from .placing import Placing, at_address, token
from .recognising import name_of, person_keys


def text_of(key: tuple) -> str:
    """Return the text of a key of a person."""
    return "|".join(map(str, key))


def keys_of(clean: Clean, places: Iterable[dict[str, Any]] = ()) -> list[str]:
    """Return the keys under which later rows find a planned record. ``places``: its positions besides the card's."""
    if clean.kind == "o":
        return [*_uid(clean), *Placing.keys(clean)]
    tokens = [token(place) for place in (*clean.positions, *places)]
    return [*map(text_of, person_keys(facts_given(clean), tokens)), f"person|{name_of(clean)}"]


def wanted_by(clean: Clean, refusing: bool) -> list[str]:
    """Return the keys of the earlier plans that a row needs to be seen beside. ``refusing``: it refuses mailings."""
    addresses = [f"email|{way.key}" for way in clean.emails] if refusing or clean.kind == "p" else []
    addresses += [at_address(way.key) for way in clean.emails] if refusing else []
    if clean.kind == "o":
        return [*_uid(clean), *addresses, *Placing.keys(clean)]
    bodies = [key for place in clean.positions if not place["organisation"] for key in Placing.keys_named(place)]
    return [*_uid(clean), *addresses, *bodies, f"person|{name_of(clean)}"]


def _uid(clean: Clean) -> list[str]:
    return [f"uid|{clean.columns['uid']}"] if clean.columns["uid"] else []
