"""French départements, derived from the postal code: its first two digits, three overseas (std F21).

A few communes have the postal code of a neighbouring département; the address alone cannot show it.
"""

from .countries import provinces
from .errors import Bad
from .text import fold

CORSICA = {"2A": ("200", "201"), "2B": ("202", "206")}
"""Postal prefixes of the two départements of Corsica, whose codes all begin with 20."""


def department_code(s: str) -> str:
    """Return the code ("01", "2A", "974") of a département given by code or name. Raises ``Bad("department")``."""
    text = " ".join(s.split())
    names = dict(provinces("FR"))
    if text.upper().zfill(2) in names:
        return text.upper().zfill(2)
    for code, name in names.items():
        if fold(name) == fold(text):
            return code
    raise Bad("department")


def departments() -> list[tuple[str, str]]:
    """Return (code, label) of every département for a choice field: ("01", "Ain (01)")."""
    return [(code, f"{name} ({code})") for code, name in sorted(provinces("FR"))]


def department_name(code: str) -> str:
    """Return the name of a département ("Ain" for "01"), "" for an unknown code."""
    return dict(provinces("FR")).get(code, "")


def postal_prefixes(code: str) -> tuple[str, ...]:
    """Return the prefixes of a département's postal codes."""
    return CORSICA.get(code, (code,))
