"""The journal entry of a preview: who looked at the account as which other user (X12)."""

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.accounts.permissions import Can
from entregent.actions.frame import act

from .deeds import PREVIEWED


def tell_preview(by: Actor, place: Membership) -> None:
    """Record that ``by`` starts to preview the account as the member ``place``. Raises ``PermissionDenied``."""
    with act(by, PREVIEWED, Can.PREVIEW) as telling:
        telling.say(name=str(place))
