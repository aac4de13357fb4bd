"""Placeholders for empty values («inconnu», «n/a», «-»), and names and codes that look like them (std C24)."""

from collections.abc import Collection, Mapping

from entregent.kernel.placeholders import is_placeholder
from entregent.kernel.text import fold

from .fields import NOTE
from .refusals import TARGETS

LONGEST = 24
"""Length of the longest placeholder; most cells are longer and need no look-up."""
_PARTNERS = {
    "last_name": "first_name",
    "first_name": "last_name",
    "organisation": "organisation_code",
    "name": "code",
    "city": "postal_code",
    "organisation_city": "organisation_postal_code",
}
_ALSO_NAMES = frozenset("neant aucun aucune na nd nc nr nil none vide vacant x".split())
_LITERAL = TARGETS | {"active", "code", "organisation_code", "uid", NOTE, "notes"}
"""Targets in which zeros and single letters are values."""
_MEASURED = frozenset({"number", "amount", "date", "email", "phone", "link"})
"""Types of custom fields in which "n/a" can't be a value."""


def literal_targets(custom: Mapping[str, str]) -> frozenset[str]:
    """Return the targets whose cells are never placeholders; ``custom``: target → type, for custom fields."""
    return _LITERAL.union(code for code, type in custom.items() if type not in _MEASURED)


def says_nothing(cell: str) -> bool:
    """Whether a cell looks like a placeholder."""
    return len(cell) <= LONGEST and is_placeholder(cell)


def is_name_after_all(target: str, cell: str, given: Collection[str]) -> bool:
    """Whether a placeholder is a real name: Mme Jocelyne NÉANT, the commune of Aucun (both exist).

    It is one if related cells are filled: the other half of the person's name, or the organisation's code.
    ``given``: the targets that have values. "inconnu" and "poste vacant" are never names.
    """
    partner = _PARTNERS.get(target)
    return partner is not None and partner in given and fold(cell) in _ALSO_NAMES
