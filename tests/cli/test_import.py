"""``entregent import``: the import of the pages, with options for terminals and scripts."""

import json
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from django.utils import timezone

from entregent.accounts import jobs
from entregent.accounts.models import User
from entregent.cli.commands.importing import import_file
from entregent.directory.models import Party
from entregent.exchange import importing
from entregent.exchange.models import Import
from entregent.runs import cycle

ROWS = "Nom;Prénom;Email\nGagné;Éloïse;eloise@v3r.example\n;;paul@@v3r.example\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gens.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def run(bruno):
    """Run the command as Bruno in his account."""
    email = User.objects.get(pk=bruno.user_id).email

    def run(file: Path, *more: str, user: str = email):
        return CliRunner().invoke(import_file, [str(file), "--account", "lac", "--user", user, *more])

    return run


def test_it_imports_and_leaves_the_rows_to_mend_beside_the_file(run, file):
    result = run(file)
    assert result.exit_code == 0, result.output
    assert "created: 1" in result.output
    assert "rejected: 1" in result.output
    assert Party.objects.get().name == "Éloïse Gagné"
    rejects = file.with_name("gens.csv.rejets.csv").read_text(encoding="utf-8-sig")
    assert "paul@@v3r.example" in rejects


def test_a_dry_run_writes_nothing_at_all(run, file):
    result = run(file, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "created: 1" in result.output
    assert "paul" not in result.output
    assert "@" in result.output
    assert not Party.objects.exists()
    assert not Import.objects.exists()
    assert [path.name for path in file.parent.iterdir()] == ["gens.csv"]


def test_its_result_can_be_read_by_a_program(run, file):
    result = json.loads(run(file, "--json").stdout)
    assert (result["created"], result["rejected"], result["rows"]) == (1, 1, 2)


def test_a_map_says_what_columns_become(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("A;B\nGagné;Éloïse\n", encoding="utf-8")
    asked = tmp_path / "map.json"
    asked.write_text(json.dumps({"columns": {"A": "last_name", "B": "first_name"}}), encoding="utf-8")
    assert run(path, "--map", str(asked)).exit_code == 0
    assert Party.objects.get().name == "Éloïse Gagné"


@pytest.mark.parametrize(
    "asked",
    ["pas du JSON", "[]", '{"columns": {"Z": "name"}}', '{"columns": {"Nom": "nowhere"}}', '{"else": 1}'],
)
def test_a_bad_map_is_a_clear_error_and_nothing_is_kept(run, file, tmp_path, asked):
    path = tmp_path / "map.json"
    path.write_text(asked, encoding="utf-8")
    result = run(file, "--map", str(path))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert not Import.objects.exists()


def test_a_file_that_is_no_table_is_a_clear_error(run, tmp_path):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    result = run(path)
    assert result.exit_code == 1
    assert "Error: " in result.output


def test_a_stranger_imports_nothing(run, file, dimitri):
    result = run(file, user=User.objects.get(pk=dimitri.user_id).email)
    assert result.exit_code == 1
    assert not Party.objects.exists()


def test_an_interruption_leaves_the_rest_to_a_worker(run, file, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 1)
    counted = jobs.Breath.take

    def interrupted(_breath):
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs.Breath, "take", interrupted)
    result = run(file)
    assert result.exit_code == 1
    assert "a worker goes on" in result.output or "prend la suite" in result.output
    assert (Import.objects.get().state, Party.objects.count()) == ("running", 1)
    monkeypatch.setattr(jobs.Breath, "take", counted)
    assert jobs.run_pending() == 1
    assert (Import.objects.get().state, Import.objects.get().rows_done) == ("done", 2)


@pytest.mark.parametrize("then", ["ends", "dies", "is told to stop", "fails"])
def test_a_job_that_a_worker_takes_first_is_followed_to_its_end(run, file, monkeypatch, then):
    """Beside a running program, its worker may be quicker than the command."""
    start, looks = cycle.start_run, []

    def start_and_lose(*given):
        job = start(*given)
        assert jobs.claim("another").pk == job.pk
        return job

    def meanwhile(_seconds):
        looks.append(1)
        job = jobs.Job.objects.get()
        if then == "ends":
            jobs.perform(job, "another", Event())
        elif then == "dies":
            jobs.Job.objects.update(lease_until=timezone.now())
        else:
            jobs.Job.objects.update(state="queued", error="No space" if then == "fails" else "")

    monkeypatch.setattr(cycle, "start_run", start_and_lose)
    monkeypatch.setattr(jobs, "sleep", meanwhile)
    result = run(file, "--json")
    assert len(looks) == 1
    if then == "fails":
        assert (result.exit_code, "No space" in result.output, Party.objects.count()) == (1, True, 0)
        return
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["created"] == 1
    assert (Import.objects.get().state, jobs.Job.objects.get().state) == ("done", "done")


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"refusals": {"Remarques": "refused"}}, True),
        ({"refusals": {"Remarques": "none"}}, False),
        ({"columns": {"Remarques": "notes"}, "refusals": {"Remarques": "refused"}}, True),
    ],
)
def test_what_may_be_a_refusal_must_be_answered(run, tmp_path, asked, refused):
    file, map_file = tmp_path / "gens.csv", tmp_path / "map.json"
    file.write_text("Nom;Prénom;Remarques\nRoy;Ann;ne plus contacter\nBlais;Zoé;vélo\n", encoding="utf-8")
    result = run(file)
    assert (result.exit_code, "Remarques" in result.output, Import.objects.count()) == (1, True, 0)
    map_file.write_text(json.dumps(asked), encoding="utf-8")
    result = run(file, "--map", str(map_file))
    assert result.exit_code == 0, result.output
    assert (Party.objects.get(last_name="Roy").mail_refused_at is not None) is refused


