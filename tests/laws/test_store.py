"""Database-specific code is in one room only, which uses no domain terms."""

import re

import pytest

from .rooms import SOURCES

OUTSIDE = [
    path
    for path in SOURCES.rglob("*.py")
    if not path.is_relative_to(SOURCES / "store") and "migrations" not in path.parts
]
CONFIGURED = {"config/env.py", "config/settings.py", "config/settings_test.py"}
"""Where the database is chosen."""
WORDS = re.compile(r"\b(account|party|parties|contact|organisation|journal|tag|user|team)s?\b", re.IGNORECASE)


def name_of(path) -> str:
    return str(path.relative_to(SOURCES))


@pytest.mark.parametrize("path", OUTSIDE, ids=name_of)
def test_no_vendor_name_and_no_cursor_outside_the_store(path):
    text = path.read_text()
    if name_of(path) not in CONFIGURED:
        found = re.findall(r"\.vendor\b|\.cursor\(|as_sqlite|as_postgresql|PRAGMA", text)
        found += re.findall(r"\"sqlite\"|\"postgresql\"|import sqlite3|import psycopg", text)
        assert not found, f"{name_of(path)} speaks to the database itself: {found}"


@pytest.mark.parametrize("path", sorted((SOURCES / "store").rglob("*.py")), ids=name_of)
def test_the_store_knows_no_domain_word(path):
    found = WORDS.findall(path.read_text())
    assert not found, f"{name_of(path)}: {found}"
