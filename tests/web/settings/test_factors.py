"""An account may ask two factors of its administrators (std E3)."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from entregent.accounts.actor import Actor
from entregent.accounts.models import User
from entregent.actions.members.settings import change_account

PAGE = "/lac/parametres/profil/"


def test_administrators_without_a_second_factor_are_asked_for_one(browse, aicha: Actor, bruno: Actor):
    admin, collaborator = browse(aicha), browse(bruno)
    assert admin.get(PAGE).status_code == 200
    change_account(aicha, {"two_factors": True})
    answer = admin.get(PAGE, follow=True)
    assert "Un second facteur est demandé" in answer.content.decode()
    assert collaborator.get(PAGE).status_code == 200
    TOTP.activate(User.objects.get(pk=aicha.user_id), generate_totp_secret())
    assert Authenticator.objects.count() == 1
    assert admin.get(PAGE).status_code == 200
