"""Delimited text as a stream: quotes, odd rows, size (std C19, C26, C31; RFC 4180)."""

import itertools
import time
import tracemalloc

import pytest

from entregent.formats import csv_out, sniff, table
from entregent.formats.errors import Unreadable
from entregent.formats.marked import Marked


def rows_of(path, encoding="utf-8", skip_rows=0, **options):
    return list(table.read(path, sniff.Format("csv", encoding, ";", **options), skip_rows=skip_rows))


def test_rows_and_their_lines(make):
    """Blank rows are left out, lines are those of the file."""
    path = make('Nom;Adresse\nRoy;"1 rue X\nLaval"\n\n;\nLi;"dit ""Bo"""\n')
    assert rows_of(path) == [(2, ["Roy", "1 rue X\nLaval"]), (6, ["Li", 'dit "Bo"'])]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(make, line_end):
    """LF, CRLF, and CR alone as old Macs wrote it."""
    path = make(line_end.join(["Nom;Ville", "Roy;Laval", 'Li;"a', 'b"']))
    assert rows_of(path) == [(2, ["Roy", "Laval"]), (3, ["Li", "a\nb"])]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Nom;Ville\nRoy;Laval\n"Li;Alma\nPy;Ici\n', 3),  # never closed
        ('Nom;Ville\nRoy;Laval\n"Li;Alma\n"Py";"Ici"\n', 3),  # closed by the next row's first quote
        ('Nom;Ville\nRoy;"Laval\nLi;Alma\nPy;"1 rue X\nIci"\n', 2),  # closed by the next cell of two lines
        ('Nom;Ville\nRoy;"La;"va;l\n', 2),  # on one line, the cells don't fit
    ],
)
def test_broken_quote(make, text, line):
    """A broken quote is told with the line where it opened, spoils this line, and swallows nothing."""
    rows = rows_of(make(text))
    marked = [(number, cells.code, cells.fatal) for number, cells in rows if isinstance(cells, Marked)]
    assert marked == [(line, "broken_quote", True)]
    starts = {number: cells for number, cells in rows if number != line}
    assert starts.get(2, ["Roy", "Laval"]) == ["Roy", "Laval"]
    assert starts.get(4, ["Py", "Ici"]) in (["Py", "Ici"], ["Py", "1 rue X\nIci"])


NOTE = "Appelée lundi.\nVient avec Paul; Marie; Zoé\nFin"
"""Lines of a cell, of which one has as many delimiters as a row."""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f'Roy;Ann;"{NOTE}"', [["Roy", "Ann", NOTE]]),
        ('Roy;Ann;"A;b;c\nD;e;f\nG;h;i"', [["Roy", "Ann", "A;b;c\nD;e;f\nG;h;i"]]),  # nothing but such lines
        (f'Roy;"{NOTE}"', [["Roy", NOTE]]),  # fewer cells than the header
        (f'Roy;Ann;"{NOTE}";x', [["Roy", "Ann", NOTE, "x"]]),  # more
        (f'Roy;Ann;"{NOTE}', [[f'Roy;Ann;"{NOTE}']]),  # never closed: rejected whole
        (f'Roy;Ann;"Elle dit\n"oui"\n{NOTE}"', [[f'Roy;Ann;"Elle dit\n"oui"\n{NOTE}"']]),
    ],
)
def test_lines_of_a_cell_are_never_rows(make, text, rows):
    """No contact is made up of a note, whatever its lines look like, and none is lost for it."""
    assert [cells for _, cells in rows_of(make(f"Nom;Prénom;Notes\n{text}\n"))] == rows


def test_an_open_quote_in_a_long_file_with_a_short_row(make):
    """One row that lacks a cell doesn't make a note of all the others."""
    path = make('Nom;Ville\n"Li;Alma\n' + "Roy;Laval\n" * 20 + "Py\n")
    assert len(rows_of(path)) == 22


def test_broken_quote_in_a_big_file_costs_little(make):
    """What follows an open quote is not gathered to the end of a file of gigabytes."""
    path = make('Nom;Ville\n"Li;Alma\n' + "Roy;Laval\n" * 50_000)
    tracemalloc.start()
    rows = table.read(path, sniff.Format("csv", "utf-8", ";"))
    assert sum(1 for _ in rows) == 50_001
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_many_open_quotes_cost_no_more_than_a_few(make):
    """Each line opens a quote, or closes the one before: no record is looked at again and again."""
    path = make("Nom;Ville\n" + '"a;""\n' * 3_000 + 'x;"y\n' * 3_000)
    began = time.process_time()
    assert sum(1 for _ in table.read(path, sniff.Format("csv", "utf-8", ";"))) > 3_000
    assert time.process_time() - began < 20


def test_stray_quotes_inside_a_cell(make):
    """Quotes that nobody escaped are kept when the row still has its cells."""
    path = make('Nom;Ville\n5" tube;Laval\n"Le "Petit" Café";Alma\n')
    assert [cells for _, cells in rows_of(path)] == [['5" tube', "Laval"], ['Le "Petit" Café', "Alma"]]


