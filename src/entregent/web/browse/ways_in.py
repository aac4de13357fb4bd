"""What to do in an empty address book."""

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.permissions import Can
from entregent.shell.frame import Link
from entregent.web.links import to
from entregent.web.words import organisation_word


def ways_in(by: Actor, kind: str = "p") -> list[Link]:
    """Add one, import many, or begin with the other kind: what the role allows, the kind's own first."""
    contact = Link(_("Add a contact"), to(by, "contacts:new"), "user-plus")
    word = organisation_word(by.account)
    organisation = Link(_("Add %(an)s") % {"an": word.an}, to(by, "organisations:new"), "building-plus")
    ways = [
        (Can.WRITE_CONTACTS, contact),
        (Can.IMPORT, Link(_("Import a file"), to(by, "imports:start"), "file-import")),
        (Can.WRITE_ORGANISATIONS, organisation),
    ]
    if kind == "o":
        ways.reverse()
    return [link for can, link in ways if by.may(can)]
