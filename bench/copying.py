"""Multiplies a directory up to ten times, by copying the imported rows in SQL with changed names and addresses.

Importing a million rows takes a quarter of an hour, and a page's cost does not depend on how its rows were added.
"""

from django.db import connection

from entregent.directory.models import Address, Channel, Party, PartyTag, Position
from entregent.directory.selections.search import INDEX
from entregent.journal.models import About

SYLLABLES = ("cac", "dad", "faf", "gag", "lal", "mam", "nan", "pap", "rar")
"""Appended to the last names: one syllable per copy."""


def multiply(times: int) -> None:
    """Multiply the directory's size by ``times``, at most ten, and update the database's statistics."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM directory_party")
        last = cursor.fetchone()[0]
        _drop_index(cursor)
        for number, syllable in enumerate(SYLLABLES[: times - 1], start=1):
            _copy(cursor, number, number * last, last, syllable)
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('directory_party', 'id'), max(id)) FROM directory_party"
            )
    INDEX.ensure()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _drop_index(cursor) -> None:
    """Drop the search index; rebuilding it at the end is faster than updating it row by row."""
    if connection.vendor == "postgresql":
        cursor.execute("DROP INDEX IF EXISTS party_search")
        return
    for table in (INDEX.fts, INDEX.beginnings):
        for event in ("insert", "update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}")
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _copy(cursor, number: int, offset: int, last: int, syllable: str) -> None:
    where = "instr(name_key || ' ', ' ')" if connection.vendor == "sqlite" else "strpos(name_key || ' ', ' ')"
    first_word = f"' ' || substr(name_key, 1, {where} - 1)"
    changed = {
        "id": f"id + {offset}",
        "party_id": f"party_id + {offset}",
        "contact_id": f"contact_id + {offset}",
        "organisation_id": f"organisation_id + {offset}",
        "last_name": f"CASE last_name WHEN '' THEN '' ELSE last_name || '{syllable}' END",
        "name": f"name || '{syllable}'",
        "email": f"CASE email WHEN '' THEN '' ELSE '{number}' || email END",
        "sort_name": f"replace(sort_name, '!', '{syllable}!')",
        "name_key": f"name_key || '{syllable}'",
        "code": f"CASE code WHEN '' THEN '' ELSE code || '{number}' END",
        "search_text": f"replace(replace(search_text, ' ' || lower(email), ' {number}' || lower(email)), "
        f"{first_word} || ' ', {first_word} || '{syllable} ')",
    }
    address = {name: f"CASE kind WHEN 'email' THEN '{number}' || {name} ELSE {name} END" for name in ("value", "key")}
    for model in (Party, Channel, Address, PartyTag, Position, About):
        changes = changed | (address if model is Channel else {})
        columns = [column.column for column in model._meta.concrete_fields if model is Party or column.column != "id"]
        whose = next(name for name in ("contact_id", "party_id", "id") if name in columns)
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
            f"SELECT {', '.join(changes.get(name, name) for name in columns)} "
            f"FROM {model._meta.db_table} WHERE {whose} <= {last}"
        )
