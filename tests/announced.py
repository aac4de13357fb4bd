"""An action on a whole list, as a page announces it."""

import re
from typing import Any

from django.test import Client

from entregent.accounts.actor import Actor
from entregent.accounts.models import Job
from entregent.actions.bulk import chosen_sets, jobs
from entregent.directory.selections.selections import Selection


def announced(
    client: Client, code: str, kind: str = "p", selection: str = "", account: str = "lac"
) -> dict[str, str]:
    """Open the dialog of an action on a whole list, and return the fields by which its form names the records."""
    chosen = {"kind": kind, "all": "1", "selection": selection}
    html = client.get(f"/lac/actions/{code}/", chosen).text
    found = re.search(r'name="set" value="(\d+)"', html)
    return {"asked": "1", **chosen, **({"set": found[1]} if found else {})}


def start(by: Actor, code: str, selection: Selection, data: dict[str, Any]) -> Job:
    """Queue a job that runs an action on the records that ``selection`` selects now."""
    return jobs.start_on(by, code, chosen_sets.fix(by, selection), data)
