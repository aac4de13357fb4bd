"""What an action was asked to do, in words: «Balises : presse»."""

from typing import Any

from entregent.accounts.actor import Actor
from entregent.actions.toolbox.toolbox import Tool
from entregent.kernel.errors import Bad

from .asks import label_of_ask


def asked(by: Actor, tool: Tool, kept: dict[str, Any]) -> list[tuple[str, str]]:
    """Return label and words of each value that says something; ``kept``: what a job stored.

    Nothing for what an earlier version stored and this one can't read: the page of an old job never breaks.
    """
    try:
        data = tool.restored(kept)
    except Bad:
        return []
    pairs = [(label_of_ask(by, ask), ask.said(by, data[ask.name])) for ask in tool.ask if ask.name in data]
    return [(label, words) for label, words in pairs if words]
