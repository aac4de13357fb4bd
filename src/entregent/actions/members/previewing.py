"""The journal knows who looked at the account through whose eyes (X12)."""

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.frame import act
from entregent.journal.deeds import Deed


def tell_preview(by: Actor, place: Membership) -> None:
    """Tell that ``by`` is about to look. Raises ``PermissionDenied``."""
    with act(by, Deed.PREVIEWED, Can.PREVIEW) as telling:
        telling.say(name=str(place))