@pytest.mark.parametrize(
    ("headers", "asked", "said"),
    [
        ("Nom;Prénom;Remarques", {"columns": {"Remarques": "notes"}}, "Remarques"),
        ("Nom;Prénom;Désabonné", {"columns": {"Désabonné": "ignore"}}, "Désabonné"),
        ("Nom;Prénom;Statut", {"columns": {"Statut": "status"}}, "Statut"),
        ("Nom;Prénom;Remarques", {"refusals": {"Remarque": "none"}}, "Remarque"),
        ("Nom;Prénom;Remarques", {"refusals": {"Remarques": "non"}}, "non"),
        ("Nom;Prénom;Consentement", {"refusals": {"Consentement": "refused"}}, "mail_wanted"),
        ("Nom;Prénom;Remarques;Remarques", {"columns": {"Remarques": "notes"}}, "Remarques"),
        ("Nom;Prénom;Remarques", {"refusals": ["Remarques"]}, "refusals"),
    ],
)
def test_no_map_drops_a_refusal_unsaid(run, tmp_path, headers, asked, said):
    """Mapping a column is no answer about its refusals, nor is one about a column that there is not."""
    file, map_file = tmp_path / "gens.csv", tmp_path / "map.json"
    file.write_text(f"{headers}\nRoy;Ann;désabonnée\nBlais;Zoé;vélo\n", encoding="utf-8")
    map_file.write_text(json.dumps(asked), encoding="utf-8")
    result = run(file, "--map", str(map_file))
    assert (result.exit_code, said in result.output, Import.objects.count()) == (1, True, 0)


def test_repeated_and_nameless_columns_are_answered_by_their_name_or_number(run, tmp_path):
    file, map_file = tmp_path / "gens.csv", tmp_path / "map.json"
    file.write_text("Nom;Prénom;Mot;Mot;\nRoy;Ann;NPAI;;\nBlais;Zoé;;désabonnée;\nCôté;Max;;;désabonné\n")
    map_file.write_text(json.dumps({"refusals": {"Mot": "refused", "5": "refused"}}))
    result = run(file, "--map", str(map_file))
    assert result.exit_code == 0, result.output
    assert Party.objects.exclude(mail_refused_at=None).count() == 3


@pytest.mark.parametrize(("answer", "refusing"), [("refused", 1), ("none", 0)])
def test_cards_of_the_unsubscribed_are_asked_about(run, tmp_path, answer, refusing):
    file, map_file = tmp_path / "unsubscribed.vcf", tmp_path / "map.json"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nN:Roy;Ann;;;\nEND:VCARD\n")
    result = run(file)
    assert (result.exit_code, "unsubscribed.vcf" in result.output, Import.objects.count()) == (1, True, 0)
    map_file.write_text(json.dumps({"refusals": {"unsubscribed.vcf": answer}}))
    for more in (["--dry-run"], []):
        result = run(file, "--map", str(map_file), *more)
        assert result.exit_code == 0, result.output
    assert Party.objects.count() == 1
    assert Party.objects.exclude(mail_refused_at=None).count() == refusing


@pytest.mark.parametrize("line", ["CATEGORIES:presse,Désabonné", "NOTE:ne plus contacter"])
def test_a_card_that_says_so_is_asked_about(run, tmp_path, line):
    file = tmp_path / "gens.vcf"
    file.write_text(f"BEGIN:VCARD\nVERSION:3.0\nN:Roy;Ann;;;\nEMAIL:a@x.example\n{line}\nEND:VCARD\n")
    result = run(file)
    assert (result.exit_code, "refus" in result.output.lower(), Import.objects.count()) == (1, True, 0), result.output


def test_how_a_file_is_read_can_be_said(run, tmp_path):
    file = tmp_path / "gens.csv"
    text = "Membres|2026|\nNom|Prénom|Né le\nRoy|Éric|03/04/1990\n"
    file.write_bytes(text.encode("mac_roman"))
    asked = ["--encoding", "mac_roman", "--delimiter", "|", "--header-row", "2", "--date-order", "mdy"]
    result = run(file, *asked)
    assert result.exit_code == 0, result.output
    roy = Party.objects.get()
    assert (roy.first_name, roy.birth_date.isoformat()) == ("Éric", "1990-03-04")
    wrong = run(file, "--encoding", "zorglub")
    assert (wrong.exit_code, "zorglub" in wrong.output) == (1, True)


def test_the_order_of_dates_that_the_file_shows_is_kept(run, tmp_path):
    file = tmp_path / "gens.csv"
    for name, day in (("Roy", "11/21/1980"), ("Blais", "11/22/1980")):  # the second by the mapping of the first
        file.write_text(f"Nom;Prénom;Né le\n{name};Ann;{day}\n{name}z;Ann;03/04/1990\n", encoding="utf-8")
        assert run(file).exit_code == 0
    found = dict(Party.objects.values_list("last_name", "birth_date"))
    assert [found[name].isoformat() for name in ("Roy", "Royz", "Blaisz")] == [
        "1980-11-21",
        "1990-03-04",
        "1990-03-04",
    ]


def test_columns_that_are_left_out_are_named(run, tmp_path):
    file = tmp_path / "gens.csv"
    file.write_text("Nom;Prénom;Zorglub;Vide\nRoy;Ann;bleu;\n", encoding="utf-8")
    assert "Zorglub" in run(file, "--dry-run").output
    assert "Vide" not in run(file, "--dry-run").output
