"""Queries outside an account's scope fail; the few places that look at all accounts are counted."""

from collections import Counter

import pytest
from django.apps import apps
from django_scopes import ScopeError

from .rooms import SOURCES, room_of

MODELS = [
    model
    for model in apps.get_models()
    if room_of(model) and any(field.name == "account" for field in model._meta.fields)
]
EVERYWHERE = {
    "accounts/actor.py": 3,
    "accounts/inviting.py": 1,
    "accounts/jobs.py": 1,
    "actions/bin/bin.py": 1,
    "actions/bulk/chosen_sets.py": 1,
    "actions/positions/chores.py": 1,
    "actions/service/corrections.py": 3,
    "actions/items/following.py": 1,
    "actions/items/problems.py": 2,
    "actions/members/members.py": 1,
    "actions/members/tokens.py": 1,
    "actions/service/operating.py": 1,
    "directory/layers/layers.py": 1,
    "exchange/reference/weekly.py": 1,
}
"""File → how many times it opens ``everywhere``. One more is a decision: say why there, count it here."""


def test_there_are_models_of_accounts():
    assert len(MODELS) >= 6


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_outside_an_account_a_query_raises(model):
    with pytest.raises(ScopeError):
        model.objects.count()


def test_the_places_that_look_everywhere_are_counted():
    found = Counter()
    for path in SOURCES.rglob("*.py"):
        calls = path.read_text().count("with everywhere(") + path.read_text().count("scopes_disabled()")
        if calls and path.name != "scope.py":
            found[str(path.relative_to(SOURCES))] = calls
    assert dict(found) == EVERYWHERE
