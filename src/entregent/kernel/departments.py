"""French départements, told from the postal code: its first two digits, three overseas (std F21).

A few communes have the postal code of the département next door; an address says no more than that.
"""

from .countries import provinces
from .errors import Bad
from .text import fold

CORSICA = {"2A": ("200", "201"), "2B": ("202", "206")}
"""Both have codes that begin with 20."""


def department_code(s: str) -> str:
    """The code of a département given by code or by name: "01", "2A", "974"; raises ``Bad("department")``."""
    text = " ".join(s.split())
    names = dict(provinces("FR"))
    if text.upper().zfill(2) in names:
        return text.upper().zfill(2)
    for code, name in names.items():
        if fold(name) == fold(text):
            return code
    raise Bad("department")


def departments() -> list[tuple[str, str]]:
    """Their codes and names to choose from: «01», «Ain (01)»."""
    return [(code, f"{name} ({code})") for code, name in sorted(provinces("FR"))]


def department_name(code: str) -> str:
    """«Ain» for "01"; "" for a code that is none."""
    return dict(provinces("FR")).get(code, "")


def postal_prefixes(code: str) -> tuple[str, ...]:
    """How the postal codes of a département begin."""
    return CORSICA.get(code, (code,))
