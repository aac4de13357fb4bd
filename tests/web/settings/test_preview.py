"""«Voir comme…»: an administrator sees what another user sees, writes nothing, and the journal knows (X12)."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from entregent.accounts import preview
from entregent.accounts.models import Membership, User
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.journal.models import Entry


@pytest.fixture
def looking(aicha, bruno, chloe, browse):
    """Aïcha, who looks through Bruno's eyes; each has a record of their own."""
    for by in (aicha, bruno):
        card = {"last_name": f"De{by.name.split()[0]}", "first_name": "x", "visibility": {"mode": "creator"}}
        parties.create(by, "p", card)
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
    assert (Party.objects.count(), Entry.objects.count()) == (2, entries)


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


def test_a_collaborator_looks_through_nobodys_eyes(bruno, aicha, browse):
    assert browse(bruno).post(f"/lac/parametres/apercu/{aicha.membership_id}/").status_code == 403
    assert not Entry.objects.filter(deed="previewed").exists()


def test_who_is_gone_is_looked_through_no_more(looking, bruno):
    Membership.objects.filter(pk=bruno.membership_id).update(active=False)
    assert "DeAïcha" in looking.get("/lac/contacts/").content.decode()


def test_the_first_page_greets_whom_she_looks_as(looking):
    assert "Bonjour Bruno Lefèvre" in looking.get("/lac/").content.decode()
