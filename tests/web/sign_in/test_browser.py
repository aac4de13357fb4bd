"""The way in, in a browser: keys, and what a lost session does not lose."""

import re

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from tests.cast import PASSWORD

from entregent.accounts.actor import Actor


def type_in(page: Page) -> None:
    page.get_by_label("Email").fill("aicha@lac.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_signing_in_by_keyboard(live_server, page: Page, aicha: Actor, shot):
    page.goto(live_server.url)
    expect(page).to_have_title("Se connecter – Entregent")
    shot(page, "sign-in")
    type_in(page)
    expect(page).to_have_url(re.compile("/lac/$"))


def test_a_passkey_signs_in(live_server, page: Page, sign_in, aicha: Actor):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    at = live_server.url
    page.goto(at)
    type_in(page)
    expect(page).to_have_url(re.compile("/lac/$"))
    page.goto(f"{at}/connexion/facteurs/cles/ajouter/")
    page.get_by_label("Mot de passe").fill(PASSWORD)  # what protects the access is changed by its owner only
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page).to_have_url(re.compile("/connexion/facteurs/(cles|secours)/$"))
    page.context.clear_cookies()
    page.goto(at)
    page.get_by_role("button", name="Avec une clé d’accès").click()
    expect(page).to_have_url(re.compile("/lac/$"))


def test_without_a_passkey_a_sentence_says_so(live_server, page: Page, db):
    page.goto(live_server.url)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no')) }")
    page.get_by_role("button", name="Avec une clé d’accès").click()
    expect(page.get_by_role("alert")).to_contain_text("Aucune clé d’accès n’a pu être lue")


def test_the_end_of_the_session_is_said_before_and_put_off(live_server, page: Page, sign_in, aicha: Actor, settings):
    settings.SESSION_IDLE = 100
    sign_in(aicha)
    page.goto(f"{live_server.url}/lac/parametres/profil/")
    notice = page.get_by_role("alert").filter(has_text="Votre session se termine dans deux minutes")
    expect(notice).to_be_visible()
    settings.SESSION_IDLE = 1800
    notice.get_by_role("button", name="Rester connecté").click()
    expect(notice).to_have_count(0)


def test_what_was_typed_survives_a_lost_session(live_server, page: Page, sign_in, aicha: Actor):
    sign_in(aicha)
    page.goto(f"{live_server.url}/lac/parametres/equipes/creer/")
    page.get_by_label("Nom").fill("Comité de lecture")
    Session.objects.all().delete()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page).to_have_title("Se connecter – Entregent")
    type_in(page)
    expect(page).to_have_url(f"{live_server.url}/lac/parametres/equipes/creer/")
    expect(page.get_by_label("Nom")).to_have_value("Comité de lecture")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("link", name="Comité de lecture", exact=True)).to_be_visible()
