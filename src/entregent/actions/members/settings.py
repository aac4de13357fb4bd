"""The account's own settings."""

import zoneinfo
from datetime import datetime, timedelta
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.actions.frame import act
from entregent.directory.messages import Invalid, Problem, clean_name, refuse
from entregent.directory.models import Party
from entregent.kernel.countries import countries
from entregent.kernel.languages import LANGUAGES

from .deeds import ACCOUNT_CHANGED

SETTING_VALUES = {
    "country": lambda: {code for code, _ in countries()},
    "language": lambda: LANGUAGES,
    "timezone": zoneinfo.available_timezones,
    "organisation_word": lambda: set(Account.OrganisationWord.values),
    "bin_days": lambda: range(366),
    "two_factors": lambda: (True, False),
    "tells_resembling": lambda: (True, False),
}
"""Setting → its allowed values. ``name`` is free text; the slug never changes, since links would break."""


GRACE = timedelta(days=1)
"""How long records stay in the bin that fewer days in it would delete at once."""


def change_account(by: Actor, values: dict[str, Any], sure: bool = False) -> Account:
    """Change the settings in ``values``: ``name`` and the keys of ``SETTING_VALUES``. Raises ``Invalid``.

    Unless ``sure``, also if fewer days in the bin would delete records from it; these stay for another day.
    """
    with act(by, ACCOUNT_CHANGED, Can.MANAGE_ACCOUNT) as telling:
        account = Account.objects.select_for_update().get(pk=by.account.pk)
        clean = _clean(values)
        changes = {key: [getattr(account, key), new] for key, new in clean.items() if getattr(account, key) != new}
        if changes:
            for key, (_, new) in changes.items():
                setattr(account, key, new)
            if "bin_days" in changes:
                _spare(account, before=changes["bin_days"][0], sure=sure, at=telling.at)
            account.save(update_fields=[*changes, "bin_spared_until"])
            telling.say(changes=changes)
    return account


def going(days: int, at: datetime) -> int:
    """Return how many records a bin of ``days`` would no longer hold when the grace from ``at`` is over."""
    return Party.objects.filter(binned_at__lt=at + GRACE - timedelta(days=days)).count()


def _spare(account: Account, before: int, sure: bool, at: datetime) -> None:
    """Keep what fewer days in the bin would delete for another day. Raises ``Invalid`` unless ``sure``.

    More days within that day are no rescue if they are still too few: they are asked about and spare a day as well.
    """
    spared = account.bin_spared_until is not None and account.bin_spared_until > at
    number = going(account.bin_days, at) if spared or account.bin_days < before else 0
    if number and not sure:
        refuse("sure", "bin_lowered", count=number)
    account.bin_spared_until = at + GRACE if number else None


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    problems = [
        Problem(key, key) for key, allowed in SETTING_VALUES.items() if key in values and values[key] not in allowed()
    ]
    clean = {key: value for key, value in values.items() if key in SETTING_VALUES}
    if "name" in values:
        try:
            clean["name"] = clean_name(values["name"], 120)
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return clean
