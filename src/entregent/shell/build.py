"""Build the front end's files: one css, one js, an icon sprite, and the npm files listed in `vendor.toml`.

Run as `python -m entregent.shell.build [FOLDER]`; collectstatic runs it through `vendor.NpmFinder`.
No bundler: plain css and js files are concatenated in a fixed order.
"""

import re
import sys
import tomllib
from pathlib import Path

SHELL = Path(__file__).resolve().parent
PACKAGE = SHELL.parent
ROOT = PACKAGE.parent.parent
NODE_MODULES = ROOT / "node_modules"
BUILD_FOLDER = ROOT / "build" / "static"
LAYERS = "@layer reset, tokens, base, parts, pages;\n"
FIRST_SHEETS = ("reset.css", "tokens.css", "base.css")


def build(out: Path = BUILD_FOLDER) -> list[Path]:
    """Write every front-end file under `out` and return their paths.

    Raises FileNotFoundError if the npm packages are not installed.
    """
    made = {
        "shell/app.css": css().encode(),
        "shell/app.js": js().encode(),
        "shell/icons.svg": sprite().encode(),
    }
    made |= {name: (NODE_MODULES / path).read_bytes() for name, path in vendored().items()}
    for name, content in made.items():
        _write(out / name, content)
    return [out / name for name in made]


def vendored() -> dict[str, str]:
    """Return the files listed in `vendor.toml`, licences included: static name → path in node_modules."""
    listed = tomllib.loads((SHELL / "vendor.toml").read_text())
    return listed["files"] | listed["licences"]


def css() -> str:
    """Return the style sheet, starting with the order of the cascade layers."""
    sheets = sorted(_front("css"), key=lambda path: (*FIRST_SHEETS, path.name).index(path.name))
    return LAYERS + "".join(path.read_text() for path in sheets)


def js() -> str:
    """Return the script: all files, each wrapped in its own scope."""
    return "".join(f"(() => {{\n{path.read_text()}}})();\n" for path in _front("js"))


def icon_names() -> list[str]:
    """Return the names of the icons in the sprite, read from `icons.txt`."""
    return (SHELL / "icons.txt").read_text().split()


def sprite() -> str:
    """Return an svg with every listed icon as a `<symbol>`, whose id is the icon's name."""
    outline = NODE_MODULES / "@tabler" / "icons" / "icons" / "outline"
    symbols = "".join(_symbol(name, (outline / f"{name}.svg").read_text()) for name in icon_names())
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    drawing = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    drawing = drawing.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")
    drawing = re.sub(r"\s+", " ", drawing).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>'


def _front(kind: str) -> list[Path]:
    """Return the css or js files of every room, the shell's first."""
    found = sorted(PACKAGE.glob(f"**/front/{kind}/*.{kind}"))
    return sorted(found, key=lambda path: not path.is_relative_to(SHELL))


def _write(path: Path, content: bytes) -> None:
    """Write the file only if its content changed, to keep the modification time of the others."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    for made in build(*(Path(folder) for folder in sys.argv[1:2])):
        print(made)
