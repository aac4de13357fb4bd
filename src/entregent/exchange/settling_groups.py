"""Settle what only a column's neighbours tell: repeated headers, names of bodies, columns about someone else."""

from collections import Counter
from collections.abc import Sequence

from . import content
from .birth_columns import BIRTHS
from .fields import NOTE
from .header_words import Reading

_PLACES = frozenset({"city", "postal_code", "province", "country"})
_OF_GROUP = _PLACES | {"address"}
_NAMES = frozenset({"last_name", "first_name", "whole_name"})
_REACH = frozenset({"email", "phone", "mobile"})
_OTHERS = frozenset(
    """
    payeur payeuse acheteur acheteuse responsable parent tuteur tutrice pere mere urgence conjoint conjointe spouse
    assistant assistante parrain marraine guardian emergency payer buyer
    """.split()
)


def settle_groups(targets: list[str], readings: Sequence[Reading]) -> None:
    """Give a repeated header («Ville», «Code postal» twice) to the group of columns that it stands in.

    A group begins with a street, and is the organisation's if the organisation's name stands before it.
    """
    folded = [reading.folded.replace(" ", "") for reading in readings]
    counts = Counter(folded)
    seen = set[str]()
    group, named, placed = "", False, set[str]()
    for i, (target, header) in enumerate(zip(list(targets), folded, strict=True)):
        again = bool(header) and header in seen
        seen.add(header)
        named = named or target == "organisation"
        if target in ("address", "address_2"):
            group = target.removeprefix("address")
            if again and named:
                group = "organisation"
            elif again and group in placed and _place_follows(targets, i):
                group = "_2"
            targets[i] = _in_group("address", group)
        elif target in _PLACES and header and counts[header] > 1:
            targets[i] = _in_group(target, group)
            placed.add(group)
        elif target in ("email", "phone") and again and named:
            targets[i] = f"organisation_{target}"


def _in_group(part: str, group: str) -> str:
    return f"organisation_{part}" if group == "organisation" else f"{part}{group}"


def _place_follows(targets: Sequence[str], street: int) -> bool:
    """Return whether a town or postal code stands beyond this street, before the next street."""
    for target in targets[street + 1 :]:
        if target in _OF_GROUP:
            return target != "address"
    return False


def settle_bodies(targets: list[str], readings: Sequence[Reading], cells: Sequence[Sequence[str]]) -> None:
    """Take a plain «Nom» beside another last name for what its cells say: the name of a body, or nothing new."""
    names = [i for i, target in enumerate(targets) if target == "last_name"]
    for i in names:
        others = [j for j in names if j != i]
        body = content.share(list(cells[i]), content.is_body) > 0.3
        if body and "organisation" not in targets and (others or not _NAMES & (set(targets) - {"last_name"})):
            targets[i] = "organisation"
        elif others and readings[i].folded in ("nom", "name"):
            both = content.share(list(cells[i]), content.is_two_names) > 0.7
            targets[i] = "whole_name" if both else targets[i]


def settle_others(targets: list[str], readings: Sequence[Reading]) -> None:
    """Note what is about someone else (who paid, a parent) in a file that has its own people.

    The only e-mail stays, since members of a household share it.
    """
    about = {i for i, reading in enumerate(readings) if not _OTHERS.isdisjoint(reading.folded.split())}
    own = {target for i, target in enumerate(targets) if i not in about}
    if not about or not own & _NAMES:
        return
    for i in about:
        if targets[i] in _NAMES or (targets[i] in _REACH and targets[i] in own):
            targets[i] = NOTE


def settle_births(targets: list[str], readings: Sequence[Reading], cells: Sequence[Sequence[str]]) -> None:
    """Settle a date of birth in three columns; French Thunderbird's have «Mois» and «Jour» after the year."""
    found = {target: i for i, target in enumerate(targets) if target in BIRTHS}
    year = found.get("birth_year")
    if year is not None:
        for name, words, i in (
            ("birth_month", ("mois", "month"), year + 1),
            ("birth_day", ("jour", "day"), year + 2),
        ):
            if name not in found and readings[i : i + 1] and readings[i].folded in words:
                targets[i], found[name] = name, i
    day = found.get("birth_day")
    if day is not None and "birth_date" not in targets and content.share(list(cells[day]), content.is_date) > 0.8:
        targets[day] = "birth_date"
