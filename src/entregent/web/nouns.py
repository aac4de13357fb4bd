"""The names of the two kinds of records, as headings."""

from django.utils.translation import gettext as _

from entregent.accounts.actor import Actor
from entregent.accounts.words import organisation_word


def plural(by: Actor, kind: str) -> str:
    """Return «Contacts», or the account's word for organisations in the plural: «Organismes», «Sociétés»…"""
    return _("Contacts") if kind == "p" else organisation_word(by.account).Many
