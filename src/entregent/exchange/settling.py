"""Resolve conflicts between the guessed targets of a file's columns."""

from collections import Counter

from entregent.kernel.text import fold

from . import content, refusals
from .fields import CONTACTS, IGNORE
from .header_words import TERRITORY, Reading
from .settling_groups import settle_births, settle_bodies, settle_groups, settle_others

# Targets that several columns may have: joined, or the later used where the first is empty.
_SHARED = frozenset(
    {IGNORE, "note", "notes", "tags", "skills", "address", "address_2", "organisation_address", "website", "fax",
     "email_3", "phone_2", "mobile", "middle_name", "province", "organisation_province", "country",
     *refusals.TARGETS}
)  # fmt: skip
_NEXT = {"email": "email_2", "email_2": "email_3", "phone": "phone_2", "civility": "function"}
_STREETS = ("address", "address_block")
_PLACES = ("city", "postal_city", "postal_code")
_TITLES = frozenset({"titre", "title"})

Columns = list[str]


def settle(
    readings: list[Reading], cells: list[list[str]], candidates: list[tuple[str, float]], kind: str
) -> Columns:
    """Return one target for each column.

    Args:
        readings: the meaning of each header.
        cells: the first cells of each column.
        candidates: (target, confidence) of each column by itself.
        kind: "contacts" or "organisations".
    """
    targets = [target for target, _ in candidates]
    _settle_titles(targets, readings, cells)
    if kind == CONTACTS:
        settle_bodies(targets, readings, cells)
        settle_others(targets, readings)
    _settle_territories(targets, readings, kind)
    settle_groups(targets, readings)
    _settle_repeats(targets, [confidence for _, confidence in candidates])
    if kind == CONTACTS:
        settle_births(targets, readings, cells)
        _settle_names(targets, readings, cells)
        _gather_address(targets)
        _settle_province(targets)
    _settle_blocks(targets, cells)
    return targets


def _settle_titles(targets: Columns, readings: list[Reading], cells: list[list[str]]) -> None:
    """French Outlook has two columns «Titre»: the first is the civility, the second the function (std C22)."""
    titles = [i for i, reading in enumerate(readings) if reading.folded in _TITLES]
    if len(titles) > 1:
        targets[titles[0]], targets[titles[-1]] = "civility", "function"
    elif titles:
        only = titles[0]
        says_civility = content.share(cells[only], content.is_civility) > 0.5
        targets[only] = "civility" if says_civility or "function" in targets else "function"


def _settle_territories(targets: Columns, readings: list[Reading], kind: str) -> None:
    """A column of towns is the city of an address or the organisation itself (a mayor's commune)."""
    towns = [i for i, target in enumerate(targets) if target == TERRITORY]
    if not towns:
        return
    whole = "organisation" if kind == CONTACTS else "name"
    has_place = any(target in (*_STREETS, "postal_code") for target in targets)
    of_office = any(reading.owner == "person" and reading.attribute != "" for reading in readings)
    coded = any(target in ("organisation_code", "code") for target in targets)
    is_body = kind != CONTACTS or of_office or coded or "city" in targets or not has_place
    for i in towns:
        if whole not in targets and is_body:
            targets[i] = whole
        else:
            targets[i] = "city" if "city" not in targets and "postal_city" not in targets else IGNORE


def _settle_repeats(targets: Columns, confidences: list[float]) -> None:
    """Keep each unique target for its most certain column; further e-mails and phones get the next target."""
    order = sorted(range(len(targets)), key=lambda i: (-confidences[i], i))
    taken: set[str] = set()
    for i in order:
        target = targets[i]
        while target in taken and target in _NEXT:
            target = _NEXT[target]
        if target in taken and target not in _SHARED:
            target = IGNORE
        taken.add(target)
        targets[i] = target


def _settle_names(targets: Columns, readings: list[Reading], cells: list[list[str]]) -> None:
    counts = Counter(targets)
    if counts["whole_name"] and counts["last_name"] and counts["first_name"]:
        targets[targets.index("whole_name")] = IGNORE
    elif counts["whole_name"] and counts["last_name"]:
        targets[targets.index("last_name")] = IGNORE
    elif counts["last_name"] and not counts["first_name"]:
        only = targets.index("last_name")
        if content.share(cells[only], content.is_two_names) > 0.7:
            targets[only] = "whole_name"
    elif not (counts["whole_name"] or counts["last_name"] or counts["first_name"]):
        _find_names(targets, readings, cells)


def _find_names(targets: Columns, readings: list[Reading], cells: list[list[str]]) -> None:
    """In files without headers: a column in capitals next to a capitalised one is a name (DUPONT, Marie).

    Beside an e-mail or a phone, capitalised ones are enough (Dupont, Marie). Beside bodies, they are towns (Crest).
    """
    free = [i for i, reading in enumerate(readings) if not reading.folded and targets[i] == IGNORE]
    if "organisation" in targets or any(content.share(cells[i], content.is_body) > 0.5 for i in free):
        return
    free = [i for i in free if not content.repeats(cells[i])]
    first = [i for i in free if content.share(cells[i], content.is_capitalised) > 0.8]
    last = next((i for i in first if content.share(cells[i], content.is_capitals) > 0.8), None)
    if last is None and first and any(target in ("email", "phone", "mobile") for target in targets):
        people = [i for i in first if content.share(cells[i], content.is_body) < 0.3]
        whole = [i for i in people if content.share(cells[i], content.is_two_names) > 0.7]
        last = next((i for i in people if i + 1 in people), whole[0] if whole else None)  # the last name comes first
    if last is not None:
        both = content.share(cells[last], content.is_two_names) > 0.7
        near = [] if both else [i for i in (last + 1, last - 1) if i in first]
        targets[last] = "last_name"
        targets[near[0] if near else last] = "first_name" if near else "whole_name"


def _gather_address(targets: Columns) -> None:
    """Join a street without a town and a town without a street to one address, whoever their owners."""
    has_street = any(target in _STREETS for target in targets)
    has_place = any(target in _PLACES for target in targets)
    if has_street and not has_place and "organisation_address" not in targets:
        for i, target in enumerate(targets):
            if target in {f"organisation_{part}" for part in (*_PLACES, "province", "country")}:
                targets[i] = target.removeprefix("organisation_")
    if "organisation_address" in targets and not has_street:
        for i, target in enumerate(targets):
            if target in (*_PLACES, "province", "country"):
                targets[i] = f"organisation_{target}"


def _settle_province(targets: Columns) -> None:
    """If the person has no address, the département belongs to the organisation (a mayor's commune)."""
    if "organisation" in targets and not any(target in (*_STREETS, *_PLACES) for target in targets):
        for i, target in enumerate(targets):
            if target in ("province", "country"):
                targets[i] = f"organisation_{target}"


def _settle_blocks(targets: Columns, cells: list[list[str]]) -> None:
    """Treat a street of several lines, or containing a postal code, as a whole address."""
    if targets.count("address") != 1 or "address_block" in targets:
        return
    only = targets.index("address")
    has_place = any(target in _PLACES for target in targets)
    inside = not has_place and content.share(cells[only], lambda cell: any(map(str.isdigit, fold(cell)[-40:])))
    if content.share(cells[only], content.is_block) > 0.3 or (inside and inside > 0.8):
        targets[only] = "address_block"
