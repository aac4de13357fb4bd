"""Every URL is listed, and checked as nobody, as a stranger, as a reader and as a permitted user."""

from collections.abc import Callable
from functools import partial

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.queries import queries

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, User
from entregent.actions.toolbox.toolbox import TOOLS

from .conftest import SAMPLES, Url, undone
from .doors import ACCOUNT, DOORS, ONE_OF, OWN, PUBLIC, SIGNED_IN, addresses, may
from .rooms import room_of

ADDRESSES = {address.name: address for address in addresses()}
INNER = sorted(name for name, address in ADDRESSES.items() if address.of_account and name in ACCOUNT)
OUTER = sorted(name for name, needs in DOORS.items() if needs in (PUBLIC, SIGNED_IN) and name in ADDRESSES)
ONES_OWN_PAGES = {Membership, User}
"""What a reader may change: their profile and their shortcuts."""


def test_no_address_is_unlisted():
    assert set(ADDRESSES) == set(DOORS)


def test_addresses_of_an_account_and_no_others_ask_permissions():
    assert {name for name, address in ADDRESSES.items() if address.of_account} == set(ACCOUNT)
    assert set(ONE_OF) | OWN <= set(ACCOUNT)


def test_each_view_asks_what_the_table_says():
    asked = {name: getattr(ADDRESSES[name].pattern.callback, "needs", None) for name in INNER}
    assert asked == {name: ACCOUNT[name] for name in INNER}  # None: it is no @door


def knock(client: Client, path: str) -> HttpResponse:
    """GET, or an empty POST where only that is taken."""
    with undone():
        response = client.get(path)
        return client.post(path) if response.status_code == 405 else response


def is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("account_login"))


def wrong(answers: Callable[[str], int], right: Callable[[str, int], bool]) -> dict[str, int]:
    """The addresses of the account whose status is not ``right``."""
    statuses = {name: answers(name) for name in INNER}
    return {name: status for name, status in statuses.items() if not right(name, status)}


def test_no_form_is_taken_from_another_site(samples, aicha: Actor):
    """A POST without the form's token is refused at every address (CSRF)."""
    client, words = Client(enforce_csrf_checks=True), {**SAMPLES, **samples}
    client.force_login(User.objects.get(pk=aicha.user_id))
    paths = {name: address.path(**{word: words.get(word, 1) for word in address.words})
             for name, address in ADDRESSES.items()}  # fmt: skip
    taken = {name: client.post(path).status_code for name, path in paths.items()}
    assert {name: status for name, status in taken.items() if status != 403} == {}


def test_nobody_is_sent_to_sign_in(url: Url):
    assert [name for name in INNER if not is_sign_in(knock(Client(), url(ADDRESSES[name])))] == []


def test_a_stranger_finds_nothing(url: Url, browse, dimitri: Actor):
    client = browse(dimitri)
    assert wrong(lambda name: knock(client, url(ADDRESSES[name])).status_code, lambda _, status: status == 404) == {}


def test_a_reader_comes_as_far_as_the_table_says(url: Url, browse, chloe: Actor):
    client = browse(chloe)

    def right(name: str, status: int) -> bool:
        if not may(chloe, name):
            return status == 403
        return status == 404 if name in OWN else 200 <= status < 400

    assert wrong(lambda name: knock(client, url(ADDRESSES[name])).status_code, right) == {}


def test_who_may_is_served(url: Url, browse, aicha: Actor):
    client = browse(aicha)

    def right(name: str, status: int) -> bool:
        if not may(aicha, name):  # the operator's console
            return status == 403
        return 200 <= status < 400 or status in (400, 422)  # an empty form may be refused, nothing else

    assert wrong(lambda name: knock(client, url(ADDRESSES[name])).status_code, right) == {}


def test_what_is_one_members_own_is_not_there_for_another(url: Url, browse, bruno: Actor):
    client = browse(bruno)
    assert {name: knock(client, url(ADDRESSES[name])).status_code for name in sorted(OWN)} == dict.fromkeys(
        sorted(OWN), 404
    )


def everything() -> dict[str, list[dict]]:
    """All rows of the account, but what a reader may change."""
    models = (model for model in apps.get_models() if room_of(model) and model not in ONES_OWN_PAGES)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


ONLY_READ = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


def writes(run: Callable[[], object]) -> bool:
    """Run it, and say whether any statement that it sent might have written."""
    return any(not sql.startswith(ONLY_READ) for sql in queries(run))


def test_a_reader_writes_nothing(url: Url, browse, chloe: Actor):
    client, before = browse(chloe), everything()
    form = {"names": "Eau", "name": "Eau", "last_name": "Roy", "ids": "1"}

    def send(name: str) -> None:
        answer = client.post(url(ADDRESSES[name]), form)
        assert may(chloe, name) or answer.status_code in (403, 405), f"{name}: {answer.status_code}"

    for name in INNER:
        if writes(partial(send, name)):
            assert everything() == before, name
    assert everything() == before


def test_a_reader_runs_no_tool(samples, browse, chloe: Actor, subtests: pytest.Subtests):
    client, before = browse(chloe), everything()
    for code in sorted(TOOLS):
        with subtests.test(tool=code), undone():
            path = reverse("toolbox:run", args=[samples["account"], code])
            for letter, kind in (("p", "contacts"), ("o", "organisations")):
                ids = {"ids": samples[f"{kind}:pk"], "names": "Eau", "organisation": samples["organisations:pk"]}
                answers = {client.get(path, ids).status_code, client.post(path, ids).status_code}
                # «undo» takes back what one did oneself: a reader may open it, and has done nothing
                assert TOOLS[code].allowed(chloe, letter) or answers <= {403, 404}
            assert everything() == before


def test_outside_accounts_only_what_is_public_is_served(db, subtests: pytest.Subtests):
    for name in OUTER:
        with subtests.test(address=name):
            address = ADDRESSES[name]
            kwargs = {word: SAMPLES.get(word, 1) for word in address.words}
            response = knock(Client(), reverse(name, kwargs=kwargs))
            if DOORS[name] == SIGNED_IN:
                assert is_sign_in(response)
            else:
                assert response.status_code in (200, 302, 400, 410)
