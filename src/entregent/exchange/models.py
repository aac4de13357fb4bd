"""Imports, their rejected rows, and saved mappings of columns."""

from django.db import models

from entregent.accounts.scope import AccountModel
from entregent.directory.models import ContactList

from .reference.models import Sync, SyncChange, WeeklyMail  # Django looks for models here
from .source import SourceFile

__all__ = ["OUTCOMES", "Import", "Reject", "Remark", "SavedMapping", "Sync", "SyncChange", "WeeklyMail"]

OUTCOMES = ("created", "updated", "unchanged", "duplicate", "rejected")


class Import(SourceFile):
    """An import of one file: uploaded, mapped, checked without writing, then run.

    ``counts``: outcome → number of rows; under ``notes``: remark's code → number.
    """

    class OnDuplicate(models.TextChoices):
        SKIP = "skip"
        COMPLETE = "complete"
        REPLACE = "replace"
        CREATE = "create"

    on_duplicate = models.CharField(max_length=8, choices=OnDuplicate.choices, default=OnDuplicate.COMPLETE)
    list = models.ForeignKey(ContactList, models.SET_NULL, null=True, related_name="+")
    """The list that all its records are added to; ``list_name`` if the run has to create it."""
    shared_addresses = models.BooleanField(default=False, db_default=False)
    """«Adresse partagée»: whoever has an address that someone else has keeps it too."""
    list_name = models.CharField(max_length=150, blank=True, default="", db_default="")
    refusals = models.JSONField(default=dict)
    """What sounds like refusals of mailings: column ("file" for the whole file) → ``{"sounds", "by", "answer"}``.

    ``by``: "header", "cell" or "file". ``answer``: "refused", "none", or "" until the user has said.
    """


class Reject(AccountModel):
    """A rejected row: its original cells and its problems, returned to the user to fix."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="rejects")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    """``[{"target", "code", "params"}]``: the column's target ('' for the whole row), and the problem."""

    class Meta:
        ordering = ["line", "id"]


class Remark(AccountModel):
    """What was left out of a row that came in, or the organisations that it may have doubled."""

    class About(models.TextChoices):
        VALUE = "value"
        COMPARE = "compare"

    source = models.ForeignKey(Import, models.CASCADE, related_name="remarks")
    line = models.PositiveIntegerField()
    about = models.CharField(max_length=7, choices=About.choices)
    problems = models.JSONField(default=list)
    """As in ``Reject``; a value that was left out is in ``params`` as ``left_out``."""

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["source", "about", "line"], name="remark_about")]


class SavedMapping(AccountModel):
    """The last mapping of columns with these headers."""

    kind = models.CharField(max_length=13)
    signature = models.CharField(max_length=64)
    """SHA-256 of the folded headers."""
    mapping = models.JSONField()
    constants = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind", "signature"], name="mapping_once")]
