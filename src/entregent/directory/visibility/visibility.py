"""Who may see a record (B3, X12): the one condition used by lists, search, counts, journal, exports and the API."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from entregent.accounts.actor import Actor


class Visibility(models.TextChoices):
    """The three answers to «Qui peut voir ce contact ?». The pages give the labels."""

    EVERYONE = "everyone"
    CREATOR = "creator"
    SHARED = "shared"


def seen_by(by: Actor, shares: models.QuerySet, prefix: str = "") -> Combinable | Q:
    """Return the condition under which ``by`` sees a party; ``prefix``: the path to it, such as ``"contact__"``.

    Administrators have no privilege here: a record private to its creator is hidden from them too, even in a preview.
    """
    everyone = Q(**{f"{prefix}visibility": Visibility.EVERYONE})
    if by.user_id is None:  # the system: it creates no record, and none is shared with it
        return everyone
    created = Q(**{f"{prefix}created_by": by.user_id})
    if by.previewer:  # who previews the account as somebody else does not read what those keep to themselves
        created &= ~Q(**{f"{prefix}visibility": Visibility.CREATOR})
    shared = shares.filter(party=OuterRef(f"{prefix}pk")).filter(Q(user=by.user_id) | Q(team__in=by.team_ids))
    return everyone | created | (Q(**{f"{prefix}visibility": Visibility.SHARED}) & Exists(shared))


class PartyQuerySet(models.QuerySet):
    """Queries of parties, limited to what the actor may see."""

    def visible_to(self, by: Actor) -> "PartyQuerySet":
        """The parties that ``by`` may see, without the bin. The others don't exist for them.

        Where the account has a layer over a shared record, the layer replaces it (A3).
        """
        seen = self.known_to(by)
        if by.account.reference_id is None:
            return seen
        layers = self.model._default_manager.filter(base=OuterRef("pk"))
        return seen.exclude(Q(account=by.account.reference_id) & Exists(layers))

    def at(self, path: str) -> Exists:
        """The condition that a row's ``path`` leads to one of these. With IN they would all be listed first."""
        return Exists(self.filter(pk=OuterRef(path)))

    def with_id(self, pk: int) -> "PartyQuerySet":
        """Filter by id. The id of a shared record also finds the account's layer over it."""
        return self.filter(Q(pk=pk) | Q(base=pk))

    def known_to(self, by: Actor) -> "PartyQuerySet":
        """``visible_to``, with the shared records under a layer: what positions may point to."""
        return self.seen_by(by).filter(binned_at=None)

    def in_bin_of(self, by: Actor) -> "PartyQuerySet":
        """The parties in the bin that ``by`` may see."""
        return self.seen_by(by).exclude(binned_at=None)

    def only_of(self, by: Actor) -> "PartyQuerySet":
        """The parties that ``by`` alone may see, which a preview does not show."""
        return self.filter(visibility=Visibility.CREATOR, created_by=by.user_id, binned_at=None)

    def seen_by(self, by: Actor) -> "PartyQuerySet":
        """The parties that ``by`` may see, the bin included."""
        shares: models.QuerySet = self.model._meta.get_field("shares").related_model.objects.all()  # type: ignore[union-attr]
        return self.filter(seen_by(by, shares))
