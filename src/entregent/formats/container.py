"""Zipped spreadsheets: which kind, and is it safe to open (std E19)."""

import re
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path

from .errors import Unreadable

MAX_TOTAL = 500 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_RATIO = 200
RATIO_FROM = 20 * 1024 * 1024
CHUNK = 1024 * 1024

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_NESTED = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz")
LONGEST_MARK = 10
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind(path: Path | str) -> str:
    """Return "xlsx" or "ods" for the zip at `path`.

    Raises:
        Unreadable: another kind of zip, or a broken one.
    """
    with opened(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "mimetype" in names and "content.xml" in names:
            return _opendocument_kind(archive)
    if "xl/workbook.bin" in names:
        raise Unreadable("xlsb")
    raise Unreadable("not_a_table" if "[Content_Types].xml" in names else "archive")


def is_encrypted_office(path: Path | str) -> bool:
    """Tell whether an OLE file is an XLSX under a password (rather than an old .xls)."""
    tail = b""
    with Path(path).open("rb") as file:
        while chunk := file.read(CHUNK):
            if _ENCRYPTED in tail + chunk:
                return True
            tail = chunk[-len(_ENCRYPTED) :]
    return False


def opened(path: Path | str) -> zipfile.ZipFile:
    """Return the zip at `path` opened, or raise Unreadable("broken")."""
    try:
        return zipfile.ZipFile(path)
    except _BROKEN as error:
        raise Unreadable("broken") from error


def check(path: Path | str) -> dict[str, int]:
    """Return the sizes of the XML parts (name → bytes) of a spreadsheet that is safe to open.

    What the directory of the zip declares is looked at before anything is inflated; every part is then
    inflated once, in flat memory, since a directory may lie (zipfile stops at the declared size and
    checks the CRC).

    Raises:
        Unreadable: a zip bomb, too big, under a password, XML entities, or broken.
    """
    status = Path(path).stat()
    return _checked(str(path), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4)
def _checked(path: str, _changed: int, _size: int) -> dict[str, int]:
    """Check a file once, however often it is opened."""
    with opened(path) as archive:
        entries = archive.infolist()
        _check_directory(entries)
        for entry in entries:
            _inflate(archive, entry)
    return {entry.filename: entry.file_size for entry in entries if entry.filename.endswith(".xml")}


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or any(entry.filename.lower().endswith(_NESTED) for entry in entries):
        raise Unreadable("zip_bomb")
    if len({entry.header_offset for entry in entries}) != len(entries):
        raise Unreadable("zip_bomb")  # parts that overlap
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unreadable("encrypted")
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Unreadable("zip_bomb")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Unreadable("spreadsheet_too_big", limit=MAX_TOTAL // 1024 // 1024)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    try:
        with archive.open(entry) as part:
            marked_up, tail = entry.filename.endswith((".xml", ".rels")), b""
            while chunk := part.read(CHUNK):
                if marked_up and _ENTITY.search((tail + chunk).replace(b"\0", b"")):  # in UTF-16 too
                    raise Unreadable("broken")
                tail = chunk[-LONGEST_MARK:]
    except _BROKEN as error:
        raise Unreadable("broken") from error


def _opendocument_kind(archive: zipfile.ZipFile) -> str:
    try:
        mimetype = _beginning(archive, "mimetype")
        manifest = _beginning(archive, "META-INF/manifest.xml")
    except _BROKEN as error:
        raise Unreadable("broken") from error
    if b"opendocument.spreadsheet" not in mimetype:
        raise Unreadable("not_a_table")
    if b"encryption-data" in manifest:
        raise Unreadable("encrypted")
    return "ods"


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(CHUNK)
