"""The records that an action was announced for."""

from django.conf import settings
from django.db import models

from entregent.accounts.models import Job
from entregent.accounts.scope import AccountModel


class ChosenSet(AccountModel):
    """The records that a whole list held when an action on it was announced: the action runs on these alone.

    ``search``: the parameters of that list; a record that no longer answers to them when its turn comes is left out
    and named. ``job``: the job that runs on them, if they are too many for a request.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=1)
    search = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="chosen_set_by_age")]


class ChosenPart(AccountModel):
    """As many records of a set as one step handles: ``versions`` has an [id, version] of each, in id order."""

    chosen = models.ForeignKey(ChosenSet, models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    versions = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chosen", "number"], name="chosen_part_number")]
