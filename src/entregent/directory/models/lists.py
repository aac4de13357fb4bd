"""Lists of contacts («Listes»), chosen by hand or filled by a search, and saved views."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from entregent.accounts.models import Team
from entregent.accounts.scope import AccountModel

from .items import ListCategory
from .parties import Party


class Reach(models.TextChoices):
    """Who has a list or a view: its maker, teams, or the whole account."""

    ME = "me"
    TEAMS = "teams"
    ALL = "all"


class ContactList(AccountModel):
    """A list in a category. A static list has member rows; a dynamic one contains what ``search`` finds now.

    ``search``: the parameters of a list page's address (``Selection.read``); empty for a static list.
    """

    class Kind(models.TextChoices):
        STATIC = "static"
        DYNAMIC = "dynamic"

    name = models.CharField(max_length=150)
    key = models.CharField(max_length=150)
    category = models.ForeignKey(ListCategory, models.RESTRICT, related_name="lists")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.STATIC)
    search = models.JSONField(default=dict)
    description = models.TextField(blank=True)
    reach = models.CharField(max_length=5, choices=Reach.choices, default=Reach.ALL)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key", "id"]
        constraints = [  # only where both lists are visible: a refused name must not reveal a hidden list
            models.UniqueConstraint(
                fields=["account", "category", "key"], condition=Q(reach="all"), name="list_of_all_once"
            ),
            models.UniqueConstraint(
                fields=["account", "category", "key", "created_by"], condition=Q(reach="me"), name="own_list_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_dynamic(self) -> bool:
        """Whether it contains what its search finds, rather than chosen members."""
        return self.kind == self.Kind.DYNAMIC


class ListMember(AccountModel):
    """A contact or an organisation in a static list: since when, and who added it."""

    list = models.ForeignKey(ContactList, models.CASCADE, related_name="members")
    party = models.ForeignKey(Party, models.CASCADE, related_name="lists")
    joined_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-joined_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["list", "party"], name="list_member_once")]


class ListTeam(AccountModel):
    """A team that has a list with the reach "teams"."""

    list = models.ForeignKey(ContactList, models.CASCADE, related_name="teams")
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "team"], name="list_team_once")]


class SavedView(AccountModel):
    """A named search with its columns and order (X2): a tab above a list page.

    ``search``: the parameters of the page's address; ``columns``: their codes in order, None for the usual ones.
    """

    kind = models.CharField(max_length=1, choices=Party.Kind.choices)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    search = models.JSONField(default=dict)
    columns = models.JSONField(null=True)
    reach = models.CharField(max_length=5, choices=Reach.choices, default=Reach.ME)
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "created_by", "key"], name="view_once"),
            models.CheckConstraint(
                condition=Q(reach="teams", team__isnull=False) | (~Q(reach="teams") & Q(team=None)),
                name="view_of_a_team",
            ),
        ]

    def __str__(self) -> str:
        return self.name
