"""The parties that an action runs on, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word
from entregent.web.figures import figure

from .chosen import Chosen

NAMED = 5
"""Name at most this many; count if more."""


def who(by: Actor, chosen: Chosen) -> str:
    """Return «Marie Dupont», «Marie Dupont et Paul Martin» or «12 contacts»; "" if nobody is chosen yet."""
    if not chosen.count:
        return ""
    if chosen.count <= NAMED:
        *first, last = [party.name for party in chosen.parties]
        return _("%(names)s and %(name)s") % {"names": ", ".join(first), "name": last} if first else last
    return counted(by, chosen.count, chosen.kinds)


def counted(by: Actor, number: int, kinds: set[str]) -> str:
    """Return «12 contacts», «12 organismes» or «12 fiches»."""
    count = figure(number)
    if kinds == {"p"}:
        return ngettext("%(count)s contact", "%(count)s contacts", number) % {"count": count}
    if kinds == {"o"}:
        return f"{count} {organisation_word(by.account).counted(number)}"
    return ngettext("%(count)s record", "%(count)s records", number) % {"count": count}
