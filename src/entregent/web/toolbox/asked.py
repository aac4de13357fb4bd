"""The values of an action in words: «Balises : presse»."""

from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.toolbox import Tool
from entregent.kernel.errors import Bad

from .asks import label_of_ask


def asked(by: Actor, tool: Tool, kept: dict[str, Any]) -> list[tuple[str, str]]:
    """Return label and words of each value that is not empty; ``kept``: the values that a job stored.

    Values stored by an earlier version that can't be read are left out, so that pages of old jobs still work.
    """
    try:
        data = tool.restored(kept)
    except Bad:
        return []
    pairs = [(label_of_ask(by, ask), ask.said(by, data[ask.name])) for ask in tool.ask if ask.name in data]
    return [(label, words) for label, words in pairs if words]
