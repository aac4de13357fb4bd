"""Addresses inside an account: ``/<account>/…``, without repeating the account everywhere."""

from functools import lru_cache

from django.urls import reverse

from entregent.accounts.actor import Actor


def to(by: Actor, name: str, *args) -> str:
    """The address of a page of ``by``'s account: ``to(by, "contacts:page", 12)``."""
    return _address(name, by.account.slug, *args)


@lru_cache(maxsize=4096)
def _address(name: str, *args) -> str:
    """Kept: a menu asks for the same twenty addresses on every page."""
    return reverse(name, args=args)
