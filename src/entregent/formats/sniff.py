"""What a file is, by its content and never by its name: kind, encoding, delimiter, header (std C2, C21)."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from . import container, delimited
from .errors import Unreadable

HEAD = 64 * 1024
CHUNK = 1024 * 1024

_REFUSED = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"SQLite format 3", "binary"),
    (b"{\\rtf", "not_a_table"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CARD = re.compile(r"(?:\A|[\r\n])[ \t\ufeff]*BEGIN:[ \t]*VCARD[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
_BLANK = b"\0\t\r\n \xef\xbb\xbf\xff\xfe"
_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Format:
    """How to read a file; every attribute can be mended by the user before reading.

    Attributes:
        kind: "csv", "xlsx", "ods" or "vcard".
        encoding: Python codec name ('' for spreadsheets).
        delimiter: one of `; , tab |` for csv, else ''.
        has_header: whether the first useful row names the columns.
        preamble: rows to leave out before that row (a title, "sep=;").
        sheet: name of the sheet, '' for the first one with data.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    has_header: bool = True
    preamble: int = 0
    sheet: str = ""


def refuse_at_once(path: Path | str) -> None:
    """Raise ``Unreadable`` if the first bytes show neither a table nor cards; cheap, whatever the file."""
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(_BLANK):
        raise Unreadable("empty")
    old = head.startswith(_OLD_OFFICE) and path.stat().st_size > CHUNK  # looked through by the worker
    if not old and not head.startswith(_ZIPPED):
        _refuse_binary(path, head)
        _refuse_markup(head[:1024].decode("utf-8", errors="ignore"))


def recognise(path: Path | str) -> Format:
    """Return the Format of the file at `path`, reading it at most once and in flat memory.

    Raises:
        Unreadable: empty, binary, encrypted, an old .xls, a picture… with a code that says which.
    """
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(_BLANK):
        raise Unreadable("empty")
    if head.startswith(_ZIPPED):
        return Format(kind=container.kind(path))
    _refuse_binary(path, head)
    encoding = find_encoding(path)
    text = head.decode(encoding, errors="ignore")
    if _CARD.search(text):
        return Format(kind="vcard", encoding=encoding)
    _refuse_markup(text)
    delimiter, rows = delimited.find_delimiter(text, whole=len(head) < HEAD)
    preamble, has_header = delimited.find_header(rows)
    return Format("csv", encoding, delimiter, has_header, preamble)


def find_encoding(path: Path | str) -> str:
    """Return the encoding: BOM, else UTF-8 (std C2), else Windows-1252.

    A few wrong bytes among many right ones leave a file UTF-8: they spoil their rows alone. Byte by byte, what is
    Windows-1252 nearly never is UTF-8 too.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    right = wrong = 0
    with Path(path).open("rb") as file:
        chunk = file.read(CHUNK)
        for bom, encoding in _BOMS:
            if chunk.startswith(bom):
                return encoding
        while chunk:
            text = decoder.decode(chunk)
            if not text.isascii():
                bad = len(_NOT_UTF8.findall(text))
                wrong += bad
                right += len(_NOT_ASCII.findall(text)) - bad
            chunk = file.read(CHUNK)
    wrong += len(decoder.decode(b"", final=True))
    return "cp1252" if wrong > right else "utf-8"


def _refuse_binary(path: Path, head: bytes) -> None:
    if head.startswith(_OLD_OFFICE):
        raise Unreadable("encrypted" if container.is_encrypted_office(path) else "old_xls")
    for magic, code in _REFUSED:
        if head.startswith(magic) and (len(magic) > 2 or _CONTROLS.search(head[:64])):
            raise Unreadable(code)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    # A stray control character is stripped by the readers; one in a hundred is no text.
    stray = len(_CONTROLS.findall(head))
    if stray * 100 > len(head) and (stray > 8 or stray * 4 > len(head)):
        raise Unreadable("utf16_without_bom" if _looks_utf16(head) else "binary")


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) * 2.5 > len(head) / 2 and min(even, odd) * 20 < len(head)


def _refuse_markup(text: str) -> None:
    start = text.lstrip("\ufeff \t\r\n")[:64].casefold()
    if start.startswith(("<!doctype html", "<html", "<table", "<meta", "<head")):
        raise Unreadable("html")
    if start.startswith("<?xml"):
        raise Unreadable("xml")
    if re.match(r'[\[{]\s*(?:\{\s*)?"', start):
        raise Unreadable("json")
