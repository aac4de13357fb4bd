"""«Voir comme…»: an administrator sees what another user sees, writes nothing, and the journal knows (X12)."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from tests.announced import start
from tests.cast import person

from entregent.accounts import preview
from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Membership, Role, User
from entregent.accounts.permissions import Can
from entregent.actions.lists import lists
from entregent.actions.members import members, roles
from entregent.actions.parties import parties
from entregent.actions.saved_views import views
from entregent.directory.models import Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import Entry


@pytest.fixture
def looking(aicha, bruno, chloe, browse):
    """Aïcha, who looks through Bruno's eyes. He has two records: of the first Chloé has a share, not Aïcha."""
    shared = {"mode": "shared", "users": [chloe.user_id]}
    for by, last_name, seen in [
        (aicha, "DeAïcha", {"mode": "creator"}), (bruno, "DeBruno", shared), (bruno, "Intime", {"mode": "creator"})
    ]:  # fmt: skip
        parties.create(by, "p", {"last_name": last_name, "first_name": "x", "visibility": seen})
    client = browse(aicha)
    assert client.post(f"/lac/parametres/apercu/{bruno.membership_id}/").status_code == 302
    return client


def test_nobody_is_offered_to_look_through_their_own_eyes(aicha, bruno, browse):
    client = browse(aicha)
    html = client.get("/lac/parametres/utilisateurs/").content.decode()
    assert f"/lac/parametres/apercu/{bruno.membership_id}/" in html
    own = f"/lac/parametres/apercu/{aicha.membership_id}/"
    assert own not in html
    assert client.post(own).status_code == 404


def test_she_sees_what_he_sees_and_is_told_so(looking):
    page = looking.get("/lac/contacts/").content.decode()
    assert "DeBruno" in page
    assert "DeAïcha" not in page
    assert "Quitter l’aperçu" in page
    assert looking.get("/lac/parametres/utilisateurs/").status_code == 403


def test_the_journal_says_who_looked(looking, aicha):
    entry = Entry.objects.get(deed="previewed")
    assert (entry.by_id, entry.data["name"]) == (aicha.user_id, "Bruno Lefèvre")


def test_nothing_is_written(looking):
    entries = Entry.objects.count()
    assert (
        looking.post("/lac/contacts/ajouter/", {"last_name": "A", "first_name": "B", "language": "fr"}).status_code
        == 403
    )
    assert looking.get("/lac/export/?kind=p&format=csv").status_code in (403, 404)
    assert (Party.objects.count(), Entry.objects.count()) == (3, entries)


def test_a_refusal_says_that_it_is_a_preview(looking):
    for answer in (looking.post("/lac/contacts/ajouter/", {"last_name": "A"}), looking.get("/lac/contacts/ajouter/")):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Aperçu\u00a0: rien ne peut être modifié" in page
        assert "Quitter l’aperçu" in page


def test_what_changes_something_is_not_offered(looking, bruno):
    theirs = Party.objects.get(name="x DeBruno")
    for address in ("contacts/", f"contacts/{theirs.pk}/", "listes/", "parametres/profil/"):
        page = looking.get(f"/lac/{address}").content.decode()
        assert "/ajouter/" not in page
        assert "/modifier/" not in page


def test_what_the_seen_user_reads_is_still_there(looking, bruno):
    assert "DeBruno" in looking.get("/lac/infobox/").content.decode()


def test_security_is_that_of_whoever_is_signed_in(looking, bruno, aicha):
    Authenticator.objects.create(user_id=bruno.user_id, type=Authenticator.Type.TOTP, data={})
    shown = looking.get("/lac/parametres/securite/").context
    assert (shown["email"], shown["totp"]) == (User.objects.get(pk=aicha.user_id).email, False)


def test_it_ends_when_she_says_so_and_after_half_an_hour(looking, bruno, monkeypatch):
    assert looking.post("/lac/parametres/apercu/quitter/").status_code == 302
    assert "DeAïcha" in looking.get("/lac/contacts/").content.decode()
    looking.post(f"/lac/parametres/apercu/{bruno.membership_id}/")
    later = timezone.now() + preview.PREVIEW_DURATION + timedelta(minutes=1)
    monkeypatch.setattr(preview.timezone, "now", lambda: later)
    assert "DeAïcha" in looking.get("/lac/contacts/").content.decode()


def test_a_job_of_theirs_is_not_shown_for_it_names_records(looking, bruno, browse):
    job = start(bruno, "deactivate", Selection("p"), {})
    job.payload |= {"refused": 1, "refusals": [["x Intime", "Non"]]}
    job.save()
    assert looking.get(f"/lac/travaux/{job.pk}/").status_code == 404
    own = browse(bruno).get(f"/lac/travaux/{job.pk}/")
    assert (own.status_code, "x Intime" in own.text) == (200, True)


def test_one_that_an_earlier_version_began_ends(looking):
    session = looking.session
    session[preview.PREVIEW_KEY] = {k: v for k, v in session[preview.PREVIEW_KEY].items() if k != "slug"}
    session.save()
    assert "DeAïcha" in looking.get("/lac/contacts/").text
    assert preview.PREVIEW_KEY not in looking.session


