"""The one model of people and organisations."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django_scopes import ScopedManager

from entregent.accounts.scope import SharedModel, account_here, readable_manager
from entregent.directory.messages import Problem
from entregent.directory.visibility.visibility import PartyQuerySet, Visibility
from entregent.store import among  # noqa: F401  makes the lookup known
from entregent.store.columns import BytewiseCharField

from .items import ContactStatus, OrganisationFamily


class Party(SharedModel):
    """A person or an organisation. Columns shown and sorted by in lists are on the row.

    A party with a ``base`` is an account's layer over a record of the shared directory (A3): a copy that ``layers``
    keeps in sync, plus what the account adds. Related rows that are copied from the record are marked
    ``from_service``.

    The columns under "Shown" are derived from related rows (channels, addresses, positions, tags); ``shown.py``
    computes them and only the writer sets them.
    """

    class Kind(models.TextChoices):
        PERSON = "p"
        ORGANISATION = "o"

    kind = models.CharField(max_length=1, choices=Kind.choices)
    # A person's
    last_name = models.CharField(max_length=150, blank=True)
    first_name = models.CharField(max_length=150, blank=True)
    birth_name = models.CharField(max_length=150, blank=True, default="", db_default="")
    """«Nom de naissance» (std F3); the last name is the one in use."""
    civility = models.CharField(max_length=10, blank=True)
    birth_date = models.DateField(null=True)
    language = models.CharField(max_length=5, blank=True)
    # Both; an organisation's name, or a person's as shown
    name = models.CharField(max_length=310)
    vat_number = models.CharField(max_length=20, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    neq = models.CharField(max_length=10, blank=True)
    code = models.CharField(max_length=60, blank=True)
    """Its key in another file or register: INSEE code, membership number…"""
    uid = models.CharField(max_length=255, blank=True)
    """The UID of the vCard that it was imported from (std C16)."""
    notes = models.TextField(blank=True)
    extra = models.JSONField(default=dict)
    """vCard properties without a field here, kept verbatim (std C17)."""
    active = models.BooleanField(default=True)
    family = models.ForeignKey(OrganisationFamily, models.RESTRICT, null=True, related_name="organisations")
    # The account's relation to it
    status = models.ForeignKey(ContactStatus, models.RESTRICT, null=True, related_name="parties", db_index=False)
    mail_refused_at = models.DateTimeField(null=True)
    """«Refus de mail»: since when they may not be sent mailings (A3)."""
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    custom = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    """Values of custom fields by code (C6), in the form that ``custom_values.py`` defines."""
    # The shared directory
    base = models.ForeignKey("self", models.SET_NULL, null=True, related_name="layers", db_index=False)
    """The record of the shared directory that this layer is over."""
    retired_at = models.DateTimeField(null=True)
    """In the shared directory: since when the person is no longer in office («N'est plus en fonction»)."""
    # Who sees it, who made it, since when
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.EVERYONE)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    binned_at = models.DateTimeField(null=True)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Shown
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    organisation = models.ForeignKey("self", models.SET_NULL, null=True, related_name="main_people", db_index=False)
    organisation_name = models.CharField(max_length=310, blank=True)
    function = models.CharField(max_length=150, blank=True)
    tag_names = models.JSONField(default=list)
    last_action_at = models.DateTimeField()
    status_rank = models.PositiveSmallIntegerField(default=0, db_default=0)
    """The order of its status, from 1; 0 without one."""
    sort_name = BytewiseCharField(max_length=200)
    sort_organisation = BytewiseCharField(max_length=200, blank=True)
    sort_city = BytewiseCharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=310)
    """The folded name, by which imports recognise the same person or organisation."""
    search_text = models.TextField()
    remarks: tuple[Problem, ...] = ()
    """Warnings for the user who has just added it; not stored."""

    objects = ScopedManager(_manager_class=models.Manager.from_queryset(PartyQuerySet), account="account")
    readable = readable_manager(PartyQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["account", "kind", *keys, "id"], name=f"party_{name}", condition=Q(binned_at=None))
            for name, keys in {
                "by_name": ["sort_name"],
                "by_organisation": ["sort_organisation", "sort_name"],
                "by_city": ["sort_city", "sort_name"],
                "by_active": ["active", "sort_name"],
                "by_status": ["status_rank", "sort_name"],
                "by_last_action": ["last_action_at"],
                "by_age": ["created_at"],
            }.items()
        ] + [
            models.Index(fields=["account", "name_key"], name="party_name_key"),
            models.Index(fields=["account", "code"], name="party_code", condition=~Q(code="")),
            models.Index(fields=["account", "uid"], name="party_uid", condition=~Q(uid="")),
            models.Index(fields=["account", "binned_at"], name="party_bin", condition=Q(binned_at__isnull=False)),
            models.Index(fields=["organisation"], name="party_main_people", condition=Q(organisation__isnull=False)),
            models.Index(fields=["family"], name="party_family", condition=Q(family__isnull=False)),
            models.Index(
                fields=["account", "kind"],
                name="party_incomplete",
                condition=Q(binned_at=None) & (Q(last_name="") | Q(first_name="")),
            ),
            models.Index(fields=["status"], name="party_status", condition=Q(status__isnull=False)),
            models.Index(fields=["base"], name="party_base", condition=Q(base__isnull=False)),
            models.Index(
                fields=["account", "assigned_to"], name="party_assigned", condition=Q(assigned_to__isnull=False)
            ),
            models.Index(fields=["account", "created_by"], name="party_hidden", condition=~Q(visibility="everyone")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "base"], condition=Q(base__isnull=False), name="one_layer")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        """Whether it is a person, not an organisation."""
        return self.kind == self.Kind.PERSON

    @property
    def incomplete(self) -> bool:
        """Whether it is a person who came from a file without a first or last name («À compléter»)."""
        return self.is_person and not (self.last_name and self.first_name)

    @property
    def is_layer(self) -> bool:
        """Whether it is a layer over a record of the shared directory."""
        return self.base_id is not None

    @property
    def of_service(self) -> bool:
        """Whether the operator maintains it: a shared record read from another account, or a layer over one (A6)."""
        here = account_here()
        return self.base_id is not None or (here is not None and self.account_id != here.pk)

    @property
    def root_id(self) -> int:
        """The id that positions of all accounts refer to: the shared record's, or its own."""
        return self.base_id or self.pk

    @property
    def in_bin(self) -> bool:
        """Whether it is in the bin."""
        return self.binned_at is not None
