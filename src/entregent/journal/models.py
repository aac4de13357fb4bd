"""An entry, and whom it is about."""

from django.conf import settings
from django.db import models

from entregent.accounts.actor import Door
from entregent.accounts.scope import AccountModel, SharedModel
from entregent.directory.models import Party

NAMED = 5
"""How many parties of an entry are named where entries are listed."""


NAME_LENGTH = 170
"""A user without a name is called by their e-mail address, which may be longer than this."""


class Entry(AccountModel):
    """One deed: who, when, through which door. Never changed once told; an import's grows while it runs."""

    deed = models.CharField(max_length=24)
    """A code of the register (deeds.py), or one that an earlier version had."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=NAME_LENGTH)
    """The actor's name at the time: history keeps its own words."""
    door = models.CharField(max_length=8, choices=[(door.value, door.value) for door in Door])
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    """What the sentence names besides the parties: a file, a role, a number of rows."""

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["account", "at", "id"], name="entry_by_time"),
            models.Index(fields=["account", "deed", "at", "id"], name="entry_by_deed"),
        ]


class About(SharedModel):
    """One party that an entry tells of, and what changed in it: ``changes`` is field → [old, new]."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="abouts", db_index=False)
    party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="abouts", db_index=False)
    shown_as = models.CharField(max_length=310)
    at = models.DateTimeField()
    deed = models.CharField(max_length=24)
    """The entry's deed; for an import what it did to this party: created or changed."""
    version = models.PositiveIntegerField(default=0)
    """The party's version after this."""
    rank = models.PositiveSmallIntegerField(default=0)
    """Its place among the entry's parties, counted to ``NAMED``."""
    changes = models.JSONField(default=dict)
    shared = models.BooleanField(default=False, db_default=False)
    """Of the shared directory: read by every account, without who did it («Ce qui a changé»)."""

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["party", "at", "id"], name="about_party"),
            models.Index(fields=["entry", "rank"], name="about_named"),  # an import tells of a million
            models.Index(fields=["at", "id"], name="about_shared", condition=models.Q(shared=True)),
        ]
