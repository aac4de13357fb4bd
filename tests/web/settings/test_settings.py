"""«Paramètres»: who opens what, what is said, and that nothing of another account is there."""

import re

import pytest
from django.test import Client
from tests.cast import person
from tests.queries import assert_flat

from entregent.accounts.actor import Actor
from entregent.accounts.models import Account, Invitation, Job, Membership, Role, Team, Token, User
from entregent.accounts.opening import add_member
from entregent.accounts.scope import inside
from entregent.actions.bin import bin as bin_actions
from entregent.actions.members import members, roles, teams, tokens
from entregent.actions.parties import parties
from entregent.directory.models import Party

AT = "/lac/parametres/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def admin(browse, aicha: Actor) -> Client:
    return browse(aicha)


def test_each_sees_their_own_subjects(browse, aicha: Actor, chloe: Actor):
    assert browse(aicha).get(AT)["Location"] == f"{AT}compte/"
    reader = browse(chloe)
    assert reader.get(AT)["Location"] == f"{AT}profil/"
    page = text(reader.get(f"{AT}profil/"))
    assert "Sécurité" in page
    assert "Utilisateurs" not in page
    assert "Jetons d’API" not in page


def test_settings_of_the_account_are_kept(admin: Client):
    data = {
        "name": "Lac", "organisation_word": "societe", "country": "CA", "language": "fr",
        "timezone": "America/Toronto", "bin_days": "7",
    }  # fmt: skip
    answer = admin.post(f"{AT}compte/", data, follow=True)
    assert "Les paramètres sont enregistrés." in text(answer)
    account = Account.objects.get(slug="lac")
    assert (account.name, account.organisation_word, account.bin_days) == ("Lac", "societe", 7)
    wrong = admin.post(f"{AT}compte/", data | {"name": "Autre", "bin_days": "999"})
    assert 'value="Autre"' in text(wrong)
    assert Account.objects.get(slug="lac").name == "Lac"


def test_inviting_says_that_the_mail_left(admin: Client, mailbox, django_capture_on_commit_callbacks):
    reader = Role.objects.get(code="reader")
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"{AT}utilisateurs/inviter/", {"email": "eve@lac.example", "role": reader.pk})
    assert mailbox.recipients == [["eve@lac.example"]]
    page = text(admin.get(f"{AT}utilisateurs/"))
    assert "eve@lac.example" in page
    offer = Invitation.objects.get()
    assert f"{AT}utilisateurs/invitations/{offer.pk}/renvoyer/" in page
    admin.post(f"{AT}utilisateurs/invitations/{offer.pk}/retirer/")
    assert not Invitation.objects.exists()


def test_inviting_says_that_the_mail_did_not_leave(transactional_db, lac, aicha, browse, mailbox):
    mailbox.refuse = "550 no"
    reader = Role.objects.get(code="reader")
    data = {"email": "eve@lac.example", "role": reader.pk}
    answer = browse(aicha).post(f"{AT}utilisateurs/inviter/", data, follow=True)
    assert "a refusé l’invitation destinée à eve@lac.example" in text(answer)
    assert "pas envoyée" in text(answer)


def test_a_wrong_address_is_said_beside_its_field(admin: Client):
    data = {"email": "eve@@lac", "role": Role.objects.get(code="reader").pk}
    answer = admin.post(f"{AT}utilisateurs/inviter/", data)
    assert "deux « @ »".replace(" ", "\u00a0") in text(answer).replace(" ", "\u00a0")
    assert 'value="eve@@lac"' in text(answer)


def test_a_member_is_changed_and_removed(admin: Client, bruno: Actor):
    reader = Role.objects.get(code="reader")
    admin.post(f"{AT}utilisateurs/{bruno.membership_id}/", {"role": reader.pk})
    assert Membership.objects.get(pk=bruno.membership_id).role == reader
    assert "Retirer Bruno Lefèvre du compte" in text(admin.get(f"{AT}utilisateurs/{bruno.membership_id}/retirer/"))
    assert Membership.objects.get(pk=bruno.membership_id).active
    admin.post(f"{AT}utilisateurs/{bruno.membership_id}/retirer/")
    assert not Membership.objects.get(pk=bruno.membership_id).active


