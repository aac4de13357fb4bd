"""One step of choosing and ordering things by buttons: columns of lists, shortcuts of the toolbox."""

from collections.abc import Container


def stepped(codes: list[str], asked: str, offered: Container[str]) -> list[str] | None:
    """Return the codes after ``up:city``, ``down:city``, ``remove:city`` or ``add:city``; None for ``reset``.

    ``offered``: the codes that may be added. A step that can't be taken changes nothing.
    """
    step, _sign, code = asked.partition(":")
    if step == "reset":
        return None
    if step == "add" and code in offered and code not in codes:
        return [*codes, code]
    if code not in codes or step not in ("up", "down", "remove"):
        return codes
    index = codes.index(code)
    rest = [one for one in codes if one != code]
    if step != "remove":
        rest.insert(max(index + (-1 if step == "up" else 1), 0), code)
    return rest
