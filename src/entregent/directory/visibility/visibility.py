"""Who may see a record (B3, X12): one query, which list, search, count, suggestions, journal, export and API use."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django_scopes import ScopedManager

from entregent.accounts.actor import Actor
from entregent.accounts.scope import readable_manager


class Visibility(models.TextChoices):
    """The three answers to «Qui peut voir ce contact ?»; labels are given by the pages."""

    EVERYONE = "everyone"
    CREATOR = "creator"
    SHARED = "shared"


def seen_by(by: Actor, shares: models.QuerySet, prefix: str = "") -> Combinable | Q:
    """The condition under which ``by`` sees a party; ``prefix`` leads to the party, as in ``"contact__"``.

    An administrator has no door of their own here: a record kept to its creator is the creator's.
    """
    everyone = Q(**{f"{prefix}visibility": Visibility.EVERYONE})
    if by.user_id is None:  # the system's own: nobody's creator, and chosen by nobody
        return everyone
    shared = shares.filter(party=OuterRef(f"{prefix}pk")).filter(Q(user=by.user_id) | Q(team__in=by.team_ids))
    return (
        everyone
        | Q(**{f"{prefix}created_by": by.user_id})
        | (Q(**{f"{prefix}visibility": Visibility.SHARED}) & Exists(shared))
    )


class PartyQuerySet(models.QuerySet):
    """Queries over parties; each starts from what the actor may see."""

    def visible_to(self, by: Actor) -> "PartyQuerySet":
        """What ``by`` may see, outside the bin. The rest does not exist for them.

        Of a shared record that the account has a layer over, the layer is seen instead (A3).
        """
        seen = self.known_to(by)
        if by.account.reference_id is None:
            return seen
        layers = self.model._default_manager.filter(base=OuterRef("pk"))
        return seen.exclude(Q(account=by.account.reference_id) & Exists(layers))

    def with_id(self, pk: int) -> "PartyQuerySet":
        """The party of this id; for a shared record's, the account's layer over it where there is one."""
        return self.filter(Q(pk=pk) | Q(base=pk))

    def known_to(self, by: Actor) -> "PartyQuerySet":
        """The same, shared records under a layer included: what positions may point at."""
        return self.seen_by(by).filter(binned_at=None)

    def in_bin_of(self, by: Actor) -> "PartyQuerySet":
        """What lies in the bin and ``by`` may see."""
        return self.seen_by(by).exclude(binned_at=None)

    def seen_by(self, by: Actor) -> "PartyQuerySet":
        shares: models.QuerySet = self.model._meta.get_field("shares").related_model.objects.all()  # type: ignore[union-attr]
        return self.filter(seen_by(by, shares))


def party_manager() -> models.Manager:
    """A manager that stays inside the account of the scope, and knows ``visible_to``."""
    return ScopedManager(_manager_class=models.Manager.from_queryset(PartyQuerySet), account="account")


def readable_parties() -> models.Manager:
    """The parties of the account and those of the shared directory that it reads, to read alone."""
    return readable_manager(PartyQuerySet)
