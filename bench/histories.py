"""Writes a journal as an account has after some years, by SQL: a million entries take a minute.

Five people have 1 to 10,000 entries; the others' numbers fall from thousands to a few, as with an account's regulars.
Entries are spread over four years, one in four is about a position, whose organisation it tells of as well.
"""

from django.db import connection

from entregent.accounts.actor import Actor
from entregent.actions.standing.deeds import STATUS_CHANGED
from entregent.actions.tags.deeds import TAGGED
from entregent.directory.models import Party, Position
from entregent.journal.deeds import ATTACHED, CHANGED

LENGTHS = (1, 10, 100, 1_000, 10_000)
POSITIONS = (0, 2, 5, 20, 50)
"""Further positions of the same people."""
A_CONTACT, MOST = 10, 1_000_000
"""Entries for each contact, and at most in all."""
DEEDS = (CHANGED, TAGGED, ATTACHED, STATUS_CHANGED)
"""What was done, in turn."""
CHANGES = '{"phone": ["01 99 00 12 34", "01 99 00 56 78"], "notes": ["", "Rappeler après le forum."]}'
SECONDS = 4 * 365 * 24 * 3600
STRIDE = 7919
"""Entries of one person are this far from each other, as the journal grows by everybody's."""


def give(by: Actor, number: int) -> int:
    """Add ``number`` entries about the account's people; return it. Call inside the account."""
    count = Party.objects.filter(kind="p").count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM journal_entry")
        first = cursor.fetchone()[0]
        for statement in _statements(by, first, number, count):
            cursor.execute(statement)
    return number


def attach(by: Actor) -> None:
    """Give the people with histories several positions each. Call inside the account."""
    bodies = Party.objects.filter(kind="o").order_by("id")
    Position.objects.bulk_create(
        Position(account=by.account, contact_id=pk, organisation=body, function="Membre", function_key="membre")
        for pk, number in zip(people_with_histories().values(), POSITIONS, strict=True)
        for body in bodies[:number]
    )


def people_with_histories() -> dict[int, int]:
    """Return number of entries → the person's id. Call inside the account."""
    ids = Party.objects.filter(kind="p").order_by("id").values_list("id", flat=True)
    return dict(zip(LENGTHS, ids[: len(LENGTHS)], strict=True))


def place(turn: str, number: int, count: int) -> str:
    """Return SQL for the place of the person, from 0, whom an entry is about; ``turn``: from 0 to ``number``.

    The first people have exactly ``LENGTHS`` entries, if they are a minor part of all.
    """
    cases, taken = [], 0
    for rank, length in enumerate(LENGTHS):
        if taken + length <= number // 4:
            taken += length
            cases.append(f"WHEN {turn} < {taken} THEN {rank}")
    share = f"(({turn} - {taken}) * 1.0 / {max(1, number - taken)})"
    rest = f"{len(cases)} + CAST(floor({share} * {share} * {count - len(cases)}) AS bigint)"
    return f"CASE {' '.join(cases)} ELSE {rest} END" if cases else rest


def _statements(by: Actor, first: int, number: int, count: int) -> list[str]:
    """Return the statements that write the entries, with ids from ``first`` + 1, and whom they are about."""
    account, sqlite = by.account.pk, connection.vendor == "sqlite"
    back = f"({number} - n) * {max(1, SECONDS // number)}"
    at = f"datetime('now', '-' || ({back}) || ' seconds')" if sqlite else f"now() - ({back}) * interval '1 second'"
    json = "text" if sqlite else "jsonb"
    name = by.name.replace("'", "''")
    deed = " ".join(f"WHEN {turn} THEN '{deed}'" for turn, deed in enumerate(DEEDS))
    about = f"""INSERT INTO journal_about
        (account_id, entry_id, party_id, shown_as, at, deed, version, rank, changes, shared)
        SELECT {account}, entry.id, party.id, party.name, entry.at, entry.deed, 1,"""
    turn = f"((entry.id - {first}) * {STRIDE} % {number})"
    whom = f"""FROM journal_entry AS entry JOIN bench_people AS person ON person.place = {place(turn, number, count)}
        JOIN directory_party AS party ON party.id ="""
    return [
        "DROP TABLE IF EXISTS bench_people",
        "CREATE TEMPORARY TABLE bench_people (place bigint PRIMARY KEY, id bigint, organisation_id bigint)",
        f"""INSERT INTO bench_people SELECT row_number() OVER (ORDER BY id) - 1, id, organisation_id
            FROM directory_party WHERE account_id = {account} AND kind = 'p'""",
        f"""INSERT INTO journal_entry (id, account_id, deed, by_id, by_name, door, at, note, data)
            WITH RECURSIVE series (n) AS
            (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM series WHERE n < {number})
            SELECT {first} + n, {account}, CASE n % {len(DEEDS)} {deed} END, {by.user_id}, '{name}', 'page', {at},
            '', CAST('{{}}' AS {json}) FROM series""",
        f"""{about} 0, CAST(CASE entry.deed WHEN '{CHANGED}' THEN '{CHANGES}' ELSE '{{}}' END AS {json}), false
            {whom} person.id WHERE entry.id > {first}""",
        f"""{about} 1, CAST('{{}}' AS {json}), false
            {whom} person.organisation_id WHERE entry.id > {first} AND entry.deed = '{ATTACHED}'""",
        f"""UPDATE directory_party SET last_action_at = COALESCE(
            (SELECT max(at) FROM journal_about WHERE party_id = directory_party.id), last_action_at)
            WHERE account_id = {account}""",
        *([] if sqlite else [
            "SELECT setval(pg_get_serial_sequence('journal_entry', 'id'), (SELECT max(id) FROM journal_entry))"
        ]),
    ]  # fmt: skip
