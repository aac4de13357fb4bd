"""How to reach a party: e-mail addresses, phone numbers, websites and postal addresses, each with a rank."""

from django.db import models
from django.db.models import Q

from entregent.accounts.scope import SharedModel

from .parties import Party


class Channel(SharedModel):
    """An e-mail address, a phone number or a website: shown as typed, compared by ``key``."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"
        WEBSITE = "website"

    party = models.ForeignKey(Party, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    value = models.CharField(max_length=500)
    key = models.CharField(max_length=500)
    """E-mail: its normal form (std B23); phone: E.164, or only the digits if it has none; website: its address."""
    label = models.CharField(max_length=60, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    """0 for the main one of its kind."""
    exclusive = models.BooleanField(default=False)
    """A person's own e-mail address, which no other person of the account may have (D2)."""
    from_service = models.BooleanField(default=False, db_default=False)
    """On a layer: copied from the shared record and kept in sync with it."""

    class Meta:
        ordering = ["kind", "rank", "id"]
        indexes = [models.Index(fields=["account", "key"], name="channel_key")]
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], condition=Q(exclusive=True), name="email_once")
        ]

    def __str__(self) -> str:
        return self.value


class Address(SharedModel):
    """A postal address, split into the parts of an address label (std F8-F11)."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="addresses")
    label = models.CharField(max_length=60, blank=True)
    street = models.TextField(blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    city_key = models.CharField(max_length=120, blank=True)
    province = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    from_service = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["rank", "id"]
        indexes = [
            models.Index(fields=["account", "city_key"], name="address_city"),
            models.Index(fields=["account", "country"], name="address_country"),
            models.Index(fields=["account", "postal_code"], name="address_postal_code"),
            models.Index(fields=["account", "id"], name="address_latest", condition=Q(from_service=False)),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street, self.postal_code, self.city) if part)
