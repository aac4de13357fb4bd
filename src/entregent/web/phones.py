"""The warning of phone numbers that look incomplete: they are kept as typed, but may be a slip of the hand."""

from django.contrib import messages
from django.utils.translation import gettext as _

from entregent.accounts.request import Request
from entregent.directory.models import Party
from entregent.directory.parties.cards import Card, by_name
from entregent.directory.parties.reading import record
from entregent.kernel.phones import is_incomplete
from entregent.shell.page import say


def incomplete(number: str, country: str) -> str:
    """Return the warning of a number that has too few digits for its country; else ""."""
    return _("This number looks incomplete: some digits are missing.") if is_incomplete(number, country) else ""


def warn_of(request: Request, party: Party, saved: Card) -> None:
    """Say after a save which of the phone numbers in ``saved`` look incomplete in the country of ``party``."""
    phones = by_name(saved).get("phones") or []
    addresses = by_name(record(party).card)["addresses"] if phones else []
    country = (addresses[0]["country"] if addresses else "") or request.by.account.country
    for phone in phones:
        if is_incomplete(phone["value"], country):
            said = _("The number “%(number)s” looks incomplete. It is kept as you typed it.")
            say(request, said % {"number": phone["value"]}, level=messages.WARNING)
