"""Values of the operator on a shared record's page are marked and can't be edited (A3, A6)."""

import re

import pytest

from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.actions.positions import positions
from entregent.directory.models import Party


@pytest.fixture
def maire(sonia) -> Party:
    card = {"last_name": "Rivière", "first_name": "Odile", "civility": "Madame", "code": "M-58"}
    with inside(sonia.account):
        return parties.create(sonia, "p", card | {"organisation_name": "Mairie d’Étang", "function": "Maire"})


def rows(html: str) -> dict[str, str]:
    """Label → what stands behind it."""
    return dict(re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", html, re.S))


@pytest.mark.parametrize("laid", [False, True])
def test_the_record_beside_the_form_says_all_that_the_service_keeps(maire, aicha, browse, laid):
    if laid:
        parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "Rappeler le matin"})
    html = browse(aicha).get(f"/lac/contacts/{maire.pk}/informations-personnelles/").content.decode()
    beside = html.partition("<aside")[2]
    assert "Mairie d’Étang" in beside
    assert "Maire<" in re.sub(r"\s*<", "<", beside)
    shown = rows(beside)
    for label in ("Civilité", "Code"):
        assert "Mis à jour par le service" in shown[label], label
    if laid:
        assert "Mis à jour par le service" not in shown["Notes"]


def test_only_the_accounts_own_places_have_buttons(maire, aicha, browse):
    own = parties.create(aicha, "o", {"name": "Les Amis du lac"})
    layer = parties.update(aicha, Party.readable.get(pk=maire.pk), {"notes": "Rappeler le matin"})
    held = positions.attach(aicha, layer, {"organisation": own.pk})
    html = browse(aicha).get(f"/lac/contacts/{layer.pk}/organismes/").content.decode()
    assert "Mairie d’Étang" in html
    assert re.findall(r"/lac/fiches/(\d+)/modifier/", html) == [str(held.pk)]
