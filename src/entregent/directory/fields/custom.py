"""The custom fields of an account (C6): asked for once a request, and which of them one may see (std A57)."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.accounts.scope import account_here
from entregent.directory.models import CustomField, Party
from entregent.store.prepared import prepared

from . import custom_messages, custom_values  # noqa: F401  the sentences are known from here on
from .register import CUSTOM

_KEPT = "_custom_definitions"


@dataclass(frozen=True, slots=True)
class Definitions:
    """All fields of one account, retired ones too, in order. Codes are unique in the account."""

    fields: tuple[CustomField, ...] = ()
    by_code: dict[str, CustomField] = field(default_factory=dict)

    def of(self, kind: str) -> list[CustomField]:
        """Those in use for people (``"p"``) or organisations (``"o"``)."""
        return [one for one in self.fields if one.kind == kind and one.retired_at is None]

    @property
    def sensitive(self) -> bool:
        """Whether the account keeps sensitive things: then free text comes with a reminder (std A57)."""
        return any(one.sensitive and one.retired_at is None for one in self.fields)


NONE = Definitions()


def definitions(account: Account) -> Definitions:
    """The fields of ``account``, asked for once in a request or a job: kept on the account's own object."""
    if account.pk is None:
        return NONE
    holder = _holder(account)
    kept = holder.__dict__.get(_KEPT)
    if kept is None:
        fields = tuple(_fields(account.pk))
        kept = Definitions(fields, {one.code: one for one in fields}) if fields else NONE
        holder.__dict__[_KEPT] = kept
    return kept


@prepared
def _fields(account: int) -> QuerySet[CustomField]:
    return CustomField.objects.filter(account=account)


def _holder(account: Account) -> Model:
    """The account of the scope, where it is this one: records may each come with an object of their own."""
    here = account_here()
    return here if here is not None and here.pk == account.pk else account


def forget(account: Account) -> None:
    """Ask anew next time: something changed, or a long job begins its next step."""
    for holder in (account, _holder(account)):
        holder.__dict__.pop(_KEPT, None)


def fields_for(by: Actor, kind: str) -> list[CustomField]:
    """The fields in use whose values ``by`` may see and change on records that they see."""
    private = by.may(Can.READ_SENSITIVE)
    return [one for one in definitions(by.account).of(kind) if private or not one.sensitive]


def exported(by: Actor, kind: str) -> list[CustomField]:
    """Those whose values may leave in a file: no sensitive one, for nobody (std A57)."""
    return [one for one in definitions(by.account).of(kind) if not one.sensitive]


def field_of(by: Actor, name: str) -> CustomField | None:
    """The field that ``custom.code`` names, retired or not, unless ``by`` may not know its values."""
    found = definitions(by.account).by_code.get(name.removeprefix(CUSTOM))
    if found is None or (found.sensitive and not by.may(Can.READ_SENSITIVE)):
        return None
    return found


def own_values(by: Actor, party: Party) -> dict[str, Any]:
    """What the account itself keeps of ``party``, by code; nothing of the shared directory's own fields (A6).

    Of fields in use that ``by`` may see, in their order.
    """
    if party.account_id != by.account.pk or not party.custom:
        return {}
    return {one.code: party.custom[one.code] for one in fields_for(by, party.kind) if one.code in party.custom}


def searched(found: Definitions, values: dict[str, Any], country: str) -> list[str]:
    """The words by which values are found in a search: of fields in use that were ticked for it."""
    return [
        custom_values.show(one, values[one.code], country)
        for one in found.fields
        if one.code in values and one.searchable and not one.sensitive and one.retired_at is None
    ]
