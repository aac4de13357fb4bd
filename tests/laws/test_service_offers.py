"""On a record of the shared directory nothing is offered that is then refused (A6, B11)."""

import re
from html import unescape

import pytest
from django.test import Client

from entregent.accounts.actor import Actor
from entregent.actions.parties import parties
from entregent.directory.messages import SENTENCES
from entregent.directory.models import Party, Position

from .asking import program_of

SEARCHES = ["modifier", "supprimer", "informations-personnelles"]


@pytest.fixture
def pages(shared: Party, aicha: Actor, request: pytest.FixtureRequest) -> list[str]:
    """Where the account meets a shared person and their organisation, with or without its own layer over them."""
    body = Party.readable.get(kind="o")
    person = shared
    if request.param == "layer":
        person, body = (
            parties.update(aicha, Party.readable.get(pk=one.pk), {"tags": ["eau"]}) for one in (shared, body)
        )
    found = [f"/lac/contacts/{person.pk}/{tab}" for tab in ("", "fiche/", "organismes/", "historique/")]
    found.append(f"/lac/organismes/{body.pk}/")
    found += [f"/lac/saisir/{search}/?quoi={what}&q={name}" for search in SEARCHES
              for what, name in (("contact", "Petit"), ("organisme", "Préfecture"), ("fiche", "Petit"))
              if (search, what) != ("informations-personnelles", "fiche")]  # fmt: skip
    return found


def links(html: str) -> set[str]:
    main = html.partition("<main")[2]
    found = {unescape(link) for link in re.findall(r'<a\b[^>]*href="(/lac/[^"#]*)', main)}
    return {link for link in found if "/export/" not in link}


@pytest.mark.parametrize("pages", ["shared", "layer"], indirect=True)
def test_each_link_leads_on(pages: list[str], aicha: Actor, browse):
    client: Client = browse(aicha)
    refusal, wrong, tried = str(SENTENCES["service_record"]), {}, set()
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        for link in links(answer.text) - tried:
            tried.add(link)
            led = client.get(link, follow=True)
            if led.status_code != 200 or refusal in led.text:
                wrong[link] = (path, led.status_code)
    assert wrong == {}
    assert len(tried) > 40


@pytest.mark.parametrize("pages", ["shared", "layer"], indirect=True)
def test_each_form_can_be_sent(pages: list[str], aicha: Actor, browse):
    """The sheet was a form whose button saved nothing."""
    for path in pages[:5]:
        main = browse(aicha).get(path).text.partition("<main")[2]
        forms = re.findall(r'<form\b[^>]*method="post"[^>]*>.*?</form>', main, re.S)
        assert not [form for form in forms if 'type="submit"' in form and "disabled" in form], path


def test_what_is_not_offered_is_refused_in_a_sentence(shared: Party, aicha: Actor, browse):
    client, place = browse(aicha), Position.readable.get()
    body = Party.readable.get(kind="o")
    for path in (
        f"/lac/saisir/supprimer/contact/{shared.pk}/",
        f"/lac/saisir/supprimer/organisme/{body.pk}/",
        f"/lac/fiches/{place.pk}/modifier/",
        f"/lac/fiches/{place.pk}/supprimer/",
    ):
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 422, path
            assert str(SENTENCES["service_record"]) in unescape(answer.text), path


def test_beside_padlocks_one_completes(shared: Party, aicha: Actor, browse):
    html = browse(aicha).get(f"/lac/contacts/{shared.pk}/").text
    assert f'<a href="/lac/contacts/{shared.pk}/informations-personnelles/">Compléter</a>' in html


@pytest.mark.parametrize("code", ["delete", "restore", "purge"])
@pytest.mark.parametrize("layer", [False, True])
def test_a_record_of_the_service_is_kept_with_a_reason(code: str, layer: bool, shared: Party, aicha: Actor):
    """Not as what was done already."""
    person = parties.update(aicha, shared, {"tags": ["eau"]}) if layer else shared
    sent = {"contacts": [person.pk]}
    answer = program_of(aicha).post(f"/api/v1/actions/{code}", sent, content_type="application/json")
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == ["service_record"]
    assert Party.readable.filter(pk=person.pk).exists()
