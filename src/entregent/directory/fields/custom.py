"""The custom fields of an account (C6): read once per request, and which of them a user may see (std A57)."""

from typing import Any

from django.db.models import Model, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import account_here
from entregent.directory.models import CustomField, Party
from entregent.store.prepared import prepared

from . import custom_values
from .register import CUSTOM

_KEPT = "_custom_definitions"


def definitions(account: Account) -> dict[str, CustomField]:
    """Return the fields of ``account`` by code, retired ones included, in order.

    They are read once per request or job and cached on the account object.
    """
    if account.pk is None:
        return {}
    kept = _holder(account).__dict__
    if _KEPT not in kept:
        kept[_KEPT] = {one.code: one for one in _fields(account.pk)}
    return kept[_KEPT]


@prepared
def _fields(account: int) -> QuerySet[CustomField]:
    return CustomField.objects.filter(account=account)


def _holder(account: Account) -> Model:
    """Return the scope's account object if it is the same account, since each record may have its own copy."""
    here = account_here()
    return here if here is not None and here.pk == account.pk else account


def forget(account: Account) -> None:
    """Clear the cache: a field has changed, or a long job begins its next step."""
    for holder in (account, _holder(account)):
        holder.__dict__.pop(_KEPT, None)


def fields_in_use(account: Account, kind: str) -> list[CustomField]:
    """Return the fields in use for people (``"p"``) or organisations (``"o"``)."""
    return [one for one in definitions(account).values() if one.kind == kind and one.retired_at is None]


def fields_for(by: Actor, kind: str) -> list[CustomField]:
    """Return the fields in use whose values ``by`` may see and change."""
    private = by.may(Can.READ_SENSITIVE)
    return [one for one in fields_in_use(by.account, kind) if private or not one.sensitive]


def exported(account: Account, kind: str) -> list[CustomField]:
    """Return the fields that may be exported: never sensitive ones, whoever asks (std A57)."""
    return [one for one in fields_in_use(account, kind) if not one.sensitive]


def has_sensitive(account: Account) -> bool:
    """Whether the account has sensitive fields; forms then show a reminder at free text (std A57)."""
    return any(one.sensitive and one.retired_at is None for one in definitions(account).values())


def field_of(by: Actor, name: str) -> CustomField | None:
    """Return the field ``custom.code``, retired or not; None if there is none or ``by`` may not see its values."""
    found = definitions(by.account).get(name.removeprefix(CUSTOM))
    if found is None or (found.sensitive and not by.may(Can.READ_SENSITIVE)):
        return None
    return found


def own_values(by: Actor, party: Party) -> dict[str, Any]:
    """Return the account's custom values of ``party`` by code, in order: of fields in use that ``by`` may see.

    Values of the shared directory's own fields are left out (A6).
    """
    if party.account_id != by.account.pk or not party.custom:
        return {}
    return {one.code: party.custom[one.code] for one in fields_for(by, party.kind) if one.code in party.custom}


def searched(account: Account, values: dict[str, Any]) -> list[str]:
    """Return the search words of these values: of the fields in use that are marked as searchable."""
    return [
        custom_values.show(one, values[one.code], account.country)
        for one in definitions(account).values()
        if one.code in values and one.searchable and not one.sensitive and one.retired_at is None
    ]
