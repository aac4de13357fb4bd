"""What of a row does not arrive in its field is told with its row, column and value, and kept in the notes."""

import pytest

from entregent.accounts import jobs
from entregent.directory.models import Party
from entregent.exchange import intake, reporting
from entregent.runs import cycle

NAMES = {"last_name": "Nom", "first_name": "Prénom"}
CASES = [
    ("email", "E-mail", "pas-un-mail"),
    ("email", "E-mail", "www.lac.example"),
    ("phone", "Téléphone", "abc"),
    ("phone", "Téléphone", "6,40E+08"),
    ("website", "Site", "voir Paul"),
    ("birth_date", "Né le", "1980"),
    ("birth_date", "Né le", "12/03"),
    ("civility", "Civilité", "Sa Majesté"),
    ("country", "Pays", "Zorglub"),
    ("country", "Pays", "Suisse"),
    ("country_2", "Pays 2", "Zorglub"),
    ("organisation_code", "SIRET", "123"),
    ("organisation_email", "Courriel société", "pas-un-mail"),
    ("organisation_phone", "Tél. société", "0123456789"),
    ("organisation_address", "Rue société", "3 rue du Lac"),
    ("organisation_city", "Ville société", "Laval"),
    ("organisation_country", "Pays société", "Zorglub"),
    ("since", "Depuis", "hier"),
    ("until", "Fin", "12/03/2024"),
    ("function", "Fonction", "Maire"),
    ("notes", "Notes", ""),
]


def imported(by, tmp_path, *columns):
    """Import one row: (target, header, cell) for each column besides the names; return the run."""
    path = tmp_path / "gens.csv"
    headers, cells = [header for _, header, _ in columns], [f'"{cell}"' for _, _, cell in columns]
    path.write_text(f"Nom;Prénom;{';'.join(headers)}\nRoy;Ann;{';'.join(cells)}\n", encoding="utf-8")
    run = intake.receive(by, path, "gens.csv", "contacts")
    intake.map_columns(run, [*NAMES, *(target for target, _, _ in columns)], {}, "complete")
    cycle.start_run(by, run)
    jobs.run_pending()
    run.refresh_from_db()
    assert run.state == "done"
    return run


@pytest.mark.parametrize(("target", "header", "cell"), CASES)
def test_a_value_without_a_place_is_told_and_noted(bruno, tmp_path, target, header, cell):
    run = imported(bruno, tmp_path, (target, header, cell))
    told = [row for row, _marked in reporting.told(run, "value").rows]
    notes = Party.objects.get().notes
    if not cell:
        assert (told, notes) == ([], "")
        return
    ((line, left, why),) = told
    assert (line, left, header in why) == ("2", cell, True)
    assert cell in notes


def test_all_of_them_are_told_in_one_row(bruno, tmp_path):
    wanted = [one for one in CASES if one[2] in ("pas-un-mail", "abc", "123", "Zorglub") and one[1] in
              ("E-mail", "Téléphone", "SIRET", "Pays")]  # fmt: skip
    run = imported(bruno, tmp_path, *wanted)
    ((_line, left, _why),) = [row for row, _marked in reporting.told(run, "value").rows]
    assert sorted(left.split(" · ")) == ["123", "Zorglub", "abc", "pas-un-mail"]


def test_the_country_of_the_account_alone_says_nothing(bruno, tmp_path):
    run = imported(bruno, tmp_path, ("country", "Pays", "France"))
    assert (list(reporting.told(run, "value").rows), Party.objects.get().notes) == ([], "")


def test_an_existing_record_with_notes_gets_the_values_too_and_only_once(bruno, tmp_path):
    imported(bruno, tmp_path, ("notes", "Notes", "aime le vélo"))
    for _ in range(2):
        imported(bruno, tmp_path, ("phone", "Téléphone", "6,40E+08"), ("organisation_code", "SIRET", "123"))
    assert Party.objects.get().notes.split("\n") == ["aime le vélo", "Téléphone : 6,40E+08", "SIRET : 123"]
