"""Ending an account: every row of it goes, whichever room keeps it."""

from django.apps import apps
from django.db import transaction

from .models import Account
from .scope import AccountModel, inside


def close_account(account: Account) -> None:
    """Delete an account with all that it holds, at once and for good. Its users stay: they may have others.

    The tables are read from the models, so that none is forgotten; foreign keys are checked at the end of the
    transaction, so that their order does not matter.
    """
    with inside(account), transaction.atomic():
        for model in apps.get_models():
            if issubclass(model, AccountModel):
                for relation in model._meta.local_many_to_many:
                    _delete_links(model, relation, account)
                model.objects.all()._raw_delete(model.objects.db)
        account.delete()


def _delete_links(model, relation, account: Account) -> None:
    """Rows between two models have no account of their own."""
    through = relation.remote_field.through
    links = through._base_manager.filter(**{f"{relation.m2m_field_name()}__account": account})
    through._base_manager.filter(pk__in=links.values("pk"))._raw_delete(links.db)
