"""The order of the rooms, read from the import contract in pyproject.toml."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "src" / "entregent"


def floors() -> dict[str, int]:
    """Room → floor, counted from 0; rooms with the same number are neighbours."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {room.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")}


FLOORS = floors()


def room_of(thing: type) -> str | None:
    """The room where a class is defined; None when it isn't ours."""
    words = thing.__module__.split(".")
    return words[1] if words[0] == "entregent" else None
