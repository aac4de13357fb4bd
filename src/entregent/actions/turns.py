"""One after the other, where no constraint of the database can tell that two did the same at once."""

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account


def wait_turn(by: Actor) -> None:
    """Hold the account until the transaction ends: whoever does the like meanwhile then sees what was done.

    Rows of the account can still be added and changed.
    """
    Account.objects.select_for_update(no_key=True).get(pk=by.account.pk)
