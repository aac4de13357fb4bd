"""What a file is, by its content (std C2, C21, E19)."""

import io
import zipfile

import pytest

from entregent.formats import sniff
from entregent.formats.errors import Unreadable


def refusal(path) -> str:
    with pytest.raises(Unreadable) as caught:
        sniff.recognise(path)
    return caught.value.code


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encoding(make, encoding, found):
    """std C2: BOM, then UTF-8, then Windows-1252 with its €, œ and ’."""
    path = make("Nom;Prénom;Prix\nLœuil;Zoé;12 €\nL’Hévéder;Éloi;3 €\n", encoding=encoding)
    assert sniff.recognise(path) == sniff.Format("csv", found, ";", has_header=True)


def test_encoding_is_judged_on_the_whole_file(make):
    """std C2: one byte that is not UTF-8, far behind the first megabyte, makes the file Windows-1252."""
    path = make(b"nom;prenom\n" + b"dupont;marie\n" * 100_000 + "Hélène;x\n".encode("cp1252"))
    assert sniff.recognise(path).encoding == "cp1252"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter(make, delimiter):
    """std C21: whichever of the four, even when the cells hold the others between quotes."""
    rows = [["Nom", "Adresse", "Note"], ["Dupont", '"1, rue; des | Prés"', "a"], ["Roy", '"2, rue; X | Y"', "b"]]
    assert sniff.recognise(make("\n".join(delimiter.join(row) for row in rows))).delimiter == delimiter


def test_delimiter_among_commas_of_sentences(make):
    """std C21: sentences full of commas don't hide the semicolons."""
    path = make("Nom;Remarque\n" + "Dupont;un, deux, trois\nRoy;rien\nLi;a, b, c\n" * 5)
    assert sniff.recognise(path).delimiter == ";"


def test_multi_line_cells_don_t_confuse(make):
    """std C21: an address of several lines is one cell."""
    path = make("Nom,Adresse,Ville\n" + 'Roy,"Mairie\n1; rue X\nBP; 2",Ici\n' * 10)
    assert sniff.recognise(path).delimiter == ","


def test_sep_line(make):
    """Excel's own first line says the delimiter and is no row."""
    found = sniff.recognise(make("sep=|\nNom|Ville, pays\nDupont|Lyon, France\n"))
    assert (found.delimiter, found.preamble, found.has_header) == ("|", 1, True)


def test_title_above_the_header(make):
    """Administrative files have a title above the header."""
    path = make("Liste des membres;;\nau 1er mars;;\nNom;Prénom;Ville\nRoy;Léa;Laval\nLi;Bo;Lévis\nPy;Al;Alma\n")
    assert sniff.recognise(path).preamble == 2


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Dupont;Marie;marie@lac.example\nRoy;Léa;lea@lac.example\n", False),
        ("Dupont;01 99 00 12 34\nRoy;01 99 00 12 35\n", False),
        ("Nom;E-mail 1 - Value\nRoy;lea@lac.example\n", True),
        ("Nom\nRoy\n", True),
    ],
)
def test_header_or_none(make, text, header):
    """std C21: a first row with an e-mail, a phone or a date is a row."""
    assert sniff.recognise(make(text)).has_header is header


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "image"),
        (b"\x1f\x8b\x08" + bytes(40), "archive"),
        (bytes(range(256)) * 40, "binary"),
    ],
)
def test_refusals(make, content, code):
    """Bad input gets its own clear word, whatever the file's name."""
    assert refusal(make(content, "contacts.csv")) == code


def test_more_refusals(make):
    """UTF-16 without its mark, old .xls, XLSX under a password, web pages named .xls, JSON, other zips."""
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(make(("Nom;Ville\nRoy;Laval\n" * 50).encode("utf-16-le"))) == "utf16_without_bom"
    assert refusal(make(old, "a.xls")) == "old_xls"
    assert refusal(make(old + "EncryptedPackage".encode("utf-16-le"), "a.xlsx")) == "encrypted"
    assert refusal(make("<html><table><tr><td>Nom</td></tr></table></html>", "a.xls")) == "html"
    assert refusal(make('[{"nom": "Roy"}]', "a.json")) == "json"
    assert refusal(make(zipped(word__document_dot_xml=b"<a/>", **{"[Content_Types]_dot_xml": b""}))) == "not_a_table"
    assert refusal(make(zipped(a_dot_csv=b"Nom;Ville"))) == "archive"
    assert refusal(make(b"PK\x03\x04 and then nothing of a zip")) == "broken"


def test_stray_control_characters_are_no_binary(make):
    """std C19: a stray NUL is stripped by the reader, the file is still a text."""
    assert sniff.recognise(make(b"Nom;Ville\nRoy\x00;Laval\n" + b"Li;Alma\n" * 40)).kind == "csv"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_vcard(make, line_end):
    """std C1: cards are found by BEGIN:VCARD, in any case and with spaces before."""
    text = line_end.join(["", "  begin:vcard", "VERSION:3.0", "FN:x", "end:vcard"])
    assert sniff.recognise(make(text, "contacts.txt")).kind == "vcard"


def test_real_files(real):
    """std C2, C21 on the files of the state."""
    assert sniff.recognise(real("maires.csv")) == sniff.Format("csv", "cp1252", ";")
    assert sniff.recognise(real("prada.csv")) == sniff.Format("csv", "utf-8", ",")
