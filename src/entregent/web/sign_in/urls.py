"""The URLs of sign-in, second factors, invitations and health checks.

allauth's views have French addresses; those that are not listed here can't be reached.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

from . import health, invitations, views

PASSWORD = [
    path("", account.password_change, name="account_change_password"),
    path("choisir/", account.password_set, name="account_set_password"),
    path("oublie/", account.password_reset, name="account_reset_password"),
    path("oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    path("oublie/fait/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
EMAIL = [
    path("", account.email, name="account_email"),
    path("envoye/", account.email_verification_sent, name="account_email_verification_sent"),
    path("<str:key>/", account.confirm_email, name="account_confirm_email"),
]
FACTORS = [
    path("", mfa.authenticate, name="mfa_authenticate"),
    path("confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("application/", totp.activate_totp, name="mfa_activate_totp"),
    path("application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("secours/nouveaux/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("secours/fichier/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("cles/confirmer/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("cles/connexion/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("requis/", views.factors_needed, name="factors_needed"),
    path("cles/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
SIGN_IN = [
    path("", account.login, name="account_login"),
    path("fin/", account.logout, name="account_logout"),
    path("desactive/", account.account_inactive, name="account_inactive"),
    path("inscription/", account.signup, name="account_signup"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", include(EMAIL)),
    path("mot-de-passe/", include(PASSWORD)),
    path("facteurs/", include(FACTORS)),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("session/", views.session, name="session"),
    path("securite/", views.back_to_security, name="mfa_index"),
]

urlpatterns = [
    path("connexion/", include(SIGN_IN)),
    path("", views.first, name="first"),
    path("compte/", views.accounts, name="accounts"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("langue/", views.language, name="language"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
