"""What a record's fields promise: each is declared once, and passes every door."""

import ast

from .rooms import SOURCES

WRITING = {
    "actions/layers/layers.py",
    "actions/parties/parties.py",
    "actions/positions/organisations.py",
    "actions/positions/positions.py",
    "actions/service/corrections.py",
    "actions/tags/tagging.py",
    "actions/visibility/visibility.py",
    "exchange/planning.py",
    "exchange/reference/applying.py",
    "exchange/reference/comparing.py",
    "web/parties/party_form.py",
}
"""Where what is typed, or comes in a file, is checked: nothing that reads stored records checks them again."""


def test_only_what_is_about_to_be_written_is_checked():
    found = set()
    for path in SOURCES.rglob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        if any(getattr(call, "id", "") == "Cleaner" for call in calls):
            found.add(str(path.relative_to(SOURCES)))
    assert found == WRITING
