"""An action on a whole list, as a page announces it."""

import re

from django.test import Client


def announced(
    client: Client, code: str, kind: str = "p", selection: str = "", account: str = "lac"
) -> dict[str, str]:
    """Open the dialog of an action on a whole list, and return the fields by which its form names the records."""
    chosen = {"kind": kind, "all": "1", "selection": selection}
    html = client.get(f"/lac/actions/{code}/", chosen).text
    found = re.search(r'name="set" value="(\d+)"', html)
    return {"asked": "1", **chosen, **({"set": found[1]} if found else {})}
