"""Translations of the interface: extract and compile messages, check the French (see CONTRIBUTING).

    python tools/messages.py update src/entregent/web     add new msgids to the room's French catalogue
    python tools/messages.py compile                      compile every .po to the .mo that Django reads
    python tools/messages.py check                        exit non-zero if French is missing or malformed

A room is a package with its own catalogue, locale/fr/LC_MESSAGES/django.po. Uses Babel, so GNU gettext is
not needed.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django.conf
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "entregent"
CATALOGUE = Path("locale", "fr", "LC_MESSAGES", "django.po")
HEADER = "# French words of Entregent.\n#"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def rooms() -> list[Path]:
    """Return the folder of every room: the top-level packages."""
    # config is not a Django app: its few messages, the names of languages, are in Django's own catalogue.
    return sorted(p for p in SOURCE.iterdir() if (p / "__init__.py").exists() and p.name != "config")


def sources(room: Path) -> Iterator[Path]:
    """Yield the files of a room that may contain messages."""
    for path in sorted(room.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and path.is_file():
            in_template = "templates" in path.parts
            if path.suffix == ".py" or in_template:
                yield path


def words(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """Yield (msgid, translators' comments, context) for each message of a Python file or template."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=["Translators:"])
    for _line, message, comments, context in found:
        yield message, comments, context


def extracted(room: Path) -> Catalog:
    """Return a catalogue of a room's messages, untranslated, with their files but without line numbers."""
    template = Catalog()
    for path in sources(room):
        for message, comments, context in words(path):
            place = path.relative_to(room).as_posix()
            template.add(message, None, [(place, None)], auto_comments=comments, context=context)
    return template


def load(path: Path) -> Catalog:
    """Return a French catalogue, empty if the file does not exist yet."""
    if not path.exists():
        return Catalog(locale="fr")
    with path.open("rb") as stream:
        return read_po(stream, locale="fr")


def save(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue sorted by msgid, with a constant header, so that diffs show messages only."""
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    head = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head.encode() + buffer.getvalue().rstrip(b"\n") + b"\n")


def update(room: Path) -> None:
    """Merge a room's messages into its French catalogue; keep translations, remove unused ones."""
    path = room / CATALOGUE
    template = extracted(room)
    if not len(template) and not path.exists():
        return
    catalogue = load(path)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    save(catalogue, path)
    missing = sum(1 for message in catalogue if message.id and not _translated(message.string))
    print(f"{path.relative_to(SOURCE.parent.parent)}: {len(catalogue)} messages, {missing} to translate")


def compile_all() -> None:
    """Write the .mo of every catalogue."""
    for path in SOURCE.rglob(str(CATALOGUE)):
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, load(path))


def _translated(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
# U+202F before ; ! ? and U+00A0 before : and inside « » (std F19). A colon in a URL or a time is not
# punctuation, nor is the ; of an HTML entity.
_TYPOGRAPHY = (
    (re.compile(r"(?<![\u202f!?…(«])[!?](?![\w=])"), "U+202F before ! and ?"),
    (
        re.compile(r"(?<![\u202f])(?<!&\w{2})(?<!&\w{3})(?<!&\w{4})(?<!&#\d{3})(?<!&\w{5});(?=\s|$)"),
        "U+202F before ;",
    ),
    (re.compile(r"(?<!\u00a0):(?=\s|$)"), "U+00A0 before :"),
    (re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"), "U+00A0 inside « »"),
)


def faults(room: Path) -> Iterator[str]:
    """Yield the faults in a room's French, one line each."""
    path = room / CATALOGUE
    catalogue = load(path)
    for wanted in extracted(room):
        if not wanted.id:
            continue
        message = catalogue.get(wanted.id if isinstance(wanted.id, str) else wanted.id[0], wanted.context)
        if message is None or not _translated(message.string):
            yield f"no French for {wanted.id!r}"
        elif message.fuzzy:
            yield f"fuzzy: {wanted.id!r}"
        else:
            yield from (f"{fault}: {wanted.id!r}" for fault in _wording(message.id, message.string))


def _wording(msgid: str | tuple[str, ...], msgstr: str | tuple[str, ...]) -> Iterator[str]:
    """Yield the faults of one translation: different placeholders, typography."""
    wanted = set(_PLACEHOLDER.findall(msgid if isinstance(msgid, str) else msgid[-1]))
    for index, text in enumerate([msgstr] if isinstance(msgstr, str) else msgstr):
        found = set(_PLACEHOLDER.findall(text))
        # The singular may omit the number: "un contact".
        if found != wanted and not (isinstance(msgstr, tuple | list) and index == 0 and found < wanted):
            yield f"placeholders {sorted(found)} instead of {sorted(wanted)}"
        yield from (rule for pattern, rule in _TYPOGRAPHY if pattern.search(text))


def clashes() -> Iterator[str]:
    """Yield messages translated differently by two rooms: Django merges the catalogues, so one would win in both."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for room in rooms():
        for message in load(room / CATALOGUE):
            if message.id and _translated(message.string):
                key = message.context, message.id if isinstance(message.id, str) else message.id[0]
                said.setdefault(key, {}).setdefault(str(message.string), room.relative_to(SOURCE).as_posix())
    for (_, msgid), found in said.items():
        if len(found) > 1:
            yield f"{msgid!r} is said differently in {', '.join(found.values())}: give it a context"


def check() -> int:
    """Print the faults in and between rooms; return 1 if there are any, else 0."""
    found = [f"{room.relative_to(SOURCE).as_posix()}: {fault}" for room in rooms() for fault in faults(room)]
    found += clashes()
    print("\n".join(found) or "French is complete.")
    return int(bool(found))


def main() -> int:
    """Run the command given on the command line; return the exit code."""
    django.conf.settings.configure()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update").add_argument("rooms", nargs="*", type=Path)
    commands.add_parser("compile")
    commands.add_parser("check")
    options = parser.parse_args()
    if options.command == "check":
        return check()
    if options.command == "compile":
        compile_all()
        return 0
    for room in options.rooms or rooms():
        update(room.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
