"""Cells of any length: none is searched for longer than a field can be long, and none costs its row."""

from dataclasses import replace

import pytest

from entregent.directory.models import Party
from entregent.exchange import columns, guessing, intake, refusals
from entregent.exchange.cells import LONGEST, RowReader
from entregent.exchange.fields import BY_CODE
from entregent.exchange.guessing import LOOKED_AT_OF_CELL, guessed
from entregent.exchange.leaving_out import NOTES_KEPT
from entregent.formats import sniff, table
from entregent.formats.table import MAX_HEADER
from entregent.kernel.dates import parse_date
from entregent.kernel.errors import Bad
from entregent.runs import cycle

from .test_row_by_row import done

BLANKS = "1" + "\n" * 60_000 + "!"
"""A text that takes half a minute to search for a time of day behind blanks."""


def test_a_guess_is_made_from_the_beginning_of_cells(tmp_path, monkeypatch):
    path = tmp_path / "long.csv"
    path.write_text(f"Nom;{'n' * 200_000}\nRoy;{'x' * 300_000}\n", encoding="utf-8")
    seen: list[str] = []
    for module, name in ((columns, "guess"), (guessing, "alarms")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *asked, real=real: seen.extend(texts(asked)) or real(*asked))
    format = sniff.recognise(path)
    guessed(path, format, path.name, "contacts", {}, True)
    assert max(map(len, seen)) == LOOKED_AT_OF_CELL
    assert table.headers(path, replace(format, has_header=True), 2) == ["Nom", "n" * MAX_HEADER]


def texts(asked: object) -> list[str]:
    """All texts in nested lists."""
    if isinstance(asked, str):
        return [asked]
    return [text for one in asked for text in texts(one)] if isinstance(asked, list | tuple) else []


@pytest.mark.parametrize("target", sorted(BY_CODE.keys() - refusals.TARGETS))
def test_a_long_cell_is_text_whatever_its_column(target):
    text = "a" * (LONGEST + 1)
    card, _ = RowReader([target, "last_name"], ["Titre"]).read([text, "Roy"])
    assert "last_name" in card
    assert target == "ignore" or text in card["notes"]


def test_texts_without_end_are_no_dates_and_are_refusals():
    with pytest.raises(Bad):
        parse_date(BLANKS)
    assert refusals.refuses(refusals.REFUSED, BLANKS)


def test_values_that_are_too_long_do_not_cost_their_row(bruno, tmp_path):
    """The beginning of the notes is kept, and the rest of the file's words where it can be."""
    rows = f"Roy;{'x' * 300_000};a@x.example\n{'N' * 400};;b@x.example\n{'N' * 5_000};;c@x.example"
    path = tmp_path / "fichier.csv"
    path.write_text(f"Nom;Notes;Email\n{rows}\n", encoding="utf-8")
    source = intake.receive(bruno, path, path.name, "contacts")
    cycle.start_run(bruno, source)
    assert done(source)[0] == {"created": 3}
    roy, middle, long = (Party.objects.get(email=f"{letter}@x.example") for letter in "abc")
    assert roy.notes == "x" * NOTES_KEPT
    assert "N" * 400 in middle.notes
    assert "N" * 5_000 in long.notes
