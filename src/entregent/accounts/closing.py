"""Closing an account: deletes all its rows, whichever room they belong to."""

from django.apps import apps
from django.db import transaction

from .models import Account
from .scope import AccountModel, inside


def close_account(account: Account) -> None:
    """Permanently delete an account and all its data. Its users are kept: they may have other accounts.

    The tables are found from the models, so that none is missed; foreign keys are checked at the end of the
    transaction, so the order does not matter.
    """
    with inside(account), transaction.atomic():
        for model in apps.get_models():
            if issubclass(model, AccountModel):
                for relation in model._meta.local_many_to_many:
                    _delete_links(model, relation, account)
                model.objects.all()._raw_delete(model.objects.db)
        account.delete()


def _delete_links(model, relation, account: Account) -> None:
    """Delete an account's rows of a many-to-many table, which has no account column."""
    through = relation.remote_field.through
    links = through._base_manager.filter(**{f"{relation.m2m_field_name()}__account": account})
    through._base_manager.filter(pk__in=links.values("pk"))._raw_delete(links.db)
