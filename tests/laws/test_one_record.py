"""A page of one record lists nobody else: what it may show is asked row by row, never of the whole account first.

With ``party__in=(all whom the reader may see)`` a page takes longer the more records the account has.
"""

import re

import pytest
from tests.queries import plans

from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.web.links import to

OF_THE_ACCOUNT = re.compile(
    r"USING (?:COVERING )?INDEX party_(?!hidden|assigned|tag|skill)\w+ \(account_id=\?(?: AND kind=\?)?\)"
)
"""A step that reads all records of an account, or all of a kind."""
PAGES = {
    "contacts:page": "ann", "contacts:edit": "ann", "contacts:history": "ann", "contacts:positions": "ann",
    "contacts:sheet": "ann", "organisations:page": "radio", "organisations:people": "radio",
    "organisations:edit": "radio", "organisations:history": "radio", "saisir:page": "", "contacts:new": "",
    "suggest:cities": "", "suggest:organisations": "", "suggest:tags": "", "suggest:functions": "",
}  # fmt: skip
"""Name of a page → the record that it is about, if any."""


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("name", PAGES)
def test_no_query_lists_the_account(bruno, browse, name):
    held = {
        "ann": parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "address": {"city": "Crest"}}),
        "radio": parties.create(bruno, "o", {"name": "Radio"}),
    }
    positions.attach(bruno, held["ann"], {"organisation": held["radio"].pk, "function": "Directrice"})
    about = [held[PAGES[name]].pk] if PAGES[name] else []
    client = browse(bruno)
    asked = plans(lambda: client.get(to(bruno, name, *about)))
    assert asked
    assert [plan for plan in asked if OF_THE_ACCOUNT.search(plan)] == []


@pytest.mark.only_on("sqlite")
def test_nor_does_a_typed_city(bruno, browse):
    client = browse(bruno)
    asked = plans(lambda: client.get(to(bruno, "suggest:cities") + "?q=cre"))
    assert [plan for plan in asked if "address_city" in plan]
    assert [plan for plan in asked if OF_THE_ACCOUNT.search(plan)] == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(("kind", "name"), [("p", "contact"), ("o", "organisation")])
def test_nor_does_the_dialog_of_its_deletion(aicha, browse, kind, name):
    """Which tells how many entries of the infobox go with it: those are asked one by one, too."""
    party = parties.create(
        aicha, kind, {"last_name": "Roy", "first_name": "Ann"} if kind == "p" else {"name": "Radio"}
    )
    client = browse(aicha)
    asked = plans(lambda: client.get(to(aicha, f"saisir:delete_{name}", party.pk)))
    told = [plan for plan in asked if "journal_about" in plan]
    assert told
    assert [plan for plan in asked if OF_THE_ACCOUNT.search(plan)] == []
    assert [plan for plan in told if "entry_by_time" in plan or "SCAN journal" in plan] == []
