"""XLSX and ODS as rows of text, and the ones that must not be opened (std C26, C31, E19)."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from entregent.formats import container, opendocument, sniff, spreadsheet, table, xlsx_out
from entregent.formats.errors import Unreadable

ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def rows_of(path, kind="xlsx", skip_rows=0, **options):
    return list(table.read(path, sniff.Format(kind, **options), skip_rows=skip_rows))


@pytest.fixture
def workbook(tmp_path):
    """A workbook with an empty first sheet, a hidden one and typed cells."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Vide")
        book.add_worksheet("Cachée").write(0, 0, "secret")
        book.worksheets()[1].hide()
        sheet = book.add_worksheet("Personnes")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Nom", "Code", "Né le", "Nombre", "Erreur", "SIRET"])
        sheet.write(1, 0, "Léa\x01Roy")
        sheet.write_string(1, 1, "01004")
        sheet.write_datetime(1, 2, datetime.datetime(1980, 11, 21), day)
        sheet.write_number(1, 3, 12.5)
        sheet.write_formula(1, 4, "=NA()", None, "#N/A")
        sheet.write_number(1, 5, 35600000049837)
    return path


def ods(content: str, manifest: str = "") -> bytes:
    buffer = io.BytesIO()
    body = f"<office:document-content {ODS_SPACES}><office:body>{content}</office:body></office:document-content>"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", body)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_typed_cells(workbook):
    """std C26: dates in ISO, whole numbers without .0, zeros of text kept, errors empty; first visible data."""
    format = sniff.recognise(workbook)
    seen = table.look(workbook, format, find_header=True)
    assert seen.headers == ["Nom", "Code", "Né le", "Nombre", "Erreur", "SIRET"]
    assert seen.rows == [(2, ["LéaRoy", "01004", "1980-11-21", "12.5", "", "35600000049837"])]


def test_big_files_stream_to_the_same_rows(workbook, monkeypatch):
    """Past the limit another library reads as a stream: nobody sees a difference."""
    small = rows_of(workbook, has_header=False)
    monkeypatch.setattr(spreadsheet, "CALAMINE_MAX_XML", 0)
    monkeypatch.setattr(spreadsheet, "_loaded", None)
    assert rows_of(workbook, has_header=False) == small


def test_choice_of_sheet(workbook):
    """Hidden sheets aren't offered; a sheet that isn't there is said."""
    assert spreadsheet.sheets(workbook, "xlsx") == ["Vide", "Personnes"]
    assert len(rows_of(workbook, sheet="Personnes")) == 1
    with pytest.raises(Unreadable, match="no_sheet"):
        rows_of(workbook, sheet="Autre")


def test_resumed(tmp_path):
    """An import goes on after the rows it has done."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for n in range(10):
            sheet.write(n * 2, 0, f"ligne {n}")
    rows = rows_of(tmp_path / "a.xlsx")
    assert [number for number, _ in rows] == [3, 5, 7, 9, 11, 13, 15, 17, 19]
    assert rows_of(tmp_path / "a.xlsx", skip_rows=6) == rows[6:]


def test_two_far_cells_don_t_fill_the_memory(tmp_path, monkeypatch):
    """A sheet of two cells, A1 and XFD1048576, would be 16 GB as a rectangle: it is streamed."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Nom")
        sheet.write(1_048_575, 16_383, "loin")
    monkeypatch.setattr(spreadsheet, "_loaded", None)
    assert next(table.read(tmp_path / "a.xlsx", sniff.Format("xlsx", has_header=False)))[1][0] == "Nom"


def test_zip_bomb(make):
    """std E19: told from the directory of the zip, before anything is inflated."""
    bomb = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 30_000_000})
    path = make(bomb, "a.xlsx")
    assert len(bomb) < 60_000
    with pytest.raises(Unreadable, match="zip_bomb"):
        rows_of(path, sniff.recognise(path).kind)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({f"xl/{n}.xml": b"" for n in range(5_001)}, "zip_bomb"),
        ({"xl/inner.zip": b"PK"}, "zip_bomb"),
        ({"xl/sheet.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "broken"),
        ({"xl/worksheets/sheet1.xml": b"<not closed"}, "broken"),
    ],
)
def test_refused_parts(make, parts, code):
    """std E19, E21: too many entries, a zip inside, XML entities, damaged XML."""
    path = make(zipped({"xl/workbook.xml": b"<a/>", **parts}), "a.xlsx")
    with pytest.raises(Unreadable, match=code):
        rows_of(path)


def test_too_big_in_all(make, monkeypatch):
    """Refused past 500 MB unpacked, however well each part behaves."""
    monkeypatch.setattr(container, "MAX_TOTAL", 1_000)
    path = make(zipped({"xl/workbook.xml": bytes(range(256)) * 8}), "a.xlsx")
    with pytest.raises(Unreadable, match="spreadsheet_too_big"):
        container.check(path)


