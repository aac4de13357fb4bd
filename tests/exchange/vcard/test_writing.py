"""Write vCards that any reader accepts and ours reads without loss (std C4, C5, C7, C15, C17-C19)."""

import pytest
import vobject

from entregent.exchange.vcard import reading, writing

LEA = {
    "last_name": "Le Roy; dit « Bo »",
    "first_name": "Léa",
    "civility": "Mme",
    "birth_date": "1980-11-21",
    "uid": "b7f0-1",
    "notes": "un, deux\ntrois; \\n",
    "tags": ["Presse, radio", "Été"],
    "emails": [{"value": "lea@lac.example", "label": "work"}, {"value": "bo@lac.example", "label": "Chalet, été"}],
    "phones": [{"value": "+33 1 99 00 12 34", "label": "mobile"}],
    "websites": [{"value": "https://lac.example/?a=1;b", "label": ""}],
    "addresses": [
        {"street": "1, rue X\nBourg", "postal_code": "01004", "city": "Laval", "province": "", "country": "FR",
         "label": "home"}
    ],
    "positions": [{"organisation_name": "Les Amis; du lac", "function": "Trésorière"}],
    "extra": ["X-THING;TYPE=x:un\\, deux"],
}  # fmt: skip
LAC = {"kind": "o", "name": "Les Amis du lac", "emails": [{"value": "lac@lac.example", "label": ""}]}


@pytest.mark.parametrize("version", writing.VERSIONS)
def test_nothing_is_lost(make, version):
    """std C5, C15, C17: read again, a card says the same."""
    path = make(b"".join(writing.write([LEA, LAC], version)), "a.vcf")
    assert [found for _, found, _ in reading.read(path)] == [LEA, LAC]


def test_another_reader_understands():
    """RFC 2426 as vobject reads it."""
    found = vobject.readOne(next(writing.write([LEA])).decode())
    assert found.n.value.family == LEA["last_name"]
    assert found.note.value == LEA["notes"]
    assert found.fn.value == f"Léa {LEA['last_name']}"
    assert found.adr.value.code == "01004"


@pytest.mark.parametrize("version", writing.VERSIONS)
def test_what_is_around_a_name_is_in_n_again(make, version):
    """Neither prefix nor suffix becomes a property of its own for other programs."""
    card = {
        "last_name": "Roy",
        "first_name": "Ana",
        "extra": ["X-ENTREGENT-PREFIX:Capitaine", "X-ENTREGENT-SUFFIX:Jr."],
    }
    written = b"".join(writing.write([card], version))
    assert b"N:Roy;Ana;;Capitaine;Jr." in written
    assert b"ENTREGENT" not in written
    assert [found for _, found, _ in reading.read(make(written, "a.vcf"))] == [card]


@pytest.mark.parametrize("card", [LEA, LAC, {"emails": [{"value": "a@lac.example", "label": ""}]}, {}])
def test_fn_and_n_always(card):
    """std C7: 3.0 requires both, even of a card without a name."""
    lines = next(writing.write([card])).decode().split("\r\n")
    assert any(line.startswith("FN:") and len(line) > 3 for line in lines)
    assert any(line.startswith("N:") for line in lines)


def test_folding():
    """std C4: 75 octets at most, between characters, CRLF."""
    written = next(writing.write([{"last_name": "é€😀" * 60, "first_name": "x" * 75}]))
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert all(line.decode() is not None for line in lines)
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_no_control_character():
    """std C19: one such character makes iOS stop synchronising the whole book."""
    dirty = {"last_name": "a\x00b\x1bc\td", "first_name": "e\rf", "extra": ["X-A:\x07b\nc"], "notes": "g\r\nh"}
    written = next(writing.write([dirty])).replace(b"\r\n", b"").decode()
    assert not [character for character in written if ord(character) < 32]


def test_injection():
    """E16: a line break in a value makes no new property."""
    written = next(writing.write([{"last_name": "a\nEMAIL:b@c.example", "first_name": "d"}])).decode()
    assert "\r\nEMAIL" not in written
    website = {"websites": [{"value": "https://a.example/\r\nEMAIL:b", "label": ""}], "last_name": "x"}
    assert "\r\nEMAIL" not in next(writing.write([website])).decode()
