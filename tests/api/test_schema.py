"""The API conforms to its OpenAPI description, whatever it is sent (schemathesis)."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from entregent.accounts.models import Membership, Token
from entregent.api.app import api as ninja
from entregent.config.wsgi import application

# A value of the right shape may still be refused: a name that is empty, an address that is taken. And of the wrong
# ones some are lost before they are sent (a parameter that has no text), so that test_contacts.py tries its own.
LEFT_OUT = [positive_data_acceptance, negative_data_rejection]
schema = schemathesis.openapi.from_dict(ninja.get_openapi_schema())
schema.app = application
schema.config.phases.coverage.enabled = False  # hundreds of cases an operation; drawn ones are enough here
EXAMPLES = 40 if examples.default.max_examples > 100 else 3
"""Of each operation: with ``--whole`` the profile of hypothesis asks for more of everything (tests/conftest.py)."""


@pytest.fixture
def _connection_stays() -> Iterator[None]:
    """The application closes its connection after each request; here it is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(aicha, bruno) -> str:
    membership = Membership.objects.get(pk=aicha.membership_id)
    token, secret = Token.draft(account=aicha.account, membership=membership, name="test")
    token.save()
    return secret


@pytest.mark.usefixtures("_connection_stays")
@schema.parametrize()
@examples(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_it_answers_as_it_says(case, secret):
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT)