def test_a_lying_directory(make):
    """std E19: a part that inflates to more than its directory says is damaged."""
    honest = zipped({"xl/workbook.xml": b"<a/>" + b" " * 100_000})
    size = (100_004).to_bytes(4, "little")
    with pytest.raises(Unreadable, match="broken"):
        container.check(make(honest.replace(size, (10).to_bytes(4, "little")), "a.xlsx"))


def test_damaged_file(workbook, make):
    """Half a file is a damaged file."""
    path = make(workbook.read_bytes()[:-400], "b.xlsx")
    with pytest.raises(Unreadable, match="broken"):
        sniff.recognise(path)


def test_ods(make):
    """ODS: repeated cells and rows, typed values, comments left out, the first sheet with data."""
    path = make(
        ods(
            '<table:table table:name="Vide"/><table:table table:name="Gens"><table:table-row>'
            "<table:table-cell><text:p>Nom</text:p></table:table-cell><table:table-cell><text:p>Né</text:p>"
            '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2">'
            '<table:table-cell office:value-type="string"><office:annotation><text:p>x</text:p></office:annotation>'
            '<text:p>Le<text:s text:c="2"/>Roy</text:p><text:p>Léa</text:p></table:table-cell>'
            '<table:table-cell office:value-type="date" office:date-value="1980-11-21T00:00:00"/>'
            '<table:table-cell office:value-type="float" office:value="12.0"/>'
            '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
            "</table:table>"
        ),
        "a.ods",
    )
    format = sniff.recognise(path)
    assert (format.kind, spreadsheet.sheets(path, "ods")) == ("ods", ["Vide", "Gens"])
    assert list(table.read(path, format)) == [
        (2, ["Le  Roy\nLéa", "1980-11-21", "12"]),
        (3, ["Le  Roy\nLéa", "1980-11-21", "12"]),
    ]


def test_blank_rows_above_the_header(make):
    """A title, then a blank row: the header is found below, and is no row of the table."""
    cell, blank = "<table:table-cell><text:p>{}</text:p></table:table-cell>", "<table:table-cell/>"
    lines = [cell.format("Nos membres"), blank, cell.format("Nom") + cell.format("Ville")]
    lines += [cell.format("Roy") + cell.format("Laval"), cell.format("Li") + cell.format("Alma")]
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    path = make(ods(f'<table:table table:name="A">{rows}</table:table>'), "a.ods")
    seen = table.look(path, sniff.recognise(path), find_header=True)
    assert (seen.headers, seen.rows) == (["Nom", "Ville"], [(4, ["Roy", "Laval"]), (5, ["Li", "Alma"])])


def test_ods_repeats_are_bounded(make):
    """std E19: "this cell, two thousand million times" is cut at the widest sheet we read."""
    path = make(
        ods(
            '<table:table table:name="A"><table:table-row><table:table-cell '
            'table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
            "</table:table-row></table:table>"
        ),
        "a.ods",
    )
    assert len(next(opendocument.rows(path))[1]) == opendocument.MAX_COLUMNS


def test_ods_under_a_password(make):
    """An encrypted ODS says so in its manifest."""
    path = make(ods("<a/>", "<manifest:encryption-data/>"), "a.ods")
    with pytest.raises(Unreadable, match="encrypted"):
        sniff.recognise(path)


def test_written_xlsx_comes_back_as_text(tmp_path):
    """std C31: formulas, zeros and links are written as text, wrong cells marked."""
    cells = ["=1+1", "01004", "https://lac.example", "+33 1", "é\x00"]
    count = xlsx_out.write(tmp_path / "a.xlsx", ["A", "B", "C", "D", "E"], [(cells, {1})], sheet="Lignes: [1]")
    assert count == 1
    rows = rows_of(tmp_path / "a.xlsx")
    assert rows == [(2, ["=1+1", "01004", "https://lac.example", "+33 1", "é"])]
    sheet = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_what_stands_for_a_sign_in_xlsx_is_escaped(tmp_path):
    """ECMA-376 part 1, 22.9.2.19: a carriage return is written «_x000D_», and that text otherwise."""
    xlsx_out.write(tmp_path / "a.xlsx", ["A", "B"], [(["1\r2", "_x000D_"], ())], sheet="Lignes")
    sheet = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml")
    assert b"<t>1_x000D_2</t>" in sheet
    assert b"<t>_x005F_x000D_</t>" in sheet


def book(tmp_path, **sheets):
    """A workbook of sheets: name → rows."""
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


PEOPLE = [["Nom", "Prénom", "Ville"], ["Roy", "Ann", "Laval"], ["Blais", "Zoé", "Bourg"]]


