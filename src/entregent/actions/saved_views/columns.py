"""The columns of lists: each user's own, and a saved view's (X2)."""

from collections.abc import Sequence

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership
from entregent.directory.models import SavedView
from entregent.directory.saved_views.columns import known

from . import views


def choose(by: Actor, kind: str, codes: Sequence[str] | None, view: SavedView | None = None) -> None:
    """Choose the columns, in order, of all lists of a kind or of one view; ``codes=None`` restores the usual ones.

    Codes that ``by`` can't see are left out. ``by`` itself is not changed: the next request reads the choice. Raises
    ``Invalid``, and ``PermissionDenied`` for a view that ``by`` may not change.
    """
    kept = known(by, kind, codes)
    if view is not None:
        views.set_columns(by, view, kept)
        return
    own = dict(by.columns or {})
    own.pop(kind, None)
    if kept is not None:
        own[kind] = list(kept)
    Membership.objects.filter(pk=by.membership_id).update(columns=own or None)
