"""Who belongs to an account, and what they may do there."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entregent.accounts.permissions import BUILT_IN, OF_THE_SERVICE, Can
from entregent.accounts.scope import AccountModel

from .users import User


def digest(secret: str) -> str:
    """What is kept of a token: its SHA-256 in hex. The secret has 256 random bits, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Role(AccountModel):
    """A named set of permissions. ``code`` marks the three that every account begins with."""

    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(max_length=20, blank=True)
    permissions = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("account", Lower("name"), name="role_name_once")]

    def __str__(self) -> str:
        return str(BUILT_IN[self.code][0]) if self.code in BUILT_IN else self.name

    def grants(self) -> frozenset[Can]:
        """The permissions; words that a later version dropped are passed over."""
        if self.code in BUILT_IN:
            return BUILT_IN[self.code][1]
        known = {can.value for can in Can} - OF_THE_SERVICE
        return frozenset(Can(word) for word in self.permissions if word in known)


class Team(AccountModel):
    """Users that records can be shown to together (B3)."""

    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("account", Lower("name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class Membership(AccountModel):
    """One user's place in one account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    teams = models.ManyToManyField(Team, related_name="memberships", blank=True)
    active = models.BooleanField(_("active"), default=True)
    shortcuts = models.JSONField(null=True, blank=True)
    """Codes of the quick actions, in order (E1); null: the standard ones."""
    columns = models.JSONField(null=True, blank=True)
    """Columns of the lists, by kind of party («p», «o»), in order (X2); null: the usual ones."""
    default_visibility = models.JSONField(null=True, blank=True)
    """Who sees what this user adds, unless they choose otherwise (B3): as in a card; null: everyone."""
    weekly_changes = models.BooleanField(_("weekly e-mail of what changed in the shared directory"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["account", "user"], name="member_once")]

    def __str__(self) -> str:
        return self.user.get_full_name()


class Invitation(AccountModel):
    """A place in an account offered by e-mail; the link works once, for seven days."""

    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.ForeignKey(Role, models.CASCADE, related_name="+", verbose_name=_("role"))
    teams = models.ManyToManyField(Team, related_name="+", blank=True, verbose_name=_("teams"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    """When the mail left; null: it could not."""
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    LIFE = timedelta(days=7)

    @classmethod
    def draft(cls, **fields) -> tuple["Invitation", str]:
        """An unsaved invitation and the secret of its link, which is kept nowhere."""
        secret = secrets.token_urlsafe(32)
        return cls(digest=digest(secret), expires_at=timezone.now() + cls.LIFE, **fields), secret

    @property
    def open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class Token(AccountModel):
    """A key for programs: speaks for one member, in one account (X6)."""

    PREFIX = "ent_"

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    """The first characters, to tell tokens apart."""
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    @classmethod
    def draft(cls, **fields) -> tuple["Token", str]:
        """An unsaved token and its secret, to be shown once."""
        secret = cls.PREFIX + secrets.token_urlsafe(32)
        return cls(digest=digest(secret), hint=secret[:8], **fields), secret
