"""Cells that say there is nothing («inconnu», «n/a», «-»), told from names and codes that look the same (std C24)."""

from collections.abc import Collection, Mapping

from entregent.kernel.placeholders import is_placeholder
from entregent.kernel.text import fold

from .fields import NOTE

LONGEST = 24
"""No placeholder is longer: most cells need not be looked at."""
_PARTNERS = {
    "last_name": "first_name",
    "first_name": "last_name",
    "organisation": "organisation_code",
    "name": "code",
    "city": "postal_code",
    "organisation_city": "organisation_postal_code",
}
_ALSO_NAMES = frozenset("neant aucun aucune na nd nc nr nil none vide vacant x".split())
_LITERAL = frozenset({"active", "mail_refused", "code", "organisation_code", "uid", NOTE, "notes"})
"""Targets whose zeros and single letters mean something."""
_MEASURED = frozenset({"number", "amount", "date", "email", "phone", "link"})
"""Types of custom fields in which "n/a" can be no value."""


def literal_targets(custom: Mapping[str, str]) -> frozenset[str]:
    """The targets whose cells are taken as they are; ``custom``: target → type, of the account's own fields."""
    return _LITERAL.union(code for code, type in custom.items() if type not in _MEASURED)


def says_nothing(cell: str) -> bool:
    """Whether a cell looks like a word for nothing."""
    return len(cell) <= LONGEST and is_placeholder(cell)


def is_name_after_all(target: str, cell: str, given: Collection[str]) -> bool:
    """Tell a real name among placeholders: Mme Jocelyne NÉANT, the commune of Aucun (both exist).

    A word that says "none" is a name when what goes with it says something (``given``: the targets that do): the
    other half of the person's name, the organisation's code. "inconnu" and "poste vacant" never are.
    """
    partner = _PARTNERS.get(target)
    return partner is not None and partner in given and fold(cell) in _ALSO_NAMES
