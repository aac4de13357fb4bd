"""The built files hold what the pages name, and only that."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

from entregent.shell import build, vendor

SOURCES = [*build.PACKAGE.rglob("*.html"), *build.PACKAGE.rglob("*.py")]
# {% icon "user" %} in templates; Link(…, icon) and the like in Python go by the same names, tried on the page.
NAMED = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']""")
DEFINED = re.compile(r"(--[a-z0-9-]+)\s*:")
USED = re.compile(r"var\((--[a-z0-9-]+)")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)


def sheets() -> list[Path]:
    return sorted(build.PACKAGE.glob("**/front/css/*.css"))


def test_every_vendored_file_comes_from_npm() -> None:
    missing = [path for path in build.vendored().values() if not (build.NODE_MODULES / path).is_file()]
    assert not missing


def test_a_static_name_keeps_its_files_own_name() -> None:
    files = {n: p for n, p in build.vendored().items() if "licences" not in n}
    assert all(Path(name).name == Path(path).name for name, path in files.items())


def test_the_finder_publishes_the_built_files() -> None:
    for name in ("shell/app.css", "shell/app.js", "shell/icons.svg", *build.vendored()):
        assert finders.find(name), name


def test_without_npm_the_packaged_files_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "NODE_MODULES", tmp_path / "none")
    monkeypatch.setattr(vendor, "PACKAGED", tmp_path / "packaged")
    with pytest.raises(ImproperlyConfigured, match="npm ci"):
        vendor.NpmFinder().find("shell/app.css")
    (tmp_path / "packaged" / "shell").mkdir(parents=True)
    (tmp_path / "packaged" / "shell" / "app.css").write_text("a {}")
    assert [path for path, _ in vendor.NpmFinder().list([])] == ["shell/app.css"]


def test_every_icon_named_is_in_the_sprite() -> None:
    named = {name for path in SOURCES for name in NAMED.findall(path.read_text())}
    assert named
    assert named <= set(build.icon_names())


def test_the_sprite_holds_each_icon_once() -> None:
    names = build.icon_names()
    assert len(names) == len(set(names))
    assert re.findall(r'<symbol id="([^"]+)"', build.sprite()) == names


def test_every_token_used_is_defined() -> None:
    text = build.css()
    assert set(USED.findall(text)) <= set(DEFINED.findall(text))


def test_colours_are_named_in_the_tokens_only() -> None:
    for path in sheets():
        if path.name in ("tokens.css", "print.css"):
            continue
        text = re.sub(r"url\([^)]*\)", "", path.read_text())
        assert not COLOUR.findall(text), path.name


def test_every_sheet_puts_its_rules_in_a_layer() -> None:
    for path in sheets():
        outside = re.sub(r"@layer \w+ \{.*\n\}\n", "", path.read_text(), flags=re.DOTALL)
        rules = re.sub(r"@font-face \{[^}]*\}|/\*.*?\*/|\s", "", outside, flags=re.DOTALL)
        assert not rules, path.name


def test_behaviours_hold_no_word_of_their_own() -> None:
    """What is said comes from the page, translated (parts/words.html)."""
    for path in build.PACKAGE.glob("**/front/js/*.js"):
        code = re.sub(r"//.*", "", path.read_text())
        said = re.findall(r'textContent = "[^"]+"|confirm\("|alert\(', code)
        assert not said, path.name
