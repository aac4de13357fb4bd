"""A file on its way in: where it lies, how it is read, what its columns become, how far it is.

Imports and syncs share it.
"""

from pathlib import Path

from django.conf import settings
from django.db import models

from entregent.accounts.scope import AccountModel
from entregent.formats.sniff import Format
from entregent.journal.models import Entry


class SourceFile(AccountModel):
    """One file, uploaded or given on the command line, with its columns mapped."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=13, choices=[("contacts", "contacts"), ("organisations", "organisations")])
    name = models.CharField(max_length=255)
    """The file's name, as its owner knows it."""
    path = models.CharField(max_length=500)
    size = models.BigIntegerField()
    format = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    """A target's code for each column (fields.py)."""
    constants = models.JSONField(default=dict)
    """Target → the value that every row gets where its own is empty."""
    repair_zeros = models.BooleanField(default=False)
    """Give French postal codes back the zero that a spreadsheet ate: only when the user said so (std C26)."""
    tidy_names = models.BooleanField(default=False)
    """Write names that are all in capitals as names: «D'USTON» becomes «d'Uston». Only when asked (std F1)."""
    date_order = models.CharField(max_length=3, default="dmy", choices=[("dmy", "dmy"), ("mdy", "mdy")])

    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    """What ended it: ``{"code", "params"}`` of ``formats.errors.Unreadable``."""
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    @property
    def file(self) -> Path:
        return Path(settings.DATA) / self.path

    @property
    def read_as(self) -> Format:
        return Format(**self.format)
