"""Lists as an account has after some years: from half of all contacts to a handful, and some filled by a search."""

from django.db import connection

from bench import people
from bench.histories import people_with_histories
from entregent.accounts.actor import Actor
from entregent.actions.lists import lists
from entregent.directory.models import ContactList, ListCategory
from entregent.kernel.text import fold

CATEGORY = "Mesures"
STATIC, DYNAMIC = 12, 8
"""The first static list has half of the contacts, the next a quarter…; each has the people with histories. A dynamic
one has those with a tag."""
EXPORTED = "À exporter"
EXPORTED_ROWS = 8_155
"""Contacts of the list whose export is measured: the number with which other programs were."""


def give(by: Actor) -> None:
    """Make the lists and fill them. Call inside the account."""
    category = ListCategory.objects.create(account=by.account, name=CATEGORY, key=fold(CATEGORY))
    busy = ", ".join(str(pk) for pk in people_with_histories().values())
    for number in range(1, STATIC + 1):
        made = lists.create(by, {"name": f"Liste {number}", "category": category.pk})
        _fill(by, made, f"(id % {2**number} = 0 OR id IN ({busy}))")
    _fill(by, lists.create(by, {"name": EXPORTED, "category": category.pk}), "true", EXPORTED_ROWS)
    for tag in people.TAGS[:DYNAMIC]:
        search = {"kind": "p", "tag": tag}
        lists.create(by, {"name": f"Avec {tag}", "category": category.pk, "kind": "dynamic", "search": search})


def named(name: str) -> ContactList:
    """Return a list. Call inside the account."""
    return ContactList.objects.get(name=name)


def _fill(by: Actor, made: ContactList, condition: str, most: int = 10_000_000) -> None:
    now = "datetime('now')" if connection.vendor == "sqlite" else "now()"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO directory_listmember (account_id, list_id, party_id, joined_at, added_by_id)
            SELECT account_id, {made.pk}, id, {now}, {by.user_id} FROM directory_party
            WHERE account_id = {by.account.pk} AND kind = 'p' AND {condition} ORDER BY id LIMIT {most}"""
        )
