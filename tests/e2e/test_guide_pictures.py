"""The pictures of the guide, taken on the demo account: ``pytest tests/e2e/test_guide_pictures.py --shots``.

Without ``--shots`` they are only taken, so that what the guide shows is known to be reachable as it says.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser import drawn_alike

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import User
from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.demo.accounts import SERVICE
from entregent.demo.building import build
from entregent.directory.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), drawn_alike]

SIZE = {"width": 1280, "height": 700}
FILE = """Nom;Prénom;Organisme;Fonction;E-mail;Téléphone;Code postal et ville;Inscrit le
Vasseur;Hélène;Voile du Grand Lac;Présidente;h.vasseur@voile.example;0639980101;73000 / CHAMBÉRY;03/04/2026
Okafor;Daniel;Voile du Grand Lac;Trésorier;d.okafor@voile.example;06 39 98 01 02;73100 / AIX-LES-BAINS;12/05/2026
Bélanger;Anaïs;;;anais.belanger(at)courriel.example;;;
;Jules;Librairie des Quais;Libraire;jules@quais.example;01 99 00 04 05;75005 / PARIS;20/05/2026
;;;;;01 99 00 04 06;;20/05/2026
"""
ORGANISATIONS = """Identifiant;Nom;Téléphone
MAI-001;Mairie d’Aubrelle-sur-Ève;04 65 71 00 01
MAI-002;Mairie d’Aubrelle-les-Bains;04 65 71 00 02
MAI-900;Mairie de Neuve-Rive;04 65 71 00 03
"""
PAGES = (
    ("infobox/", "infobox"),
    ("corbeille/", "corbeille"),
    ("parametres/roles/", "roles"),
    ("saisir/parametrage/statuts/", "parametrage"),
    ("listes/", "listes"),
    ("contacts/filtre/?f=and(status:Membre,or(tag:Bénévole,tag:Donateur),not(active:non))", "filtre-avance"),
    ("changements/", "changements"),
    ("parametres/champs/", "champs"),
)
"""Pages of the demo that are shown as they stand: address and name."""


@pytest.fixture
def demo(transactional_db) -> Actor:
    """The administrator of the demo account."""
    build(contacts=90)
    admin = actor_in("demo", User.objects.get(email="admin@demo.example").pk)
    assert admin is not None
    return admin


def someone(demo: Actor) -> int:
    """A contact with a place, tags and a past."""
    with inside(demo.account):
        people = Party.objects.visible_to(demo).filter(kind="p", active=True).exclude(organisation_name="")
        return max(people, key=lambda party: (len(party.tag_names) == 2, party.phone != "", -party.pk)).pk


def test_pictures(page: Page, live_server, sign_in, demo: Actor, shot: Callable, worker, pytestconfig) -> None:
    page.set_viewport_size(SIZE)
    settled = "networkidle" if pytestconfig.getoption("--shots") else "load"

    def go(path: str) -> None:
        page.goto(f"{live_server.url}/{path}", wait_until=settled)  # type: ignore[arg-type]

    go("connexion/")
    shot(page, "connexion")
    sign_in(demo)
    go("demo/")
    shot(page, "accueil")
    go("demo/contacts/?sort=-last_action")
    shot(page, "contacts")
    select(page)
    shot(page, "selection")
    marie = someone(demo)
    go(f"demo/contacts/{marie}/")
    shot(page, "contact")
    page.get_by_role("complementary").get_by_role("link", name=re.compile("^Balise")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    shot(page, "action")
    go("demo/contacts/ajouter/")
    page.locator("#id_last_name").fill("Vasseur")
    page.locator("#id_first_name").fill("Hélène")
    shot(page, "ajouter")
    page.evaluate("sessionStorage.clear()")
    page.on("dialog", lambda dialog: dialog.accept())
    import_a_file(page, go, shot)
    for path, name in PAGES:
        go(f"demo/{path}")
        shot(page, name)
    the_shared_directory(page, go, shot, demo)
    sign_in(operator())
    synchronise(page, go, shot)


def operator() -> Actor:
    """Whoever keeps the demo's shared directory."""
    found = actor_in(SERVICE, User.objects.get(email="service@entregent.example").pk)
    assert found is not None
    return found


def the_shared_directory(page: Page, go: Callable[[str], None], shot: Callable, by: Actor) -> None:
    """A record of the service with what the account added to it, and who sees it."""
    with inside(by.account):
        shared = Party.readable.filter(account=by.account.reference_id, kind="p", retired_at=None).earliest("pk")
        added = {"phones": [{"value": "06 39 98 44 55"}], "tags": ["Fête du lac"], "notes": "Préfère le matin."}
        layer = parties.update(by, shared, added)
    go(f"demo/contacts/{layer.pk}/informations-personnelles/")
    shot(page, "informations-personnelles")
    go(f"demo/contacts/{layer.pk}/")
    shot(page, "fiche-partagee")
    page.get_by_role("link", name="Qui voit cette fiche").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    shot(page, "qui-voit")


def synchronise(page: Page, go: Callable[[str], None], shot: Callable) -> None:
    """A file of the operator's, compared."""
    go("service/synchronisation/")
    content = {"name": "mairies.csv", "mimeType": "text/csv", "buffer": ORGANISATIONS.encode()}
    page.set_input_files("input[type=file]", content)
    page.get_by_label("Organismes").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("button", name=re.compile("^Appliquer "))).to_be_visible()
    page.get_by_role("link", name=re.compile("^À modifier")).click()
    shot(page, "synchronisation")


def select(page: Page) -> None:
    """Two rows ticked, by whose names they are."""
    rows = page.locator("[data-select-row]")
    rows.nth(0).check()
    rows.nth(1).check()
    expect(page.locator("[data-selection-count]")).to_have_text("2 sélectionnées")


def import_a_file(page: Page, go: Callable[[str], None], shot: Callable) -> None:
    go("demo/import/")
    page.set_input_files(
        "input[type=file]", {"name": "voile.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    )
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("button", name="Voir l’aperçu")).to_be_visible()
    shot(page, "import-colonnes")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("button", name=re.compile("^Importer "))).to_be_visible()
    shot(page, "import-apercu")
