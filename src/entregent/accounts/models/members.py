"""Members of an account, and what they may do there: roles, teams, invitations, tokens."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entregent.accounts.permissions import BUILT_IN, OF_THE_SERVICE, Can
from entregent.accounts.scope import AccountModel

from .users import User

PRESENT = models.Q(active=True, user__is_active=True)
"""Of a membership: it has not ended, and its user was not disabled."""


def digest(secret: str) -> str:
    """Return the stored form of a secret: its SHA-256 in hex. With 256 random bits it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Role(AccountModel):
    """A named set of permissions. ``code`` identifies the three that every account starts with."""

    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(max_length=20, blank=True)
    permissions = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("account", Lower("name"), name="role_name_once")]

    def __str__(self) -> str:
        return str(BUILT_IN[self.code][0]) if self.code in BUILT_IN else self.name

    def grants(self) -> frozenset[Can]:
        """Return the permissions; skip those that this version does not know."""
        if self.code in BUILT_IN:
            return BUILT_IN[self.code][1]
        known = {can.value for can in Can} - OF_THE_SERVICE
        return frozenset(Can(word) for word in self.permissions if word in known)


class Team(AccountModel):
    """A group of users that records can be shared with (B3)."""

    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("account", Lower("name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class Membership(AccountModel):
    """A user's membership of an account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    teams = models.ManyToManyField(Team, related_name="memberships", blank=True)
    active = models.BooleanField(_("active"), default=True)
    shortcuts = models.JSONField(null=True, blank=True)
    """Codes of the quick actions, in order (E1); null: the default ones."""
    columns = models.JSONField(null=True, blank=True)
    """Columns of the lists, by kind of party («p», «o»), in order (X2); null: the default ones."""
    default_visibility = models.JSONField(null=True, blank=True)
    """Default visibility of what this user adds (B3), in the format of a card; null: everyone."""
    weekly_changes = models.BooleanField(_("weekly e-mail of what changed in the shared directory"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["account", "user"], name="member_once")]

    def __str__(self) -> str:
        return self.user.get_full_name()

    @property
    def marked(self) -> str:
        """The user's name, with a mark if they have left the account or were disabled."""
        present = self.active and self.user.is_active
        return str(self) if present else gettext("%(name)s (no access)") % {"name": self}


class Invitation(AccountModel):
    """An invitation to an account by e-mail; the link works once, for seven days."""

    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.ForeignKey(Role, models.CASCADE, related_name="+", verbose_name=_("role"))
    teams = models.ManyToManyField(Team, related_name="+", blank=True, verbose_name=_("teams"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    """When the mail was sent; null: sending failed."""
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    LIFE = timedelta(days=7)

    @classmethod
    def draft(cls, **fields) -> tuple["Invitation", str]:
        """Return an unsaved invitation and the secret of its link, which is not stored."""
        secret = secrets.token_urlsafe(32)
        return cls(digest=digest(secret), expires_at=timezone.now() + cls.LIFE, **fields), secret

    @property
    def open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class Token(AccountModel):
    """An API key: acts for one member, in one account (X6)."""

    PREFIX = "ent_"

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    """The first characters of the secret, to tell tokens apart."""
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    """Refused from then on; null: never."""

    class Meta:
        ordering = ["-created_at"]

    @property
    def expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @classmethod
    def draft(cls, **fields) -> tuple["Token", str]:
        """Return an unsaved token and its secret, to be shown once."""
        secret = cls.PREFIX + secrets.token_urlsafe(32)
        return cls(digest=digest(secret), hint=secret[:8], **fields), secret
