"""Tenancy: every query is inside one account, or raises ``ScopeError``. The one place that says so."""

from contextlib import AbstractContextManager

from django.db import models
from django_scopes import ScopedManager, scope, scopes_disabled


def inside(account: models.Model) -> AbstractContextManager[None]:
    """Let the queries of the block read and write ``account``, and nothing else."""
    return scope(account=account)


def everywhere(reason: str) -> AbstractContextManager[None]:
    """Let the block read all accounts. ``reason`` says why; a test counts the places (laws/test_scopes.py)."""
    if not reason:
        raise ValueError("Unscoped work says why.")
    return scopes_disabled()


class AccountModel(models.Model):
    """A row of one account. Outside ``inside(account)`` its manager raises."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_index=False)

    objects = ScopedManager(account="account")

    class Meta:
        abstract = True
