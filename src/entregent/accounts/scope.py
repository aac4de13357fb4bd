"""Tenancy: every query runs inside one account, or raises ``ScopeError``. Enforced here and nowhere else.

The block that enters an account also sets its time zone, and the language: days are cut, and texts written, alike in
a request, a job, a command and a chore.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone, translation
from django_scopes import ScopedManager, ScopeError, get_scope, scope, scopes_disabled
from django_scopes.manager import DisabledQuerySet


@contextmanager
def inside(account: Any, language: str = "") -> Iterator[None]:
    """Limit the block's queries to ``account``, for reading and writing; its days are those of its time zone.

    ``language``: "fr" or "en"; by default that of the caller.
    """
    spoken = language or translation.get_language() or settings.LANGUAGE_CODE
    with scope(account=account), timezone.override(ZoneInfo(account.timezone)), translation.override(spoken):
        yield


def everywhere(reason: str) -> AbstractContextManager[None]:
    """Let the block read all accounts. ``reason`` is required; a test counts the uses (laws/test_scopes.py)."""
    if not reason:
        raise ValueError("Unscoped work must give a reason.")
    return scopes_disabled()


def account_here() -> models.Model | None:
    """Return the account of the current scope; None outside a scope and inside ``everywhere``."""
    current = get_scope()
    return current.get("account") if current.get("_enabled", True) else None


class AccountModel(models.Model):
    """A row that belongs to one account. Outside ``inside(account)`` its manager raises ``ScopeError``."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_index=False)

    objects = ScopedManager(account="account")

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        self._refuse_others()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        self._refuse_others()
        return super().delete(*args, **kwargs)

    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Build an instance from a row: as Django does, but five times as fast, without checking each field."""
        row = cls.__new__(cls)
        row.__dict__.update(zip(field_names, values, strict=True), _state=ModelState())
        row._state.adding, row._state.db = False, db
        return row

    def _refuse_others(self) -> None:
        """Raise ``ScopeError`` for another account's row: the shared directory's are read-only here (A6)."""
        here = account_here()
        if here is not None and self.account_id != here.pk:
            raise ScopeError(f"{type(self).__name__} {self.pk} is not of the account {here}.")


class ReadOnlyQuerySet(models.QuerySet):
    """A read-only queryset over rows of the account and of the shared directory that it reads."""

    def _refuse(self, *args, **kwargs):
        raise ScopeError(f"{self.model.__name__}.readable is for reading; write through .objects.")

    create = get_or_create = update_or_create = bulk_create = bulk_update = _refuse
    update = delete = select_for_update = _refuse


def readable_manager(queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """Return a read-only manager over the scope's account and the shared directory that it reads (A6)."""
    rows = type(f"Readable{queryset.__name__}", (ReadOnlyQuerySet, queryset), {})

    class Readable(models.Manager.from_queryset(rows)):  # type: ignore[misc]
        def get_queryset(self):
            current = get_scope()
            if not current.get("_enabled", True):
                return super().get_queryset()
            account = current.get("account")
            if account is None:
                return DisabledQuerySet(self.model, using=self._db, missing_scopes={"account"})
            if account.reference_id is None:
                return super().get_queryset().filter(account=account)
            return super().get_queryset().filter(account__in=(account.pk, account.reference_id))

    return Readable()


class SharedModel(AccountModel):
    """A row that may belong to the shared directory: read through ``readable``, written through ``objects``."""

    objects = ScopedManager(account="account")  # repeated, so that ``readable`` does not become the default manager
    readable = readable_manager()

    class Meta:
        abstract = True
