"""Every error code of files and rows has a sentence."""

import re
from pathlib import Path

from django.utils.translation import override

from entregent import exchange, formats
from entregent.actions.parties.resembling import SEEMS_HIDDEN
from entregent.exchange import messages
from entregent.exchange.refusing import NOTED
from entregent.exchange.remarks import COMPARE
from entregent.formats import csv, table

SOURCES = [path.read_text() for room in (exchange, formats) for path in Path(room.__file__).parent.rglob("*.py")]


def codes(pattern: str) -> set[str]:
    return {code for source in SOURCES for code in re.findall(pattern, source)}


def test_every_code_has_its_sentence():
    """None unsaid, none said in vain."""
    raised = codes(r'Unreadable\(\s*"(\w+)"') | {"encrypted", "old_xls", "not_a_table", "archive", "binary"}
    raised |= {"utf16_without_bom", "pdf", "image"}  # raised from a table or one of two
    assert set(messages.UNREADABLE) == raised
    noted = codes(r'Problem\(\s*"(\w+)"') | codes(r'notes\.append\("(\w+)"\)') | {SEEMS_HIDDEN, messages.ROW_FAILED}
    noted -= {"confirmed", "list"}  # fields, of the directory's own problems
    noted |= codes(r'Problem\("(\w+)" if') | codes(r'else "(\w+)", target, text')
    noted |= {csv.BROKEN_QUOTE, csv.OTHER_BYTES, table.CELLS_BEYOND}
    noted |= {COMPARE, NOTED, "email_kept", "email_kept_bin"} | codes(r'Aside\((?:"email"|field), "(\w+)"')
    noted |= codes(r'refuse\(change, "(\w+)"') | codes(r'kept\("\w+", "(sync_\w+)"')
    assert set(messages.PROBLEMS) == noted


def test_sentences_take_their_values():
    """Line, sheet, size and encoding are named."""
    with override("fr"):
        said = messages.unreadable_text("line_too_long", {"line": 12})
    assert said.startswith("La ligne 12 ")
    assert "500" in messages.unreadable_text("spreadsheet_too_big", {"limit": 500})