def edited(path, part: str, change) -> None:
    """Rewrite one part of a zip."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    path.write_bytes(zipped(parts))


@pytest.mark.parametrize(
    "notes",
    [
        [["Lisez-moi"], ["Ce classeur contient…"], [], ["Bonne lecture"]],
        [["Version", "2"], ["Auteur", "Ann"], ["Date", "2026-01-01"]],
        [],
    ],
)
def test_a_sheet_of_explanations_is_passed_over(tmp_path, notes):
    seen = table.look(
        book(tmp_path, LisezMoi=notes, Membres=PEOPLE, Archives=PEOPLE), sniff.Format("xlsx"), find_header=True
    )
    assert (seen.format.sheet, seen.sheets) == ("Membres", ["LisezMoi", "Membres", "Archives"])
    assert [cells for _, cells in seen.rows] == PEOPLE[1:]


def test_a_wrong_dimension_hides_nothing(tmp_path):
    path = book(tmp_path, Membres=PEOPLE)
    edited(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1"')
    )
    assert [cells for _, cells in rows_of(path)] == PEOPLE[1:]
    assert list(spreadsheet.beginnings(path, "xlsx", ["Membres"], 9)) == [("Membres", PEOPLE)]


def test_merged_cells_are_read_in_each_row_and_told(tmp_path):
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("M")
        sheet.write_row(0, 0, ["Organisme", "Nom", "Prénom"])
        sheet.merge_range(1, 0, 2, 0, "Lac")
        sheet.write_row(1, 1, ["Roy", "Ann"])
        sheet.write_row(2, 1, ["Blais", "Zoé"])
        sheet.write_row(3, 1, ["Côté", "Max"])
    seen = table.look(path, sniff.Format("xlsx"), find_header=True)
    assert [cells for _, cells in seen.rows] == [["Lac", "Roy", "Ann"], ["Lac", "Blais", "Zoé"], ["", "Côté", "Max"]]
    assert seen.remarks == {"merged": 1}


def test_formulas_never_calculated_and_errors_are_told(tmp_path):
    path = book(tmp_path, Membres=PEOPLE)
    cell = b'<c r="D%d"><f>CONCAT(A%d,"@x")</f></c></row>'
    error = b'<c r="D1" t="e"><f>NA()</f><v>#N/A</v></c></row>'

    def change(xml: bytes) -> bytes:
        rows = xml.split(b"</row>")
        return rows[0] + error + rows[1] + cell % (2, 2) + rows[2] + b'<c r="D3"><f>A3</f><v></v></c></row>' + rows[3]

    edited(path, "xl/worksheets/sheet1.xml", change)
    assert table.look(path, sniff.Format("xlsx"), find_header=True).remarks == {"formulas": 2, "errors": 1}


def test_formulas_of_open_document_without_a_result_are_told(make):
    cells = (
        '<table:table-cell table:formula="of:=[.A1]"/>'
        + "<table:table-cell><text:p>x</text:p></table:table-cell>" * 2
    )
    rows = f"<table:table-row>{cells}</table:table-row>" * 3
    table_of = f'<office:spreadsheet><table:table table:name="F">{rows}</table:table></office:spreadsheet>'
    path = make(ods(table_of))
    assert table.look(path, sniff.Format("ods"), find_header=True).remarks == {"formulas": 3}


def test_rows_written_at_once_are_what_the_library_writes_cell_by_cell():
    """Its style numbers, references, escapes and kept spaces, to the byte."""
    texts = ["a", "", " b ", "c\nd", "_x000D_", "<&>\"'", "é\x01f", "g" * 40_000, "\u2028", "0123", "=1+1"]
    rows = [(texts, ()), (texts[::-1] * 3, {0, 1, 9}), ([], ()), (["", ""], {1}), (texts, ())]
    mine, theirs = io.BytesIO(), io.BytesIO()
    xlsx_out.write(mine, ["Nom", "Note <x>"], rows, sheet="Feuille")

    class Plain(xlsx_out.Worksheet):
        def write_texts(self, row, cells, marked, plain, wrong):
            for column, cell in enumerate(cells):
                chosen = wrong if column in marked else plain
                if cell:
                    text = cell if cell.isprintable() else xlsx_out.CONTROLS.sub("", cell)
                    self.write_string(row, column, text[: xlsx_out.MAX_CELL], chosen)
                elif column in marked:
                    self.write_blank(row, column, None, chosen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_out, "_Sheet", Plain)
        xlsx_out.write(theirs, ["Nom", "Note <x>"], rows, sheet="Feuille")
    sheets = [zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml").decode() for book in (mine, theirs)]
    assert sheets[0] == sheets[1]
