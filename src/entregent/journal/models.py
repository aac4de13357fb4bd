"""Journal entries, and the parties they are about."""

from django.conf import settings
from django.db import models

from entregent.accounts.actor import Door
from entregent.accounts.scope import AccountModel, SharedModel
from entregent.directory.models import Party

NAMED = 5
"""How many parties of an entry are named in lists of entries."""


NAME_LENGTH = 170
"""Maximum length of ``by_name``. A user without a name is named by e-mail address, which may be longer."""


class Entry(AccountModel):
    """What someone did, when, and through which interface. Immutable, but an import's grows while it runs."""

    deed = models.CharField(max_length=24)
    """A code of the register (deeds.py), or one that an earlier version had."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=NAME_LENGTH)
    """The actor's name at the time."""
    door = models.CharField(max_length=8, choices=[(door.value, door.value) for door in Door])
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    """What the sentence names in addition to parties: a file, a role, a number of rows."""

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["account", "at", "id"], name="entry_by_time"),
            models.Index(fields=["account", "deed", "at", "id"], name="entry_by_deed"),
            models.Index(fields=["by", "account", "at", "id"], name="entry_by_author"),
            models.Index(fields=["by", "account", "deed", "at", "id"], name="entry_by_author_deed"),
        ]


class About(SharedModel):
    """A party that an entry is about, and its ``changes``: field → [old, new]."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="abouts", db_index=False)
    party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="abouts", db_index=False)
    shown_as = models.CharField(max_length=310)
    at = models.DateTimeField()
    deed = models.CharField(max_length=24)
    """The entry's deed; for an import, what it did to this party: created or changed."""
    version = models.PositiveIntegerField(default=0)
    """The party's version after the change."""
    rank = models.PositiveSmallIntegerField(default=0)
    """Its position among the entry's parties, at most ``NAMED``."""
    changes = models.JSONField(default=dict)
    shared = models.BooleanField(default=False, db_default=False)
    """About a shared record: every account may read it, without its author («Ce qui a changé»)."""

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["party", "at", "id"], name="about_party"),
            models.Index(fields=["entry", "rank"], name="about_named"),  # an import has up to a million
            models.Index(fields=["at", "id"], name="about_shared", condition=models.Q(shared=True)),
        ]
