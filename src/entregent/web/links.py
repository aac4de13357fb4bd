"""Addresses inside an account: ``/<account>/…``, without repeating the account everywhere."""

from django.urls import reverse

from entregent.accounts.actor import Actor


def to(by: Actor, name: str, *args) -> str:
    """The address of a page of ``by``'s account: ``to(by, "contacts:page", 12)``."""
    return reverse(name, args=[by.account.slug, *args])
