"""vCard content lines: from bytes to properties, for 2.1, 3.0 and 4.0 alike (RFC 6350 §3.2-3.4; std C1-C5).

Lines are unfolded, and quoted-printable decoded, as bytes: a fold may stand in the middle of a character,
and each property may have a charset of its own.
"""

import binascii
import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from .cleaning import CONTROLS
from .errors import Unreadable

CHUNK = 1024 * 1024
MAX_LINE = 20 * 1024 * 1024
MAX_CARD = 40 * 1024 * 1024

_BLANKS = frozenset({b" ", b"\t"})
_FRAMES = frozenset({b"B", b"b", b"E", b"e"})
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BARE_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"})
_ENCODED = re.compile(r";(?:CHARSET=[^;:]*|(?:ENCODING=)?QUOTED-PRINTABLE)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PIECE = {
    ";": re.compile(r"((?:\\.|[^\\;])*);?", re.DOTALL),
    ",": re.compile(r"((?:\\.|[^\\,])*),?", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the colon: `item1.TEL;TYPE=CELL,pref` (std C8, C9)."""

    group: str
    name: str
    types: tuple[str, ...]
    params: dict[str, str]
    preference: int


@dataclass(slots=True)
class Property:
    """One property: its head, its value decoded but still escaped, and what stood before the colon."""

    head: Head
    value: str
    before: bytes

    @property
    def text(self) -> str:
        """The value unescaped."""
        return unescape(self.value)

    @property
    def line(self) -> str:
        """The whole property as one line, to be kept word for word; decoded, it needs no charset any more."""
        before = _ENCODED.sub("", self.before.decode("utf-8", errors="replace"))
        value = self.value.replace("\n", "\\n")
        return f"{before}:{value}"


def raw_cards(path: Path | str, encoding: str) -> Iterator[tuple[list[bytes], bool]]:
    """Yield (unfolded lines between BEGIN and END, whether the card was ended) for each card of a file.

    An inner card (2.1 AGENT) is left out with its property.
    """
    card: list[bytes] | None = None
    agents = 0
    for line in _unfolded(_physical_lines(path, encoding)):
        upper = line[:12].upper().replace(b" ", b"") if line[:1] in _FRAMES else b""
        if upper.startswith(b"BEGIN:VCARD"):
            if card and card[-1].upper().startswith(b"AGENT"):
                agents += 1
                continue
            if card is not None:
                yield card, False
            card, agents = [], 0
        elif upper.startswith(b"END:VCARD"):
            if agents:
                agents -= 1
            elif card is not None:
                yield card, True
                card = None
        elif card is not None and not agents:
            card.append(line)
    if card is not None:
        yield card, False


def parse(line: bytes, fallback: str) -> Property | None:
    """Return the property of an unfolded line, None when it has no colon.

    Args:
        line: bytes without line ending.
        fallback: charset of what is not UTF-8 and names no charset (Windows-1252, std C2).
    """
    before, colon, value = line.partition(b":")
    while colon and before.count(b'"') % 2:
        more, colon, value = value.partition(b":")
        before += b":" + more
    if not colon:
        return None
    head = _head(before)
    if head.params.get("ENCODING") == "QUOTED-PRINTABLE":
        value = binascii.a2b_qp(value)
    text = _decode(value, head.params.get("CHARSET", ""), fallback)
    if not text.isprintable():
        text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return Property(head, text, before)


def unescape(value: str) -> str:
    r"""Return value with \n, \N, \, \; \\ and \: decoded (std C5)."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def pieces(value: str, separator: str) -> list[str]:
    """Return the parts of a compound value, unescaped; an escaped separator doesn't separate."""
    return [unescape(piece) for piece in raw_pieces(value, separator)]


def raw_pieces(value: str, separator: str) -> list[str]:
    """Return the parts of a compound value still escaped, for a value of two levels (N: `;` then `,`)."""
    if "\\" not in value:
        return value.split(separator)
    found = _PIECE[separator].findall(value)
    return found if value.endswith(separator) else found[:-1]


def _decode(value: bytes, charset: str, fallback: str) -> str:
    for known in filter(None, (charset, "utf-8")):
        try:
            return value.decode(known)
        except (LookupError, UnicodeDecodeError):
            continue
    return value.decode(fallback, errors="replace")


@lru_cache(maxsize=4_096)
def _head(before: bytes) -> Head:
    name, *parts = before.decode("utf-8", errors="replace").strip().split(";")
    group, _, name = name.rpartition(".")
    types: list[str] = []
    params: dict[str, str] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        key, value = key.strip().upper(), value.strip().strip('"')
        if not equals and key in _BARE_ENCODINGS:
            params["ENCODING"] = key
        elif not equals:
            types.append(key.lower())  # bare words of 2.1
        elif key == "TYPE":
            types += [word.strip().lower() for word in value.split(",")]
        else:
            params[key] = value.upper() if key in ("ENCODING", "VALUE") else value
    rank = params.get("PREF", "")
    preference = int(rank) if rank.isdecimal() else 1 if "pref" in types else 1_000
    return Head(group.upper(), name.strip().upper(), tuple(dict.fromkeys(types)), params, preference)


def _unfolded(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Join folded lines, quoted-printable soft breaks and unindented base64 (std C3, C4)."""
    parts: list[bytes] = []
    size = 0
    for line in lines:
        # Three cheap questions first: nearly every line is a property of its own.
        odd = line[:1] in _BLANKS or b":" not in line or (parts and parts[-1][-1:] == b"=")
        if odd and parts and _continues(parts, line):
            parts.append(line)
            size += len(line)
            if size > MAX_CARD:
                raise Unreadable("binary")
            continue
        if not line:
            continue
        if parts:
            yield _joined(parts)
        parts, size = [line.lstrip() if odd else line], len(line)
    if parts:
        yield _joined(parts)


def _continues(parts: list[bytes], line: bytes) -> bool:
    first = parts[0]
    if _is_frame(line) or _is_frame(first):
        return False
    if parts[-1][-1:] == b"=" and b"QUOTED-PRINTABLE" in first.partition(b":")[0].upper():
        return True
    if line[:1] in _BLANKS:
        return b":" in first
    return bool(line) and b":" not in line and b"BASE64" in first.partition(b":")[0].upper()


def _is_frame(line: bytes) -> bool:
    """Tell a BEGIN or END line, which is never folded but may be indented (std C1)."""
    if len(line) > 40:
        return False
    word = line.strip().upper().replace(b" ", b"")
    return word in (b"BEGIN:VCARD", b"END:VCARD")


def _joined(parts: list[bytes]) -> bytes:
    if len(parts) == 1:
        return parts[0]
    if b"QUOTED-PRINTABLE" in parts[0].partition(b":")[0].upper():
        return b"".join(part[:-1] if part[-1:] == b"=" and part is not parts[-1] else part for part in parts)
    return parts[0] + b"".join(part[1:] if part[:1] in (b" ", b"\t") else part for part in parts[1:])


def _physical_lines(path: Path | str, encoding: str) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        wide = file.read(2) in _UTF16
        file.seek(0)
        if wide or encoding.startswith("utf-16"):
            for text in io.TextIOWrapper(file, "utf-16" if wide else encoding, errors="replace", newline=None):
                yield text.rstrip("\n").encode()
        else:
            yield from _byte_lines(file)


def _byte_lines(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while chunk := file.read(CHUNK):
        # CR CR LF is what a text sent twice through Windows has; a BOM may stand before each joined file.
        text = (rest + chunk).replace(b"\r\r\n", b"\r\n").replace(b"\xef\xbb\xbf", b"")
        lines = text.splitlines(keepends=True)
        # The last line may go on in the next chunk, be it by the LF of a CRLF.
        rest = lines.pop()
        if len(rest) > MAX_LINE:
            raise Unreadable("line_too_long", line="")
        for line in lines:
            yield line.rstrip(b"\r\n")
    if rest:
        yield rest.rstrip(b"\r\n")
