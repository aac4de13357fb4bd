"""Each deed's sentence and name, in the reader's language: the journal keeps codes, words come at display."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Door

from .deeds import Deed
from .models import Entry

SENTENCES: dict[Deed, Promise] = {
    Deed.CREATED: _("{actor} added {about}"),
    Deed.CHANGED: _("{actor} changed {about}"),
    Deed.TAGGED: _("{actor} tagged {about}"),
    Deed.UNTAGGED: _("{actor} removed tags from {about}"),
    Deed.ACTIVATED: _("{actor} activated {about}"),
    Deed.DEACTIVATED: _("{actor} deactivated {about}"),
    Deed.BINNED: _("{actor} put {about} in the bin"),
    Deed.RESTORED: _("{actor} restored {about}"),
    Deed.PURGED: _("{actor} deleted {about} for good"),
    Deed.ATTACHED: _("{actor} added a contact/organisation link: {about}"),
    Deed.DETACHED: _("{actor} closed a contact/organisation link: {about}"),
    Deed.POSITION_CHANGED: _("{actor} changed a contact/organisation link: {about}"),
    Deed.POSITION_DELETED: _("{actor} deleted a contact/organisation link: {about}"),
    Deed.IMPORTED: _("{actor} imported {what}"),
    Deed.EXPORTED: _("{actor} exported {what}"),
    Deed.TAG_CHANGED: _("{actor} changed the tag {what}"),
    Deed.MEMBER_INVITED: _("{actor} invited {what}"),
    Deed.INVITATION_WITHDRAWN: _("{actor} withdrew the invitation of {what}"),
    Deed.MEMBER_JOINED: _("{actor} joined the account"),
    Deed.MEMBER_CHANGED: _("{actor} changed the place of {what} in the account"),
    Deed.ROLE_CHANGED: _("{actor} changed the role {what}"),
    Deed.TEAM_CHANGED: _("{actor} changed the team {what}"),
    Deed.ACCOUNT_CHANGED: _("{actor} changed the account's settings"),
    Deed.TOKEN_CREATED: _("{actor} created an API token: {what}"),
    Deed.TOKEN_REVOKED: _("{actor} revoked an API token: {what}"),
}
"""Deed → sentence. ``{actor}`` did it, ``{about}`` are the parties, ``{what}`` the thing that is no party."""

NAMES: dict[Deed, Promise] = {
    Deed.CREATED: _("Addition"),
    Deed.CHANGED: _("Change"),
    Deed.TAGGED: _("Tagging"),
    Deed.UNTAGGED: _("Removal of tags"),
    Deed.ACTIVATED: _("Activation"),
    Deed.DEACTIVATED: _("Deactivation"),
    Deed.BINNED: _("Put in the bin"),
    Deed.RESTORED: _("Restoration"),
    Deed.PURGED: _("Deletion for good"),
    Deed.ATTACHED: _("Link added"),
    Deed.DETACHED: _("Link closed"),
    Deed.POSITION_CHANGED: _("Link changed"),
    Deed.POSITION_DELETED: _("Link deleted"),
    Deed.IMPORTED: pgettext_lazy("deed", "Import"),
    Deed.EXPORTED: pgettext_lazy("deed", "Export"),
    Deed.TAG_CHANGED: _("Tags of the account"),
    Deed.MEMBER_INVITED: _("Invitation"),
    Deed.INVITATION_WITHDRAWN: _("Invitation withdrawn"),
    Deed.MEMBER_JOINED: _("New user"),
    Deed.MEMBER_CHANGED: _("Users"),
    Deed.ROLE_CHANGED: _("Roles"),
    Deed.TEAM_CHANGED: _("Teams"),
    Deed.ACCOUNT_CHANGED: _("Settings"),
    Deed.TOKEN_CREATED: _("API token created"),
    Deed.TOKEN_REVOKED: _("API token revoked"),
}
"""Deed → its name, for the filter by kind."""

DOORS: dict[Door, Promise | str] = {
    Door.PAGE: "",
    Door.API: _("through the API"),
    Door.IMPORT: _("by import"),
    Door.COMMAND: _("from the command line"),
    Door.SYSTEM: _("automatically"),
}
"""How a change came in; a page, the usual way, goes without saying."""

_WHAT = ("file", "filename", "email", "name", "role", "team", "tag", "token", "format")


def words(entry: Entry, names: list[str], more: int = 0, deed: str = "") -> str:
    """The sentence as plain text.

    ``names``: the parties as the reader may know them; ``more``: how many besides; ``deed``: what was done to one
    party, where that is not the entry's own (an import's).
    """
    return _say(str.format, entry, names, more, deed)


def html(entry: Entry, names: list[str], more: int = 0, deed: str = "") -> SafeString:
    """The same as HTML: values are escaped, except names that are already safe (links)."""
    return SafeString(_say(format_html, entry, names, more, deed))


def _say(put: Callable[..., str], entry: Entry, names: list[str], more: int, deed: str) -> str:
    shown = [*names, *([ngettext("{} other", "{} others", more).format(more)] if more else [])]
    holes = put("\x00".join(["{}"] * len(shown)), *shown) if shown else gettext("a record that is no more")
    about = get_text_list(holes.split("\x00"), gettext("and"))
    actor = entry.by_name or gettext("Someone")
    return put(
        str(SENTENCES[Deed(deed or entry.deed)]), actor=actor, about=_same(holes, about), what=_what(entry.data)
    )


def _same(model: str, text: str) -> str:
    """``text``, as safe as ``model`` was."""
    return SafeString(text) if isinstance(model, SafeString) else text


def _what(data: dict[str, Any]) -> str:
    """What the entry names besides parties: a file, an address, a role; with its number of rows if it has one."""
    name = next((str(data[key]) for key in _WHAT if data.get(key)), "")
    count = data.get("count", data.get("rows"))
    if isinstance(count, int):
        rows = ngettext("{} row", "{} rows", count).format(count)
        return f"{name} ({rows})" if name else rows
    return name or "…"


def door_words(entry: Entry) -> str:
    """Through which door it came, in words; ``""`` for a page."""
    return str(DOORS[Door(entry.door)])
