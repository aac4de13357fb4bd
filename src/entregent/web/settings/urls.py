"""The URLs of «Paramètres», of custom fields and of the preview."""

from django.urls import URLPattern, URLResolver, include, path

from entregent.web.fields import views as fields

from .views import account, own, roles, users

USERS = [
    path("", users.users, name="users"),
    path("inviter/", users.invite, name="invite"),
    path("<int:pk>/", users.member, name="member"),
    path("<int:pk>/transmettre/", users.hand_over, name="hand_over"),
    path("fiches-non-vues/", users.unseen, name="unseen"),
    path("<int:pk>/retirer/", users.member_end, name="member_end"),
    path("invitations/<int:pk>/renvoyer/", users.invitation_again, name="invitation_again"),
    path("invitations/<int:pk>/retirer/", users.invitation_withdraw, name="invitation_withdraw"),
]
TEAMS = [
    path("", roles.teams, name="teams"),
    path("creer/", roles.team, name="team_new"),
    path("<int:pk>/", roles.team, name="team"),
    path("<int:pk>/supprimer/", roles.team_delete, name="team_delete"),
]
ROLES = [
    path("", roles.roles, name="roles"),
    path("creer/", roles.role, name="role_new"),
    path("<int:pk>/", roles.role, name="role"),
    path("<int:pk>/supprimer/", roles.role_delete, name="role_delete"),
]
FIELDS = [
    path("", fields.fields, name="fields"),
    path("creer/", fields.field, name="field_new"),
    path("apercu/", fields.preview, name="fields_preview"),
    path("<int:pk>/", fields.field, name="field"),
    path("<int:pk>/deplacer/", fields.field_move, name="field_move"),
    path("<int:pk>/retirer/", fields.field_retire, name="field_retire"),
    path("<int:pk>/retablir/", fields.field_restore, name="field_restore"),
]
TOKENS = [
    path("", own.tokens, name="tokens"),
    path("creer/", own.token_new, name="token_new"),
    path("<int:pk>/revoquer/", own.token_revoke, name="token_revoke"),
]
SETTINGS: list[URLPattern | URLResolver] = [
    path("", account.home, name="home"),
    path("compte/", account.account, name="account"),
    path("utilisateurs/", include(USERS)),
    path("equipes/", include(TEAMS)),
    path("roles/", include(ROLES)),
    path("champs/", include(FIELDS)),
    path("jetons/", include(TOKENS)),
    path("connexions/", account.events, name="events"),
    path("profil/", own.profile, name="profile"),
    path("visibilite/", own.visibility, name="visibility"),
    path("securite/", own.security, name="security"),
]
PREVIEW = [
    path("apercu/<int:pk>/", users.preview_start, name="start"),
    path("apercu/quitter/", users.preview_end, name="quit"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((SETTINGS, "settings"))),
    path("", include((PREVIEW, "preview"))),
]
