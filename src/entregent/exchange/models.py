"""Imports, the rows that they could not keep, and how columns were mapped last."""

from django.db import models

from entregent.accounts.scope import AccountModel
from entregent.directory.models import ContactList

from .reference.models import Sync, SyncChange, WeeklyMail  # Django looks for models here
from .source import SourceFile

__all__ = ["OUTCOMES", "Import", "Reject", "SavedMapping", "Sync", "SyncChange", "WeeklyMail"]

OUTCOMES = ("created", "updated", "unchanged", "duplicate", "rejected")


class Import(SourceFile):
    """One file on its way in: uploaded, mapped, checked without writing, then run.

    ``counts``: outcome → rows, and under ``notes``: remark's code → how often.
    """

    class OnDuplicate(models.TextChoices):
        SKIP = "skip"
        COMPLETE = "complete"
        REPLACE = "replace"
        CREATE = "create"

    on_duplicate = models.CharField(max_length=8, choices=OnDuplicate.choices, default=OnDuplicate.COMPLETE)
    list = models.ForeignKey(ContactList, models.SET_NULL, null=True, related_name="+")
    """Where all its records are put, and ``list_name`` where the run has to make it first."""
    list_name = models.CharField(max_length=150, blank=True, default="", db_default="")


class Reject(AccountModel):
    """A row that could not be kept: its cells as they were, and why. Goes back to be mended."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="rejects")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    """``[{"target", "code", "params"}]``: the column's target ('' for the whole row), and what is wrong."""

    class Meta:
        ordering = ["line", "id"]


class SavedMapping(AccountModel):
    """How columns of these names were mapped last, for next time."""

    kind = models.CharField(max_length=13)
    signature = models.CharField(max_length=64)
    """SHA-256 of the folded headers."""
    mapping = models.JSONField()
    constants = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind", "signature"], name="mapping_once")]