def test_long_cells_and_control_characters(make):
    """std C19: a cell of 10,000 characters is whole; control characters are gone, tabs stay."""
    path = make("Nom;Note\n" + "é" * 10_000 + ";a\x00\x01\x7f\tb\n")
    assert rows_of(path) == [(2, ["é" * 10_000, "a\tb"])]


def test_line_without_end(make):
    """A line of gigabytes is refused, not read into memory."""
    with pytest.raises(Unreadable) as caught:
        rows_of(make("Nom;Ville\n" + "x" * 4_100_000))
    assert (caught.value.code, caught.value.params) == ("line_too_long", {"line": 2})


def test_a_byte_in_another_encoding_marks_its_row(make):
    """UTF-8 by choice on a Windows-1252 file: read byte by byte, and said."""
    ((_, cells),) = rows_of(make("Nom;Ville\nHélène;X\n", encoding="cp1252"))
    assert (cells, cells.code, cells.fatal) == (["Hélène", "X"], "other_bytes", False)


@pytest.mark.parametrize("encoding", ["mac_roman", "utf-16", "iso-8859-15"])
def test_encodings_by_choice(make, encoding):
    """std C21: others are read when the user says so."""
    path = make("Nom;Ville\nHélène;Orléans\n", encoding=encoding)
    assert rows_of(path, encoding) == [(2, ["Hélène", "Orléans"])]


def test_resumed(make):
    """An import goes on after the rows it has done; the lines stay those of the file."""
    path = make("Titre;\nNom;Ville\n" + "".join(f"Nom{n};Ville\n\n" for n in range(10)))
    every = rows_of(path, preamble=1)
    assert len(every) == 10
    assert rows_of(path, preamble=1, skip_rows=7) == every[7:]


def test_leading_zeros_and_apostrophes(make):
    """std C26, C31: 01004 stays text; what an export wrote before a formula is taken away, once."""
    path = make("Code;Note\n01004;'=1+1\n02;''+33 1\n2A004;'a\n")
    assert [cells for _, cells in rows_of(path)] == [["01004", "=1+1"], ["02", "'+33 1"], ["2A004", "'a"]]


def test_what_we_write_comes_back(make):
    """std C31: any cell survives the way out and in."""
    cells = ["=1+1", "+33 1", "-", "@a", "'=x", "''+", "'", "a;b", 'dit "Bo"', "1\n2", "\ttab", " é ", "01004"]
    path = make(b"".join(csv_out.write(["Cellule", "Fin"], [[cell, "x"] for cell in cells])))
    format = sniff.recognise(path)
    assert format == sniff.Format("csv", "utf-8-sig", ";")
    assert [row[0] for _, row in table.read(path, format)] == cells


def test_memory_is_flat(make, sample):
    """A file of any size: only the row being read is held."""
    rows = sample.size(50_000, 300_000)  # held, the fewer of them take 8 MB and more
    path = make("Nom;Ville\n" + "Roy;Laval de Beaulieu\n" * rows)
    tracemalloc.start()
    count = sum(1 for _ in table.read(path, sniff.Format("csv", "utf-8", ";")))
    assert count == rows
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()


def test_only_a_header(make):
    """A header with nothing below has its own word."""
    path = make("Nom;Prénom\n")
    with pytest.raises(Unreadable) as caught:
        table.look(path, sniff.recognise(path))
    assert caught.value.code == "no_rows"


def test_look_without_header(make):
    """Columns without names are still columns."""
    path = make("Roy;lea@lac.example\nLi;bo@lac.example\n")
    assert table.look(path, sniff.recognise(path)).headers == ["", ""]


def test_real_files(real):
    """std C26 on the state's files: every row, none shifted, zeros and 2A kept."""
    path = real("maires.csv")
    rows = [cells for _, cells in table.read(path, sniff.recognise(path))]
    assert len(rows) == 34_921
    assert {len(cells) for cells in rows} == {14}
    assert {"01", "2A", "2B"} <= {cells[0] for cells in rows}
    path = real("prada.csv")
    rows = [cells for _, cells in table.read(path, sniff.recognise(path))]
    assert len(rows) == 1_704
    assert {len(cells) for cells in rows} == {7}
    assert sum("\n" in cells[5] for cells in rows) > 1_000


def test_formulas_are_neutralised():
    """std C31, E28: BOM, `;`, CRLF, and an apostrophe before = + - @ TAB CR."""
    written = b"".join(csv_out.write(["Nom"], [["=cmd|' /C calc'!A0"], ["+33 1"], ["a\x00b"]]))
    assert written == "\ufeffNom\r\n'=cmd|' /C calc'!A0\r\n'+33 1\r\nab\r\n".encode()


def test_writing_streams():
    """Rows are taken as they come: an export of any size needs no memory."""
    endless = csv_out.write(["n"], ([str(n)] for n in itertools.count()))
    assert sum(len(chunk) for chunk in itertools.islice(endless, 20)) > 10_000
