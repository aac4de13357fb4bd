"""The tenant."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entregent.store.prepared import Whole

RESERVED_SLUGS = frozenset(
    "api connexion dav f healthz m p readyz service static compte invitation langue admin www".split()
)
"""First path segments that the program uses itself; no account may have one as its slug."""

REFERENCE_SLUG = "service"
"""Slug of the shared directory: an account like any other, whose pages are the operator's console."""


class Account(Whole, models.Model):
    """One client organisation of the platform. No other account sees its data (A5)."""

    class OrganisationWord(models.TextChoices):
        ORGANISME = "organisme", _("Organisme")
        SOCIETE = "societe", _("Société")
        ENTREPRISE = "entreprise", _("Entreprise")

    slug = models.SlugField(
        _("address"), max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$")]
    )
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, default="FR")
    language = models.CharField(_("default language of contacts"), max_length=5, default="fr")
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    organisation_word = models.CharField(
        _("word for organisations"),
        max_length=12,
        choices=OrganisationWord.choices,
        default=OrganisationWord.ORGANISME,
    )
    bin_days = models.PositiveSmallIntegerField(_("days in the bin"), default=30, validators=[MaxValueValidator(365)])
    bin_spared_until = models.DateTimeField(null=True, blank=True)
    """After ``bin_days`` was lowered: until then nothing is deleted from the bin."""
    two_factors = models.BooleanField(_("administrators need two factors to sign in"), default=False)
    tells_resembling = models.BooleanField(_("say that a new record resembles a hidden one"), default=False)
    reference = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="readers")
    """The shared directory that this account reads and never writes (A6)."""
    is_reference = models.BooleanField(default=False)
    """Whether it is the shared directory, kept by the operator."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_reference"], condition=models.Q(is_reference=True), name="one_reference"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def shape(self) -> tuple:
        """See ``Whole.shape``: queries depend on the account's id, and the shared directory's if it reads one."""
        return (self.reference_id is None,)

    def values(self) -> tuple[int, ...]:
        return (self.pk,) if self.reference_id is None else (self.pk, self.reference_id)

    def standing_for(self, values: Sequence[int]) -> "Account":
        return Account(**dict(zip(("pk", "reference_id"), values, strict=False)))

    def bin_keeps(self, since: datetime) -> datetime:
        """Return until when the bin keeps what is in it ``since`` then; now, if the worker may delete it already."""
        now = timezone.now()
        return max(since + timedelta(days=self.bin_days), self.bin_spared_until or now, now)

    def clean(self) -> None:
        if self.slug in RESERVED_SLUGS and not (self.is_reference and self.slug == REFERENCE_SLUG):
            raise ValidationError({"slug": _("This address is reserved. Choose another.")})
