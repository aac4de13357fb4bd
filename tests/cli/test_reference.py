"""``entregent reference …``: sync the shared directory from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from entregent.accounts.scope import inside
from entregent.cli.main import main
from entregent.directory.models import Party
from entregent.exchange.models import Sync

BODIES = ["Code;Nom", "M1;Mairie d’Aubrac", "M2;Mairie de Belval"]


@pytest.fixture
def run(service, sonia):
    return lambda *words: CliRunner().invoke(main, ["reference", *map(str, words)])


def file(folder: Path, *rows: str) -> Path:
    path = folder / "fichier.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def names(service) -> list[str]:
    with inside(service):
        return sorted(Party.objects.filter(retired_at=None, binned_at=None).values_list("name", flat=True))


def test_dry_then_for_good_then_back(run, service, tmp_path):
    path = file(tmp_path, *BODIES)
    dry = json.loads(run("sync", path, "--kind", "organisations", "--dry-run", "--json").output)
    assert (dry["added"], dry["applied"], names(service)) == (2, False, [])
    done = json.loads(run("sync", path, "--kind", "organisations", "--json").output)
    assert (done["added"], names(service)) == (2, ["Mairie de Belval", "Mairie d’Aubrac"])
    again = json.loads(run("sync", path, "--kind", "organisations", "--json").output)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    back = run("undo", done["sync"])
    assert (back.exit_code, names(service)) == (0, [])
    assert "undone" in run("list").output


def test_what_is_not_taken_over_is_said_and_refused_rows_come_back(run, service, tmp_path):
    path = file(tmp_path, "Code;Nom;Prénom;Fonction", "P1;Roy;Léa;Maire", ";Sans;Code;")
    done = json.loads(run("sync", path, "--kind", "contacts", "--json").output)
    assert (done["added"], done["rejected"], done["passed_over"]) == (1, 1, ["Fonction"])
    assert "Sans" in Path(done["rejects"]).read_text("utf-8-sig")
    assert "Fonction" in run("sync", path, "--kind", "contacts", "--dry-run").output


def test_a_dry_run_tells_old_and_new_and_how_many_more(run, service, tmp_path):
    rows = [f"M{number};Mairie {number}" for number in range(25)]
    run("sync", file(tmp_path, "Code;Nom", *rows), "--kind", "organisations")
    path = file(tmp_path, "Code;Nom", *(f"{row} bis" for row in rows))
    dry = run("sync", path, "--kind", "organisations", "--complete", "--dry-run")
    assert "Mairie 3 → Mairie 3 bis" in dry.stdout
    assert dry.stdout.count(" → ") == 20
    assert dry.stdout.rstrip().endswith(("5 more", "5 de plus", "5 autres"))
    assert "--yes" not in dry.stderr


def test_half_a_file_needs_yes(run, service, tmp_path):
    run("sync", file(tmp_path, *BODIES, "M3;C", "M4;D", "M5;E"), "--kind", "organisations")
    half = file(tmp_path, *BODIES)
    dry = run("sync", half, "--kind", "organisations", "--complete", "--dry-run")
    assert "--yes" in dry.stderr
    assert json.loads(run("sync", half, "--kind", "organisations", "--complete", "--dry-run", "--json").stdout)[
        "half"
    ]
    refused = run("sync", half, "--kind", "organisations", "--complete")
    assert refused.exit_code == 1
    assert "--yes" in refused.output
    assert len(names(service)) == 5
    assert run("sync", half, "--kind", "organisations", "--complete", "--yes").exit_code == 0
    assert len(names(service)) == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["Nom;Ville", "Mairie;Aubrac"], "Code"),
        (["Code;Nom", "M1;A", "M1;B"], "M1"),
        (["Code;Nom", 'M1;"A'], ""),
    ],
)
def test_a_bad_file_is_refused_whole(run, service, tmp_path, rows, words):
    done = run("sync", file(tmp_path, *rows), "--kind", "organisations")
    assert done.exit_code == 1
    assert words in done.output
    assert names(service) == []
    with inside(service):
        assert not Sync.objects.exists()


def test_columns_can_be_named(run, service, tmp_path):
    path = file(tmp_path, "Repère;Nom", "M1;Mairie d’Aubrac")
    mapping = tmp_path / "colonnes.json"
    mapping.write_text('{"columns": {"Repère": "code"}}', encoding="utf-8")
    assert run("sync", path, "--kind", "organisations", "--map", mapping).exit_code == 0
    assert names(service) == ["Mairie d’Aubrac"]


def test_without_a_shared_directory_it_says_how_to_open_one(db, tmp_path):
    done = CliRunner().invoke(main, ["reference", "sync", str(file(tmp_path, *BODIES))])
    assert done.exit_code == 1
    assert "--reference" in done.output


def test_the_shared_directory_is_opened_once(db):
    opened = [CliRunner().invoke(main, ["account", "create", "service", "--name", "Le service", "--reference"])
              for _ in range(2)]  # fmt: skip
    assert [done.exit_code for done in opened] == [0, 0]
    wrong = CliRunner().invoke(main, ["account", "create", "autre", "--name", "Autre", "--reference"])
    assert wrong.exit_code == 1
