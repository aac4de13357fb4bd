"""Words of pages that depend on a number, a kind of record, or the account's word for organisations."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word


def figure(number: int, more: bool = False) -> str:
    """Format a number with grouped digits, «3 482»; with ``more``, «1 000+»."""
    return number_format(number, force_grouping=True) + ("+" if more else "")


def plural(by: Actor, kind: str) -> str:
    """Return «Contacts», or the account's word for organisations in the plural: «Organismes», «Sociétés»…"""
    return _("Contacts") if kind == "p" else organisation_word(by.account).Many


def adding(by: Actor, kind: str) -> str:
    """Return «Ajouter un contact», «Ajouter une société»…"""
    return _("Add a contact") if kind == "p" else _("Add %(an)s") % {"an": organisation_word(by.account).an}


def noun(by: Actor, kind: str, number: int) -> str:
    """Return the noun of so many records: «contact», «contacts», «organismes»."""
    return ngettext("contact", "contacts", number) if kind == "p" else organisation_word(by.account).counted(number)


def counted(by: Actor, kind: str, number: int, more: bool = False) -> str:
    """Return «12 contacts», «1 organisme»; with ``more``, «1 000+ contacts»."""
    return f"{figure(number, more)} {noun(by, kind, 2 if more else number)}"
