"""A run over the rows of a file: its path, its format, and the mapping of its columns."""

from pathlib import Path

from django.conf import settings
from django.db import models

from entregent.formats.sniff import Format
from entregent.runs.models import Run


class SourceFile(Run):
    """A run over a file, uploaded or given on the command line."""

    kind = models.CharField(max_length=13, choices=[("contacts", "contacts"), ("organisations", "organisations")])
    path = models.CharField(max_length=500)
    size = models.BigIntegerField()
    format = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    seen = models.JSONField(default=dict)
    """What pages show of the file without opening it: ``rows`` (the first), ``sheets``, ``remarks``."""
    mapping = models.JSONField(default=list)
    """The target of each column: codes of fields.py."""
    constants = models.JSONField(default=dict)
    """Target → value for rows where it is empty."""
    repair_zeros = models.BooleanField(default=False)
    """Restore leading zeros of French postal codes that a spreadsheet removed; only if the user asks (std C26)."""
    tidy_names = models.BooleanField(default=False)
    """Change names from all capitals: «D'USTON» becomes «d'Uston». Only if the user asks (std F1)."""
    date_order = models.CharField(max_length=3, default="dmy", choices=[("dmy", "dmy"), ("mdy", "mdy")])

    class Meta(Run.Meta):
        abstract = True

    @property
    def file(self) -> Path:
        """The path of the stored file."""
        return Path(settings.DATA) / self.path

    @property
    def read_as(self) -> Format:
        """The format to read the file in; of no kind before a worker has recognised it."""
        return Format(**({"kind": ""} | self.format))
