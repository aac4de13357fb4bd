"""The tokens reach the contrasts promised: 4.5:1 for text, 3:1 for edges and the focus ring (std D16)."""

import re

import pytest

from entregent.shell import build

TOKENS = (build.SHELL / "front" / "css" / "tokens.css").read_text()
HEX = "#[0-9a-f]{6}"
PAIRS = re.findall(rf"(--[\w-]+): light-dark\(({HEX}), ({HEX})\);", TOKENS)
LIGHT = {name: light for name, light, dark in PAIRS}
DARK = {name: dark for name, light, dark in PAIRS}
TEXT = [
    *[(ink, ground) for ink in ("--ink", "--ink-2", "--ink-3") for ground in ("--paper", "--sheet", "--chosen")],
    ("--act", "--paper"),
    ("--act", "--sheet"),
    ("--act", "--act-soft"),
    ("--act-strong", "--act-soft"),
    ("--on-act", "--act"),
    ("--on-act", "--act-strong"),
    ("--ink-2", "--line-2"),
    ("--ink", "--act-soft"),
    *[(f"--{tone}", f"--{tone}-soft") for tone in ("on", "off", "wait", "note")],
    ("--off", "--sheet"),
    ("--wait", "--sheet"),
    ("--ink", "--off-soft"),
    ("--sheet", "--off"),
    ("--paper", "--wait"),
]
EDGES = [
    ("--edge", "--sheet"),
    ("--edge", "--paper"),
    ("--act", "--paper"),
    ("--act", "--sheet"),
    ("--on", "--sheet"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (EDGES, 3)], ids=["text", "edges"])
def test_pairs_reach_their_contrast(look: dict[str, str], pairs: list[tuple[str, str]], least: float) -> None:
    low = {pair: round(contrast(look[pair[0]], look[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in low.items() if ratio < least}
