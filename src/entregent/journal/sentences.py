"""Each deed's sentence and name, in the reader's language: the journal keeps codes, words come at display."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext, npgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Door
from entregent.directory.items.uses import USES_COUNTED as COUNTED

from .deeds import Deed
from .models import Entry

NONE: Mapping[str, int] = MappingProxyType({})

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
    Deed.STATUS_CHANGED: _("{actor} changed the status of {about}"),
    Deed.ASSIGNED: _("{actor} assigned {about} to {what}"),
    Deed.MAIL_REFUSED: _("{actor} noted that {about} refuses mailings"),
    Deed.MAIL_ACCEPTED: _("{actor} noted that {about} accepts mailings again"),
    Deed.VISIBILITY_CHANGED: _("{actor} changed who can see {about}"),
    Deed.HANDED_OVER: _("{actor} handed over {about} to {what}"),
    Deed.LAYER_CHANGED: _("{actor} changed the personal information on {about}"),
    Deed.LAYER_REMOVED: _("{actor} removed the personal information on {about}"),
    Deed.LISTED: _("{actor} put {about} in the list {what}"),
    Deed.UNLISTED: _("{actor} took {about} out of the list {what}"),
    Deed.LIST_CREATED: _("{actor} created the list {what}"),
    Deed.LIST_CHANGED: _("{actor} changed the list {what}"),
    Deed.LIST_DELETED: _("{actor} deleted the list {what}"),
    Deed.VIEW_CHANGED: _("{actor} changed the view {what}"),
    Deed.ITEM_CREATED: _("{actor} created in the reference lists: {what}"),
    Deed.ITEM_CHANGED: _("{actor} changed in the reference lists: {what}"),
    Deed.ITEM_DELETED: _("{actor} deleted from the reference lists: {what}"),
    Deed.FIELD_CREATED: _("{actor} created the custom field {what}"),
    Deed.FIELD_CHANGED: _("{actor} changed the custom field {what}"),
    Deed.FIELD_RETIRED: _("{actor} retired the custom field {what}"),
    Deed.SYNCED: _("{actor} brought the shared directory up to date: {what}"),
    Deed.SYNC_UNDONE: _("{actor} took back an update of the shared directory: {what}"),
    Deed.CORRECTION_PROPOSED: _("{actor} proposed a correction of {about}"),
    Deed.CORRECTION_ANSWERED: _("{actor} answered a proposed correction: {what}"),
    Deed.PREVIEWED: _("{actor} looked at the account as {what} sees it"),
    Deed.ACCOUNT_OPENED: _("{actor} opened the account {what}"),
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

TAKEN_BACK: dict[Deed, Promise] = {
    Deed.TAGGED: _("{actor} took back: tags put on {about}"),
    Deed.UNTAGGED: _("{actor} took back: tags removed from {about}"),
    Deed.ACTIVATED: _("{actor} took back: activation of {about}"),
    Deed.DEACTIVATED: _("{actor} took back: deactivation of {about}"),
    Deed.STATUS_CHANGED: _("{actor} took back: change of the status of {about}"),
    Deed.ASSIGNED: _("{actor} took back: assignment of {about}"),
    Deed.MAIL_REFUSED: _("{actor} took back: refusal of mailings by {about}"),
    Deed.MAIL_ACCEPTED: _("{actor} took back: end of the refusal of mailings by {about}"),
    Deed.LISTED: _("{actor} took back: {about} put in the list {what}"),
    Deed.UNLISTED: _("{actor} took back: {about} taken out of the list {what}"),
}
"""Deed that can be taken back → the sentence of its undoing, which the journal keeps as the opposite deed."""

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
    Deed.STATUS_CHANGED: _("Change of status"),
    Deed.ASSIGNED: _("Assignment"),
    Deed.MAIL_REFUSED: _("Refusal of mailings"),
    Deed.MAIL_ACCEPTED: _("End of the refusal of mailings"),
    Deed.VISIBILITY_CHANGED: _("Visibility"),
    Deed.HANDED_OVER: _("Hand-over"),
    Deed.LAYER_CHANGED: _("Personal information"),
    Deed.LAYER_REMOVED: _("Personal information removed"),
    Deed.LISTED: _("Put in a list"),
    Deed.UNLISTED: _("Taken out of a list"),
    Deed.LIST_CREATED: _("New list"),
    Deed.LIST_CHANGED: _("Lists"),
    Deed.LIST_DELETED: _("List deleted"),
    Deed.VIEW_CHANGED: _("Views"),
    Deed.ITEM_CREATED: _("New item in the reference lists"),
    Deed.ITEM_CHANGED: _("Reference lists"),
    Deed.ITEM_DELETED: _("Item of the reference lists deleted"),
    Deed.FIELD_CREATED: _("New custom field"),
    Deed.FIELD_CHANGED: _("Custom fields"),
    Deed.FIELD_RETIRED: _("Custom field retired"),
    Deed.SYNCED: _("Update of the shared directory"),
    Deed.SYNC_UNDONE: _("Update of the shared directory taken back"),
    Deed.CORRECTION_PROPOSED: _("Correction proposed"),
    Deed.CORRECTION_ANSWERED: _("Correction answered"),
    Deed.PREVIEWED: _("Preview as another user"),
    Deed.ACCOUNT_OPENED: _("New account"),
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

REPLACED = _("{actor} replaced {what} by {other}: {about}")
REPLACED_NOWHERE = _("{actor} replaced {what} by {other}")
"""Of an item of a reference list that another took the place of, in records, or where the reader sees none."""

ITEMS: dict[str, Promise] = {
    "categories": _("the category {name}"),
    "functions": _("the function {name}"),
    "skills": _("the skill {name}"),
    "families": _("the family of organisations {name}"),
    "statuses": _("the status {name}"),
    "tags": _("the tag {name}"),
}
"""Reference list → one of its items."""

DOORS: dict[Door, Promise | str] = {
    Door.PAGE: "",
    Door.API: _("through the API"),
    Door.IMPORT: _("by import"),
    Door.COMMAND: _("from the command line"),
    Door.SYSTEM: _("automatically"),
}
"""How a change came in; a page, the usual way, goes without saying."""

_WHAT = (
    "file",
    "filename",
    "email",
    "name",
    "role",
    "team",
    "tag",
    "token",
    "list",
    "view",
    "item",
    "field",
    "format",
)


def words(entry: Entry, names: list[str], more: int = 0, deed: str = "", numbers: Mapping[str, int] = NONE) -> str:
    """The sentence as plain text.

    ``names``: the parties as the reader may know them; ``more``: how many others there are; ``deed``: what was done
    to one party, where that is not the entry's own (an import's); ``numbers``: kind → how many parties, where
    several are counted and not named.
    """
    return _say(str.format, entry, names, more, deed, numbers)


def html(
    entry: Entry, names: list[str], more: int = 0, deed: str = "", numbers: Mapping[str, int] = NONE
) -> SafeString:
    """The same as HTML: values are escaped, except names that are already safe (links)."""
    return SafeString(_say(format_html, entry, names, more, deed, numbers))


def _say(
    put: Callable[..., str], entry: Entry, names: list[str], more: int, deed: str, numbers: Mapping[str, int]
) -> str:
    if sum(numbers.values()) > len(names[:1]):  # one alone is named, unless the first few were hidden
        names, more = _counts(numbers), 0
    shown = [*names, _others(more)] if more and names else names
    nobody = gettext("several records") if more else gettext("a record that is no more")
    holes = put("\x00".join(["{}"] * len(shown)), *shown) if shown else nobody
    about = get_text_list(holes.split("\x00"), gettext("and"))
    actor = entry.by_name or gettext("Someone")
    undone = entry.data.get("undoes")
    sentence = TAKEN_BACK[Deed(undone["deed"])] if undone else SENTENCES[Deed(deed or entry.deed)]
    other = entry.data.get("other", "")
    if other:
        sentence = REPLACED if shown else REPLACED_NOWHERE
    return put(str(sentence), actor=actor, about=_same(holes, about), what=_what(entry.data), other=other)


def _others(number: int) -> str:
    """«598 autres»: of a deed that names its first parties."""
    return npgettext("besides those named", "{} other", "{} others", number).format(_capped(number))


def _counts(numbers: Mapping[str, int]) -> list[str]:
    """«26 contacts», «3 organismes»."""
    people, organisations = numbers.get("p", 0), numbers.get("o", 0)
    counted = (
        (people, ngettext("{} contact", "{} contacts", people)),
        (organisations, ngettext("{} organisation", "{} organisations", organisations)),
    )
    return [words.format(_capped(number)) for number, words in counted if number]


def _capped(number: int) -> str:
    """«26»; «1 000+» where there are more than are counted."""
    return number_format(min(number, COUNTED), force_grouping=True) + ("+" if number > COUNTED else "")


def _same(model: str, text: str) -> str:
    """``text``, as safe as ``model`` was."""
    return SafeString(text) if isinstance(model, SafeString) else text


def _what(data: dict[str, Any]) -> str:
    """What the entry names besides parties: a file, an address, a role; with its number of rows if it has one."""
    name = next((str(data[key]) for key in _WHAT if data.get(key)), "")
    if name and data.get("of") in ITEMS:
        name = str(ITEMS[data["of"]]).format(name=name)
    count = data.get("count", data.get("rows"))
    if isinstance(count, int):
        rows = ngettext("{} row", "{} rows", count).format(count)
        return f"{name} ({rows})" if name else rows
    return name or "…"


def door_words(entry: Entry) -> str:
    """Through which door it came, in words; ``""`` for a page."""
    return str(DOORS[Door(entry.door)])
