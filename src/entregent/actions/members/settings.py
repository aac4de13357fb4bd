"""The account's own settings."""

import zoneinfo
from typing import Any

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account
from entregent.accounts.permissions import Can
from entregent.actions.frame import act
from entregent.directory.messages import Invalid, Problem, clean_name
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
}
"""Setting → its allowed values. ``name`` is free text; the slug never changes, since links would break."""


def change_account(by: Actor, values: dict[str, Any]) -> Account:
    """Change the settings in ``values``: ``name`` and the keys of ``SETTING_VALUES``. Raises ``Invalid``."""
    with act(by, ACCOUNT_CHANGED, Can.MANAGE_ACCOUNT) as telling:
        account = Account.objects.select_for_update().get(pk=by.account.pk)
        clean = _clean(values)
        changes = {key: [getattr(account, key), new] for key, new in clean.items() if getattr(account, key) != new}
        if changes:
            for key, (_, new) in changes.items():
                setattr(account, key, new)
            account.save(update_fields=list(changes))
            telling.say(changes=changes)
    return account


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