def test_a_collaborator_looks_through_nobodys_eyes(bruno, aicha, browse):
    assert browse(bruno).post(f"/lac/parametres/apercu/{aicha.membership_id}/").status_code == 403
    assert not Entry.objects.filter(deed="previewed").exists()


def test_who_is_gone_is_looked_through_no_more(looking, bruno):
    Membership.objects.filter(pk=bruno.membership_id).update(active=False)
    assert "DeAïcha" in looking.get("/lac/contacts/").content.decode()


def test_the_first_page_greets_whom_she_looks_as(looking):
    assert "Bonjour Bruno Lefèvre" in looking.get("/lac/").content.decode()


def test_what_only_he_sees_stays_hidden_and_is_counted(looking, bruno):
    """Wherever it could show: lists, search, the record, the infobox, his own lists and views."""
    lists.create(bruno, {"name": "Liste intime", "category": "Envois", "reach": "me"})
    views.save(bruno, "p", "Vue intime", {"q": "x"})
    alone = Party.objects.get(name="x Intime")
    for address in ("", "contacts/", "contacts/?q=Intime", "recherche/?q=Intime", "infobox/", "listes/"):
        page = looking.get(f"/lac/{address}").content.decode()
        assert not re.search("x Intime|Liste intime|Vue intime", page), address
        assert "1 fiche que cette personne est seule à voir reste masquée." in page, address
    assert looking.get(f"/lac/contacts/{alone.pk}/").status_code == 404


ANYWHERE = """
    /lac/contacts/ /lac/contacts/999999/ /lac/rien-du-tout/ /lac/contacts/?cursor=x /lac/contacts/ajouter/
    /lac/parametres/securite/ /nulle-part/ /compte/ /connexion/mot-de-passe/ /connexion/sessions/
""".split()


@pytest.mark.parametrize("address", ANYWHERE)
def test_every_page_leaves_it(looking, address):
    page = looking.get(address, follow=True).content.decode()
    assert 'action="/lac/parametres/apercu/quitter/"' in page


SETTINGS = {Can.READ_CONTACTS, Can.READ_JOURNAL, Can.PREVIEW, Can.MANAGE_USERS}


@pytest.fixture
def previewer(aicha, chloe, lac) -> Actor:
    """Chloé, with a role that may preview and manage users, but not change the account."""
    role = roles.create_role(aicha, "Aperçu", sorted(SETTINGS))
    Membership.objects.filter(pk=chloe.membership_id).update(role=role)
    return actor_in(lac.slug, chloe.user_id)


def test_one_looks_only_as_those_whose_permissions_one_has(previewer, aicha, bruno, lac, browse):
    client = browse(previewer)
    nadia = person(lac, "Nadia", "Haddad", "nadia@lac.example", "reader")
    page = client.get("/lac/parametres/utilisateurs/").content.decode()
    offered = {int(pk) for pk in re.findall(r"/parametres/apercu/(\d+)/", page)}
    assert offered == {nadia.membership_id}
    for other in (aicha, bruno):
        assert client.post(f"/lac/parametres/apercu/{other.membership_id}/").status_code == 403
    assert not Entry.objects.filter(deed="previewed").exists()
    assert client.post(f"/lac/parametres/apercu/{nadia.membership_id}/").status_code == 302


def test_a_preview_ends_when_the_other_gets_more_permissions(previewer, aicha, bruno, lac, browse):
    client = browse(previewer)
    nadia = person(lac, "Nadia", "Haddad", "nadia@lac.example", "reader")
    client.post(f"/lac/parametres/apercu/{nadia.membership_id}/")
    assert "Quitter l’aperçu" in client.get("/lac/").content.decode()
    Membership.objects.filter(pk=nadia.membership_id).update(role=Role.objects.get(code="administrator"))
    assert "Quitter l’aperçu" not in client.get("/lac/").content.decode()
    assert client.get("/lac/parametres/compte/").status_code == 403


def test_nothing_is_offered_about_a_role_that_one_may_not_give(previewer, aicha, lac, browse):
    administrator, reader = Role.objects.get(code="administrator"), Role.objects.get(code="reader")
    for role in (administrator, reader):
        members.invite(aicha, f"{role.code}@lac.example", role)
    nadia = person(lac, "Nadia", "Haddad", "nadia@lac.example", "reader")
    page = browse(previewer).get("/lac/parametres/utilisateurs/").content.decode()
    for path, offered in {
        f"{aicha.membership_id}/": False, f"{aicha.membership_id}/retirer/": False,
        f"{nadia.membership_id}/": True, f"{nadia.membership_id}/retirer/": True,
    }.items():  # fmt: skip
        assert (f'href="/lac/parametres/utilisateurs/{path}"' in page) is offered, path
    assert page.count("Renvoyer<") == 1
    assert "reader@lac.example" in page.partition("Renvoyer<")[2][:80]
    form = browse(previewer).get("/lac/parametres/utilisateurs/inviter/").content.decode()
    assert f'value="{reader.pk}"' in form
    assert f'value="{administrator.pk}"' not in form
