"""Tags and skills: words that are there, or are made as they are typed."""

from collections.abc import Iterable
from typing import TypeVar

from entregent.accounts.models import Account
from entregent.directory.models import Item, Skill, Tag

Word = TypeVar("Word", bound=Item)


def known_tags(account: Account, wanted: dict[str, str]) -> dict[str, Tag]:
    """The tags of ``wanted`` (key → name) by key; those that are not there yet are made.

    A tag is written as it was the first time, whatever case and accents it is typed with now.
    """
    return _known(account, Tag, wanted)


def known_skills(account: Account, wanted: dict[str, str]) -> dict[str, Skill]:
    """The same for skills."""
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
    """The account's own count before the service's."""
    items = sorted(model.readable.filter(key__among=keys), key=lambda item: item.account_id == account.pk)
    return {item.key: item for item in items}
