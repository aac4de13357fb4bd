"""A run whose set is the rows of a file: where it lies, how it is read, what its columns become."""

from pathlib import Path

from django.conf import settings
from django.db import models

from entregent.formats.sniff import Format
from entregent.runs.models import Run


class SourceFile(Run):
    """One file, uploaded or given on the command line, with its columns mapped."""

    kind = models.CharField(max_length=13, choices=[("contacts", "contacts"), ("organisations", "organisations")])
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

    class Meta(Run.Meta):
        abstract = True

    @property
    def file(self) -> Path:
        return Path(settings.DATA) / self.path

    @property
    def read_as(self) -> Format:
        return Format(**self.format)
