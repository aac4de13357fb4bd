"""Saved views (X2): named searches, private or shared with a team or the whole account; and chosen columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Team
from entregent.accounts.permissions import Can
from entregent.actions.frame import act, twice_in_a_race
from entregent.directory.lists.reach import seen_views
from entregent.directory.messages import Invalid, clean_name, refuse
from entregent.directory.models import Reach, SavedView
from entregent.directory.parties.cleaning import item_key
from entregent.directory.saved_views.columns import known
from entregent.directory.selections.selections import Selection
from entregent.journal.telling import Telling

from .deeds import VIEW_CHANGED

VIEW_NAME_LENGTH = 80


@twice_in_a_race
def save(
    by: Actor,
    kind: str,
    name: str,
    search: Mapping[str, Any],
    reach: str = Reach.ME,
    team: int | None = None,
    columns: Sequence[str] | None = None,
) -> SavedView:
    """Save a search (the parameters of a list page's address) under a name; ``columns=None`` for the usual ones.

    Raises ``Invalid``, ``PermissionDenied``.
    """
    with act(by, VIEW_CHANGED, *_needs(reach)) as telling:
        view = SavedView(account=by.account, kind=kind, created_by_id=by.user_id, search=_kept(by, kind, search))
        _name(by, view, name, reach, team)
        view.columns = None if columns is None else list(columns)
        view.rank = (SavedView.objects.filter(kind=kind).aggregate(last=Max("rank"))["last"] or 0) + 1
        view.save()
        _tell(telling, view)
    return view


@twice_in_a_race
def rename(by: Actor, view: SavedView, name: str, reach: str, team: int | None = None) -> SavedView:
    """Rename a view, or share it with others. Raises ``Invalid``, ``PermissionDenied``.

    A colleague's view becomes one's own. Its name must then be unique among one's own views only, so that the
    names of the colleague's private views are not revealed.
    """
    with act(by, VIEW_CHANGED, *_needs(reach)) as telling:
        view = _own(by, view)
        was_own = view.reach == Reach.ME
        view.created_by_id = by.user_id or view.created_by_id
        _name(by, view, name, reach, team)
        view.save()
        if not was_own or view.reach != Reach.ME:
            telling.say(view=view.name)
    return view


def update(by: Actor, view: SavedView, search: Mapping[str, Any]) -> SavedView:
    """Replace the search of a view. Raises ``Invalid``, ``PermissionDenied``."""
    return _change(by, view, "search", _kept(by, view.kind, search))


def set_columns(by: Actor, view: SavedView, columns: Sequence[str] | None) -> None:
    """Set the columns of a view; with None it shows each reader's own. Raises ``Invalid``, ``PermissionDenied``."""
    _change(by, view, "columns", None if columns is None else list(columns))


def _change(by: Actor, view: SavedView, field: str, value: Any) -> SavedView:
    with act(by, VIEW_CHANGED) as telling:
        view = _own(by, view)
        setattr(view, field, value)
        view.save(update_fields=[field])
        _tell(telling, view)
    return view


def choose_columns(by: Actor, kind: str, codes: Sequence[str] | None, view: SavedView | None = None) -> None:
    """Choose the columns, in order, of all lists of a kind or of one view; ``codes=None`` restores the usual ones.

    Codes that ``by`` can't see are left out. ``by`` itself is not changed: the next request reads the choice. Raises
    ``Invalid``, and ``PermissionDenied`` for a view that ``by`` may not change.
    """
    kept = known(by, kind, codes)
    if view is not None:
        set_columns(by, view, kept)
        return
    own = dict(by.columns or {})
    own.pop(kind, None)
    if kept is not None:
        own[kind] = list(kept)
    Membership.objects.filter(pk=by.membership_id).update(columns=own or None)


def delete(by: Actor, view: SavedView) -> None:
    """Delete a view, and none of the records it shows. Raises ``Invalid``, ``PermissionDenied``."""
    with act(by, VIEW_CHANGED) as telling:
        view = _own(by, view)
        _tell(telling, view)
        view.delete()


def _tell(telling: Telling, view: SavedView) -> None:
    """Name the view in the journal entry, unless it is private."""
    if view.reach != Reach.ME:
        telling.say(view=view.name)


def may_change(by: Actor, view: SavedView) -> bool:
    """Whether ``by`` may change a view: their own, or a shared one if they may write lists."""
    return view.created_by_id == by.user_id or (view.reach != Reach.ME and by.may(Can.WRITE_LISTS))


def _needs(reach: str) -> tuple[Can, ...]:
    return (Can.READ_CONTACTS,) if reach == Reach.ME else (Can.READ_CONTACTS, Can.WRITE_LISTS)


def _own(by: Actor, view: SavedView) -> SavedView:
    """Return the view as it is now. Raises ``Invalid`` if it is gone, ``PermissionDenied`` if it is not theirs."""
    found = seen_views(by, view.kind).filter(pk=view.pk).first()
    if found is None:
        refuse("", "view_unknown")
    if not may_change(by, found):
        raise PermissionDenied
    return found


def _name(by: Actor, view: SavedView, name: str, reach: str, team: int | None) -> None:
    view.name = clean_name(name, VIEW_NAME_LENGTH)
    view.key = item_key(view.name)[:VIEW_NAME_LENGTH]
    same = SavedView.objects.filter(kind=view.kind, key=view.key, created_by=view.created_by_id).exclude(pk=view.pk)
    if same.exists():
        refuse("name", "view_taken")
    if reach not in Reach.values:
        refuse("reach", "shape")
    if reach == Reach.TEAMS and not Team.objects.filter(pk=team).exists():
        refuse("team", "visibility_unknown")
    view.reach, view.team_id = reach, team if reach == Reach.TEAMS else None


def _kept(by: Actor, kind: str, search: Mapping[str, Any]) -> dict[str, str]:
    selection = Selection.read(kind, search)
    if problems := selection.problems_for(by):
        raise Invalid(list(problems))
    return selection.params()
