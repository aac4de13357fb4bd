"""Serialise actions whose conflicts no database constraint detects."""

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account


def wait_turn(by: Actor) -> None:
    """Lock the account until the transaction ends: others who call this wait, and then see the changes.

    The account's records can still be added and changed.
    """
    Account.objects.select_for_update(no_key=True).get(pk=by.account.pk)
