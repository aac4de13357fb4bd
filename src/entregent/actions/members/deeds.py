"""Deeds about the account's users, their rights and its settings."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import account_deed, deed

HANDED_OVER = deed("handed_over", 210, _("Hand-over"), _("{actor} handed over {about} to {what}"), icon="user-share")
PREVIEWED = account_deed(
    "previewed", 400, _("Preview as another user"), _("{actor} looked at the account as {what} sees it")
)
MEMBER_INVITED = account_deed("member_invited", 430, _("Invitation"), _("{actor} invited {what}"))
INVITATION_WITHDRAWN = account_deed(
    "invitation_withdrawn", 440, _("Invitation withdrawn"), _("{actor} withdrew the invitation of {what}")
)
MEMBER_JOINED = account_deed("member_joined", 450, _("New user"), _("{actor} joined the account"))
MEMBER_CHANGED = account_deed("member_changed", 460, _("Users"), _("{actor} changed the role or teams of {what}"))
ROLE_CHANGED = account_deed("role_changed", 470, _("Roles"), _("{actor} changed the role {what}"))
TEAM_CHANGED = account_deed("team_changed", 480, _("Teams"), _("{actor} changed the team {what}"))
ACCOUNT_CHANGED = account_deed("account_changed", 490, _("Settings"), _("{actor} changed the account's settings"))
TOKEN_CREATED = account_deed("token_created", 500, _("API token created"), _("{actor} created an API token: {what}"))
TOKEN_REVOKED = account_deed("token_revoked", 510, _("API token revoked"), _("{actor} revoked an API token: {what}"))
