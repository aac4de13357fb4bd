"""Custom fields (C6): fields of contacts or organisations that an account defines itself."""

from django.db import models
from django.db.models import Q

from entregent.accounts.scope import AccountModel
from entregent.store.columns import BytewiseCharField

from .parties import Party


class CustomField(AccountModel):
    """One field that the account defined.

    ``code``: its name for programs, which never changes, since ``Party.custom`` keeps values under it.
    ``choices``: ``[{"code", "label", "retired", "removed"}]`` in order; values hold the codes. A removed choice
    stays at the end, so that the history can still name it.
    """

    class Type(models.TextChoices):
        TEXT = "text"
        LONG = "long"
        NUMBER = "number"
        AMOUNT = "amount"
        DATE = "date"
        BOOLEAN = "boolean"
        CHOICE = "choice"
        CHOICES = "choices"
        LINK = "link"
        EMAIL = "email"
        PHONE = "phone"

    class Towards(models.TextChoices):
        """What the contacts themselves may do with the field."""

        INVISIBLE = "invisible"
        VISIBLE = "visible"
        PROPOSABLE = "proposable"
        EDITABLE = "editable"

    kind = models.CharField(max_length=1, choices=Party.Kind.choices)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    """The label folded: unique whatever case and accents."""
    type = models.CharField(max_length=7, choices=Type.choices)
    help = models.CharField(max_length=300, blank=True)
    section = models.CharField(max_length=80, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=False)
    searchable = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)
    """Health, union, religion, politics, origin (std A57): seen only with a permission, never exported."""
    approved_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    """The data protection officer who approved keeping sensitive data (std A57)."""
    towards = models.CharField(max_length=10, choices=Towards.choices, default=Towards.INVISIBLE)
    choices = models.JSONField(default=list)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "code"], name="custom_code_once"),
            models.UniqueConstraint(
                fields=["account", "kind", "key"], condition=Q(retired_at=None), name="custom_label_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CustomValue(AccountModel):
    """A copy of a value of ``Party.custom``, by which lists filter and sort; of several choices, a row for each.

    ``key``: text that sorts bytewise as the values do: folded text, or a padded number or date.
    """

    field = models.ForeignKey(CustomField, models.CASCADE, related_name="values")
    party = models.ForeignKey(Party, models.CASCADE, related_name="custom_values")
    key = BytewiseCharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["field", "key", "party"], name="custom_value_key")]
