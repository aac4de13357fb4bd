"""Opening accounts, adding members to them, and closing them."""

from collections.abc import Callable, Sequence

from django.apps import apps
from django.db import transaction

from .models import Account, Membership, Role, Team, User
from .models.accounts import REFERENCE_SLUG
from .permissions import BUILT_IN
from .scope import AccountModel, inside

Furnishing = Callable[[Account], None]
FURNISHINGS: list[Furnishing] = []


def furnishing(function: Furnishing) -> Furnishing:
    """Register a function that fills each new account with a room's initial data; called inside the account."""
    FURNISHINGS.append(function)
    return function


def open_account(slug: str, name: str, **settings) -> Account:
    """Create an account with its three built-in roles; it reads the shared directory, if there is one.

    Raises ``ValidationError`` for a bad or taken slug.
    """
    if not settings.get("is_reference"):
        settings.setdefault("reference", Account.objects.filter(is_reference=True).first())
    account = Account(slug=slug, name=name, **settings)
    account.full_clean()
    with transaction.atomic():
        account.save()
        with inside(account):
            for code, (label, permissions) in BUILT_IN.items():
                Role.objects.create(account=account, code=code, name=str(label), permissions=sorted(permissions))
            for furnish in FURNISHINGS:
                furnish(account)
    return account


def open_reference(name: str, **settings) -> Account:
    """Return the shared directory's account, created if missing; from then on every account reads it (A6)."""
    if account := Account.objects.filter(is_reference=True).first():
        return account
    with transaction.atomic():
        account = open_account(REFERENCE_SLUG, name, is_reference=True, **settings)
        Account.objects.filter(is_reference=False).update(reference=account)
    return account


def add_member(account: Account, user: User, role: str = "collaborator", teams: Sequence[Team] = ()) -> Membership:
    """Make ``user`` an active member of ``account``; a former membership is reactivated.

    ``role``: the code of a built-in role.
    """
    with inside(account), transaction.atomic():
        membership, _ = Membership.objects.update_or_create(
            account=account, user=user, defaults={"role": Role.objects.get(code=role), "active": True}
        )
        membership.teams.set(teams)
    return membership


def close_account(account: Account) -> None:
    """Permanently delete an account and all its data. Its users are kept: they may have other accounts.

    The tables of all rooms are found from the models, so that none is missed; foreign keys are checked at the end of
    the transaction, so the order does not matter.
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
