"""Links of parties: positions between two of them, tags, skills, and whom they are shared with."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from entregent.accounts.models import Team
from entregent.accounts.scope import AccountModel, SharedModel, account_here

from .items import Item, Skill
from .parties import Party


class Position(SharedModel):
    """A person's position in an organisation («fiche contact/organisme»)."""

    contact = models.ForeignKey(Party, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Party, models.CASCADE, related_name="people")
    function = models.CharField(max_length=150, blank=True)
    function_key = models.CharField(max_length=150, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    main = models.BooleanField(default=False)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    phone_key = models.CharField(max_length=60, blank=True)
    from_service = models.BooleanField(default=False, db_default=False)
    """On a layer: copied from the shared record and kept in sync with it."""

    class Meta:
        ordering = ["-main", "until", "id"]
        indexes = [
            models.Index(fields=["account", "function_key"], name="position_function"),
            models.Index(
                fields=["account", "until"], name="position_ending", condition=Q(main=True, until__isnull=False)
            ),
            models.Index(fields=["account", "id"], name="position_latest", condition=Q(from_service=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=Q(main=True), name="position_main_once"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")),
                name="position_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.function, self.organisation.name) if part)

    @property
    def of_service(self) -> bool:
        """Whether the operator maintains it: it belongs to a shared record, or is copied from one to a layer (A6)."""
        here = account_here()
        return self.from_service or (here is not None and self.account_id != here.pk)

    def covers(self, day) -> bool:
        """Whether the person holds the position on ``day``. A missing start or end sets no limit."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Tag(Item):
    """A free label («balise»), created by typing it on a record."""


class PartyTag(SharedModel):
    """A tag on a party."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="tags", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="parties")
    from_service = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["account", "id"], name="party_tag_latest", condition=Q(from_service=False))]
        constraints = [models.UniqueConstraint(fields=["party", "tag"], name="party_tag_once")]


class PartySkill(SharedModel):
    """A skill of a person."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="skills", db_index=False)
    skill = models.ForeignKey(Skill, models.RESTRICT, related_name="parties")
    from_service = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["account", "id"], name="party_skill_latest", condition=Q(from_service=False))]
        constraints = [models.UniqueConstraint(fields=["party", "skill"], name="party_skill_once")]


class Share(AccountModel):
    """A team or a user, exactly one of the two, that a record is shared with (B3)."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="shares")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None, user__isnull=False) | Q(team__isnull=False, user=None),
                name="share_with_one",
            )
        ]
