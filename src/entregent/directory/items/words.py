"""Tags and skills: find them by name, and create the missing ones."""

from collections.abc import Iterable
from typing import TypeVar

from entregent.accounts.models import Account
from entregent.directory.models import Item, Skill, Tag

Word = TypeVar("Word", bound=Item)


def known_tags(account: Account, wanted: dict[str, str]) -> dict[str, Tag]:
    """Return the tags of ``wanted`` (key → name) by key, creating the missing ones.

    An existing tag keeps its spelling, whatever case and accents are typed now.
    """
    return _known(account, Tag, wanted)


def known_skills(account: Account, wanted: dict[str, str]) -> dict[str, Skill]:
    """Return the skills of ``wanted`` (key → name) by key, creating the missing ones."""
    return _known(account, Skill, wanted)


def _known(account: Account, model: type[Word], wanted: dict[str, str]) -> dict[str, Word]:
    if not wanted:
        return {}
    found = _found(account, model, wanted)
    missing = [
        model(account=account, key=key, name=name, typed=True) for key, name in wanted.items() if key not in found
    ]
    if missing:
        model.objects.bulk_create(missing, ignore_conflicts=True)
        found = _found(account, model, wanted)
    return found


def _found(account: Account, model: type[Word], keys: Iterable[str]) -> dict[str, Word]:
    """Return the items of these keys by key; the account's own take precedence over the service's."""
    items = sorted(model.readable.filter(key__among=keys), key=lambda item: item.account_id == account.pk)
    return {item.key: item for item in items}
