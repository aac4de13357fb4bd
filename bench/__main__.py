"""`make bench`: fills databases of several sizes, runs the benchmarks on each, and prints tables.

    make bench ARGS="pages accounts shared 10000 100000 sqlite postgres --keep"

selects subjects, sizes (in contacts) and databases. The default is all subjects with 10,000 contacts, on both
databases. How long it may take is printed first. `--keep` also writes the tables to docs/figures/, a page for each
subject and size. Filled databases are kept in the data folder's bench/.
"""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from bench import report
from bench.machine import describe, forget, load
from bench.places import Place
from bench.subjects import COLD, ON_A_COPY, SUBJECTS, Subject

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
FIGURES = ROOT / "docs" / "figures"
DATABASES = ("sqlite", "postgres")


def asked(words: list[str]) -> tuple[list[str], list[str], list[int]]:
    """Return the databases, subjects and sizes that the words name; no sizes: each subject's own."""
    databases = [word for word in words if word in DATABASES]
    subjects = [word for word in words if word in SUBJECTS]
    sizes = [int(word) for word in words if word.isdecimal()]
    if len(databases) + len(subjects) + len(sizes) + words.count("--keep") != len(words):
        sys.exit(__doc__)
    return databases or list(DATABASES), subjects or list(SUBJECTS), sizes


def main() -> None:
    """Measure each size of each subject on each database, one after another, each in its own process."""
    databases, subjects, sizes = asked(sys.argv[1:])
    folder = Path(os.environ.get("ENTREGENT_DATA") or ROOT / "var").resolve() / "bench"
    wanted = [(name, size) for name in subjects for size in sizes or [SUBJECTS[name].size]]
    times = [
        SUBJECTS[name].minutes(size, _place(folder, name, database, size).is_filled)
        for name, size in wanted
        for database in databases
    ]
    print(f"This takes about {sum(times):.0f} minutes on a quiet machine.", file=sys.stderr)
    for name, size in wanted:
        before, found = load(), []
        for database in databases:
            print(f"{datetime.now():%H:%M} {name}, {database}, {size:,} contacts…", file=sys.stderr)
            figures = _measured(SUBJECTS[name], _place(folder, name, database, size), size)
            found.append({"database": database, "size": size} | figures)
        _tell(name, size, found, before)


def _tell(name: str, size: int, found: list[dict], busy: float) -> None:
    """Print the tables of a subject and size, and write them beside the figures."""
    now = datetime.now()
    title = f"# {name}, {size:,} contacts"
    machine = f"Measured {now.date().isoformat()} on {describe()}; load {busy:.1f} at the beginning."
    text = "\n".join([title, "", f"{machine} {report.loops(found)}", "", *SUBJECTS[name].tables(found)])
    print(text, end="\n\n")
    RESULTS.mkdir(parents=True, exist_ok=True)
    figures = {"machine": describe(), "time": now.isoformat(), "subject": name, "found": found}
    (RESULTS / f"{now:%Y-%m-%d-%H%M}-{name}-{size}.json").write_text(json.dumps(figures, indent=1))
    report.keep(FIGURES if "--keep" in sys.argv else RESULTS, name, size, text)


def _place(folder: Path, name: str, database: str, size: int) -> Place:
    return Place(folder, database, f"{SUBJECTS[name].folder}{size}")


def _measured(subject: Subject, place: Place, size: int) -> dict:
    """Return the figures of one size on one database, filling it first if necessary."""
    found: dict = {}
    _run(place, subject.filling, str(size))
    figures = place.data / "figures.json"
    for module, *arguments in subject.measures:
        if module in COLD:
            forget(place.files)
        with place.copied() if module in ON_A_COPY else nullcontext(place) as here:
            _run(here, module, *arguments, str(figures))
        found = _together(found, json.loads(figures.read_text()))
    return found | {"filled": json.loads((place.data / "filled.json").read_text())}


def _run(place: Place, module: str, *arguments: str) -> None:
    with place.open() as variables:
        command = [sys.executable, "-m", module, *arguments]
        subprocess.run(command, env=os.environ | variables, cwd=ROOT, check=True)


def _together(found: dict, more: dict) -> dict:
    """Return the figures of two modules; lists of both are joined, the later module's first."""
    lists = {key: value + found.get(key, []) for key, value in more.items() if isinstance(value, list)}
    return found | more | lists


if __name__ == "__main__":
    main()
