"""A file on its way in: where it lies, how it is read, what its columns become. Imports and syncs share it."""

from pathlib import Path

from django.conf import settings
from django.db import models

from entregent.accounts.scope import AccountModel

from .formats.sniff import Format


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

    class Meta:
        abstract = True

    @property
    def file(self) -> Path:
        return Path(settings.DATA) / self.path

    @property
    def read_as(self) -> Format:
        return Format(**self.format)
