"""Set the status of all results of a search by the worker and undo it, in the browser (E10)."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe

from entregent.accounts.jobs import run_pending
from entregent.actions.parties import parties
from entregent.directory.models import ContactStatus, Party
from entregent.web.links import to
from entregent.web.toolbox import views

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db, bruno, lac) -> list[Party]:
    for rank, (name, colour) in enumerate([("Prospect", "grey"), ("Membre", "green")]):
        ContactStatus.objects.create(account=lac, name=name, key=name.lower(), rank=rank, colour=colour)
    return [
        parties.create(
            bruno, "p", {"last_name": f"Delorme{index}", "first_name": "Marie", "status": "Prospect" if index else ""}
        )
        for index in range(3)
    ]


def statuses() -> list[str]:
    names = Party.objects.filter(kind="p").order_by("pk").values_list("status__name", flat=True)
    return [name or "" for name in names]


def test_all_selected_get_a_status_and_get_theirs_back(live_server, page: Page, sign_in, bruno, people, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 2)
    sign_in(bruno)
    page.goto(live_server.url + to(bruno, "contacts:list"))
    page.get_by_label("Sélectionner Marie Delorme0").check()
    page.get_by_label("Tout sélectionner (3)").check()
    page.locator(".selection").get_by_role("button", name="Statut").click()
    dialog = page.get_by_role("dialog")
    axe(page)
    dialog.get_by_role("combobox", name="Statut").select_option("Membre")
    dialog.get_by_label("Description").fill("Après l’assemblée")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Statut")
    run_pending()
    expect(page.get_by_role("heading", name="Terminé")).to_be_visible()
    assert statuses() == ["Membre"] * 3
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Annuler")
    run_pending()
    expect(page.get_by_role("heading", name="Terminé")).to_be_visible()
    assert statuses() == ["", "Prospect", "Prospect"]
    expect(page.get_by_role("button", name="Annuler")).to_have_count(0)


def test_one_is_given_a_status_and_it_is_taken_back_by_the_message(live_server, page: Page, sign_in, bruno, people):
    sign_in(bruno)
    page.goto(live_server.url + to(bruno, "contacts:page", people[0].pk))
    page.get_by_role("link", name="Statut").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Statut").select_option("Membre")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".person-head .badge")).to_have_text("Membre")
    page.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(page.locator(".person-head .badge")).to_have_count(0)
    assert statuses()[0] == ""