def test_who_was_removed_finds_nothing(admin: Client, browse, bruno: Actor):
    his = browse(bruno)
    assert his.get(f"{AT}profil/").status_code == 200
    admin.post(f"{AT}utilisateurs/{bruno.membership_id}/retirer/")
    assert his.get(f"{AT}profil/").status_code == 404


def test_the_last_administrator_is_told_why(admin: Client, aicha: Actor):
    answer = admin.post(f"{AT}utilisateurs/{aicha.membership_id}/retirer/")
    assert "Aïcha Benali est le dernier administrateur" in text(answer)
    assert Membership.objects.get(pk=aicha.membership_id).active


def test_a_role_in_use_says_whose_it_is(admin: Client, aicha: Actor, chloe: Actor):
    made = roles.create_role(aicha, "Saisie", [])
    members.change_member(aicha, Membership.objects.get(pk=chloe.membership_id), made, [])
    answer = admin.post(f"{AT}roles/{made.pk}/supprimer/")
    assert "Ce rôle est celui de Chloé Tremblay" in text(answer)


def test_the_three_roles_have_no_page(admin: Client):
    assert admin.get(f"{AT}roles/{Role.objects.get(code='reader').pk}/").status_code == 404


def test_a_token_is_shown_once(admin: Client):
    page = text(admin.post(f"{AT}jetons/creer/", {"name": "Site"}))
    secret = page.split('value="ent_')[1].split('"')[0]
    assert len(secret) > 40
    assert secret not in text(admin.get(f"{AT}jetons/"))
    admin.post(f"{AT}jetons/{Token.objects.get().pk}/revoquer/")
    assert not Token.objects.exists()


def test_nobody_revokes_another_s_token_by_its_address(admin: Client, bruno: Actor):
    token, _secret = tokens.create_token(bruno, "Site")
    assert admin.post(f"{AT}jetons/{token.pk}/revoquer/").status_code == 404


def test_the_profile_counts_at_once(browse, bruno: Actor):
    client = browse(bruno)
    client.cookies["theme"] = "light"
    data = {"first_name": "Bruno", "last_name": "L.", "language": "en", "theme": "dark"}
    page = text(client.post(f"{AT}profil/", data, follow=True))
    assert "Your profile is saved." in page
    assert '<html lang="en" data-theme="dark"' in page
    user = User.objects.get(pk=bruno.user_id)
    assert (user.get_full_name(), user.single_keys) == ("Bruno L.", False)


def test_things_of_another_account_are_not_there(admin: Client, dimitri: Actor):
    with inside(dimitri.account):
        team = teams.create_team(dimitri, "Bureau")
        role = roles.create_role(dimitri, "Saisie", [])
        offer = members.invite(dimitri, "eve@voisin.example", role)
    for path in (
        f"utilisateurs/{dimitri.membership_id}/",
        f"utilisateurs/{dimitri.membership_id}/retirer/",
        f"utilisateurs/invitations/{offer.pk}/retirer/",
        f"equipes/{team.pk}/",
        f"equipes/{team.pk}/supprimer/",
        f"roles/{role.pk}/",
        f"roles/{role.pk}/supprimer/",
    ):
        assert admin.get(AT + path).status_code == 404, path
        assert admin.post(AT + path).status_code == 404, path
    assert admin.post(f"{AT}utilisateurs/invitations/{offer.pk}/renvoyer/").status_code == 404


def test_lists_ask_no_more_when_they_grow(admin: Client, lac: Account, aicha: Actor):
    def look() -> None:
        for name in ("utilisateurs", "equipes", "roles", "jetons"):
            assert admin.get(f"{AT}{name}/").status_code == 200

    def grow(start: int, end: int) -> None:
        for number in range(start, end):
            place = add_member(lac, User.objects.create_user(f"u{number}@lac.example"), "reader")
            Team.objects.create(account=lac, name=f"Équipe {number}").memberships.add(place)
            made = roles.create_role(aicha, f"Rôle {number}", [])
            members.invite(aicha, f"i{number}@lac.example", made)
            tokens.create_token(aicha, f"Jeton {number}")

    grow(0, 3)
    assert_flat(look, lambda: grow(3, 12))


