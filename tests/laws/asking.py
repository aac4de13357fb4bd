"""Ask every interface the same, before and after something hidden is added."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.accounts.models import Membership, Token
from entregent.api.app import api

from .doors import ACCOUNT, OWN, Address, addresses, may
from .hidden import TRACES

CHANGING = re.compile(
    r'csrf\w*"[^>]*?value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce="[^"]+"'
    r'|<time[^>]*>[^<]*</time>|data-left="\d+"|DTSTAMP:.*|REV:.*'
)
"""What differs between two answers to one question."""


@cache
def described() -> dict:
    """The API's own description: it takes a second to write."""
    return api.get_openapi_schema()


ADDRESSES = [address for address in addresses() if address.name in ACCOUNT]
Answers = dict[str, str]
Url = Callable[[Address], str]


def text_of(answer: HttpResponse) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return f"{answer.status_code} {answer.get('Location', '')} {content.decode('utf-8', 'replace')}"


def plain(text: str) -> str:
    return CHANGING.sub("", text)


@pytest.fixture
def paths(url: Url, bruno: Actor) -> list[str]:
    """Every address that Bruno may enter by GET, and the lists' other faces."""
    own = [address for address in ADDRESSES if may(bruno, address.name) and address.name not in OWN]
    found = [url(address) for address in own if address.name != "imports:template"]
    lists = [url(address) for address in own if address.name in ("contacts:list", "organisations:list")]
    exports = [url(address) for address in own if address.room == "exports"]
    found += [f"{path}?sort={sort}" for path in lists for sort in ("-created", "-last_action")]
    found += [f"{path}?kind={kind}&format={format}" for path in exports for kind in ("contacts", "organisations")
              for format in ("csv", "vcf")]  # fmt: skip
    return found


@pytest.fixture
def pages(browse, bruno: Actor) -> Callable[[str], HttpResponse]:
    client = browse(bruno)
    return client.get


@pytest.fixture
def program(bruno: Actor) -> Callable[[str], HttpResponse]:
    """Bruno's program; ``program(path)`` reads."""
    return program_of(bruno).get


def program_of(by: Actor) -> Client:
    """A program of theirs, with a token."""
    membership = Membership.objects.get(pk=by.membership_id)
    token, secret = Token.draft(account=by.account, membership=membership, name="loi")
    token.save()
    return Client(headers={"Authorization": f"Bearer {secret}"})


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block writes, so that the next address finds the same account."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(get: Callable[[str], HttpResponse], paths: list[str]) -> Answers:
    with undone():  # an export is told in the infobox
        return {path: plain(text_of(afresh(get)(path))) for path in paths}


def afresh(get: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The client's ``get`` or ``post``, without the message that a page before left for the next one."""
    client: Client = get.__self__  # type: ignore[attr-defined]
    client.cookies.pop("messages", None)
    return get


def differing(before: Answers, after: Answers) -> dict[str, tuple[str, str]]:
    """Where two answers part, for each address that answers otherwise."""
    parted = {}
    for path in before:
        if before[path] != after[path]:
            lines = zip(before[path].splitlines() + ["(end)"], after[path].splitlines() + ["(end)"], strict=False)
            parted[path] = next((pair for pair in lines if pair[0] != pair[1]), ("", "more lines"))
    return parted


def tell_tales(answers: Answers) -> dict[str, str]:
    return {
        path: answer[max(found.start() - 150, 0) : found.end() + 50]
        for path, answer in answers.items()
        if (found := TRACES.search(answer))
    }
