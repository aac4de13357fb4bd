"""Every condition of the register works in every interface (X2)."""

import re
from collections.abc import Iterator

import pytest
from django.db.models import Q
from django.utils.translation import override
from ninja import NinjaAPI, Query, Router
from ninja.testing import TestClient

from entregent.api import parties as api_parties
from entregent.api.app import api
from entregent.api.filters import PartyFilters, parameters
from entregent.directory.selections import inputs
from entregent.directory.selections.condition import Condition, Offered, Subject
from entregent.directory.selections.register import CONDITIONS, condition_of, offer

from .searching import DOORS, KINDS, in_the_api


@pytest.fixture(autouse=True)
def _beside_the_service(service) -> None:
    """The account reads a shared directory, so that it may ask whose records."""


@pytest.fixture
def born_in_may() -> Iterator[Condition]:
    """A condition of a room above, which no door has heard of."""
    yield offer(
        Condition(
            name="born_in_may",
            kinds="po",
            subject=Subject.STANDING,
            label="Born in May",
            input=inputs.Flag("Yes", "No"),
            ask=lambda yes, asking: Q(name="x"),
            sentence="",
            exactly={True: "Born in May", False: "Born elsewhen"},
            description="Whether they were born in May.",
        )
    )
    del CONDITIONS["born_in_may"]


@pytest.mark.parametrize("name", [*CONDITIONS, "custom.sport"])
def test_a_condition_is_asked_at_every_door(world, finds_the_first, name: str):
    here = world(name)
    finds_the_first(name)
    expected = ["Zoé Mai"] if name in CONDITIONS else []  # nobody has filled in the field
    told = {door.__name__: door(here) for door in DOORS}
    assert told == dict.fromkeys(told, expected)


def test_so_is_one_that_a_room_above_offers(born_in_may: Condition, world, finds_the_first):
    here = world("born_in_may")
    finds_the_first("born_in_may")
    told = {door.__name__: door(here) for door in DOORS if door is not in_the_api}
    assert told == dict.fromkeys(told, ["Zoé Mai"])


def test_the_api_made_after_it_was_offered_takes_and_describes_it(born_in_may: Condition, world, finds_the_first):
    here = world("born_in_may")
    finds_the_first("born_in_may")
    takes = parameters("po", PartyFilters)
    later, router = NinjaAPI(urls_namespace="later"), Router()

    @router.get("")
    def list_contacts(request, asked: Query[takes]):
        request.by = here.by
        return api_parties.page(request, "p", asked)

    later.add_router("/contacts", router)
    [described] = [
        each for each in later.get_openapi_schema(path_prefix="")["paths"]["/contacts"]["get"]["parameters"]
        if each["name"] == "born_in_may"
    ]  # fmt: skip
    assert described["description"] == born_in_may.description
    answer = TestClient(router).get("?born_in_may=true")
    assert [each["last_name"] for each in answer.json()["items"]] == ["Mai"]


@pytest.mark.parametrize("kind", ["p", "o"])
def test_the_api_describes_each(kind: str):
    described = api.get_openapi_schema()["paths"][f"/api/v1/{KINDS[kind]}"]["get"]["parameters"]
    names = {each["name"] for each in described if each["in"] == "query"}
    offered = {each.name for each in CONDITIONS.values() if kind in each.kinds}
    assert names == offered | {"limit", "cursor", "q", "sort"}


@pytest.mark.parametrize("name", [*CONDITIONS, "custom.sport"])
def test_it_is_said_in_both_languages(world, name: str):
    here = world(name)
    condition = condition_of(here.by, name)
    sentences = {}
    for language in ("fr", "en"):
        with override(language):
            assert condition.label_for(here.by)
            sentences[language] = condition.said(here.by, here.value)
    assert all(sentences.values())
    assert "%(" not in "".join(sentences.values())
    assert name.startswith("custom.") or sentences["fr"] != sentences["en"]
    assert sentences["fr"] in here.page(f"{here.room}?{here.asked()}")


@pytest.mark.parametrize("name", [*CONDITIONS, "custom.sport", "born_in_may"])
@pytest.mark.usefixtures("born_in_may")
def test_forms_offer_it_where_it_says_or_keep_it(world, name: str):
    here = world(name)
    offered = condition_of(here.by, name).offered
    panel = here.page(f"{here.room}?{here.asked(filtrer='1')}")
    [control] = re.findall(rf'<(input|select)([^>]*) name="{re.escape(name)}"|$', panel)[:1]
    hidden = f'<input type="hidden" name="{name}" value="{here.value}">' in panel
    assert bool(control[0]) or hidden
    assert hidden == (offered != Offered.PANEL)
    builder = here.page(f"{here.room}filtre/?{here.asked()}")
    assert (f'<option value="{name}">' in builder) == (offered >= Offered.BUILDER)
    if name != "f":
        assert f'name="n0.0" value="{name}"' in builder