def test_handing_over_asks_to_whom(aicha, bruno, chloe, browse):
    card = {"last_name": "Sien", "first_name": "x", "visibility": {"mode": "creator"}}
    parties.create(bruno, "p", card)
    members.end_membership(aicha, Membership.objects.get(pk=bruno.membership_id))
    client, url = browse(aicha), f"/lac/parametres/utilisateurs/{bruno.membership_id}/transmettre/"
    refused = client.post(url, {})
    assert "to" in refused.context["form"].errors
    assert not Party.objects.filter(visibility="everyone").exists()  # opening them is a choice, not an oversight
    assert client.post(url, {"to": "nobody"}).status_code == 302
    assert Party.objects.filter(visibility="everyone").count() == 1


def test_a_hand_over_that_stopped_is_said_while_something_is_left(aicha, bruno, lac, browse):
    payload = {"user": bruno.user_id, "to": 0, "name": "Chloé Tremblay", "stopped": True}
    Job.objects.create(account=lac, kind="members.hand_over", payload=payload, state="done")
    client, said = browse(aicha), "Chloé Tremblay, à qui elle était destinée"
    assert said not in client.get("/lac/parametres/utilisateurs/").text
    parties.create(bruno, "p", {"last_name": "Sien", "first_name": "x", "visibility": {"mode": "creator"}})
    members.end_membership(aicha, Membership.objects.get(pk=bruno.membership_id))
    assert said in client.get("/lac/parametres/utilisateurs/").text


def test_the_list_says_who_invited_and_the_dialog_how_many_lapse(aicha, lac, browse, mailbox):
    farid = person(lac, "Farid", "Khan", "farid@lac.example", "administrator")
    for number in (1, 2):
        members.invite(farid, f"i{number}@lac.example", Role.objects.get(code="administrator"))
    client = browse(aicha)
    assert "invitation de Farid Khan" in client.get("/lac/parametres/utilisateurs/").content.decode()
    address = f"/lac/parametres/utilisateurs/{farid.membership_id}/retirer/"
    assert "2 invitations envoyées par cette personne ne seront plus valables" in client.get(address).content.decode()
    client.post(address)
    page = client.get("/lac/parametres/utilisateurs/").content.decode()
    assert "caduque\u00a0: Farid Khan ne peut plus donner ce rôle" in page


def test_fewer_days_in_the_bin_are_confirmed(admin: Client, aicha: Actor):
    bin_actions.delete(aicha, [parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})])
    shown = admin.get(f"{AT}compte/")
    assert 'type="hidden" name="sure"' in shown.text
    data = {name: value for name, value in shown.context["form"].initial.items() if name != "sure"}
    data |= {"bin_days": "0", "two_factors": ""}
    asked = admin.post(f"{AT}compte/", data)
    assert "dans un jour\u00a0: 1. Confirmez-le" in asked.text
    box = re.search(r'<input type="checkbox" name="sure"[^>]*>', asked.text)[0]
    assert 'value="0"' in box
    assert "checked" not in box
    assert Account.objects.get(slug="lac").bin_days == 30
    done = admin.post(f"{AT}compte/", data | {"sure": "0"}, follow=True)
    assert "La corbeille garde tout ce qu’elle contient jusqu’au" in done.text
    assert Account.objects.get(slug="lac").bin_days == 0
    assert "Roy" in admin.get("/lac/corbeille/").text


@pytest.mark.parametrize("given", ["20", "on", "true", "00", ""])
def test_only_the_days_that_were_asked_about_are_confirmed(admin: Client, aicha: Actor, given: str):
    bin_actions.delete(aicha, [parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})])
    form = admin.get(f"{AT}compte/").context["form"]
    data = form.initial | {"bin_days": "0", "two_factors": "", "sure": given}
    asked = admin.post(f"{AT}compte/", data)
    assert "dans un jour\u00a0: 1. Confirmez-le" in asked.text
    assert "checked" not in re.search(r'<input type="checkbox" name="sure"[^>]*>', asked.text)[0]
    assert Account.objects.get(slug="lac").bin_days == 30


def test_a_confirmation_is_kept_when_something_else_is_refused(admin: Client, aicha: Actor):
    bin_actions.delete(aicha, [parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Marie"})])
    form = admin.get(f"{AT}compte/").context["form"]
    data = form.initial | {"bin_days": "0", "two_factors": "", "sure": "0"}
    refused = admin.post(f"{AT}compte/", data | {"name": ""})
    assert re.search(r'type="hidden" name="sure" value="0"', refused.text)
    admin.post(f"{AT}compte/", data)
    assert Account.objects.get(slug="lac").bin_days == 0
