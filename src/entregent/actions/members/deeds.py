"""Deeds about the account's users, their rights and its settings."""

from django.utils.translation import gettext_lazy as _

from entregent.journal.deeds import deed

HANDED_OVER = deed(
    "handed_over", says=_("{actor} handed over {about} to {what}"), name=_("Hand-over"), icon="user-share", place=210
)
PREVIEWED = deed(
    "previewed",
    says=_("{actor} looked at the account as {what} sees it"),
    name=_("Preview as another user"),
    place=400,
    housekeeping=True,
)
MEMBER_INVITED = deed(
    "member_invited", says=_("{actor} invited {what}"), name=_("Invitation"), place=430, housekeeping=True
)
INVITATION_WITHDRAWN = deed(
    "invitation_withdrawn",
    says=_("{actor} withdrew the invitation of {what}"),
    name=_("Invitation withdrawn"),
    place=440,
    housekeeping=True,
)
MEMBER_JOINED = deed(
    "member_joined", says=_("{actor} joined the account"), name=_("New user"), place=450, housekeeping=True
)
MEMBER_CHANGED = deed(
    "member_changed",
    says=_("{actor} changed the role or teams of {what}"),
    name=_("Users"),
    place=460,
    housekeeping=True,
)
ROLE_CHANGED = deed(
    "role_changed", says=_("{actor} changed the role {what}"), name=_("Roles"), place=470, housekeeping=True
)
TEAM_CHANGED = deed(
    "team_changed", says=_("{actor} changed the team {what}"), name=_("Teams"), place=480, housekeeping=True
)
ACCOUNT_CHANGED = deed(
    "account_changed",
    says=_("{actor} changed the account's settings"),
    name=_("Settings"),
    place=490,
    housekeeping=True,
)
TOKEN_CREATED = deed(
    "token_created",
    says=_("{actor} created an API token: {what}"),
    name=_("API token created"),
    place=500,
    housekeeping=True,
)
TOKEN_REVOKED = deed(
    "token_revoked",
    says=_("{actor} revoked an API token: {what}"),
    name=_("API token revoked"),
    place=510,
    housekeeping=True,
)
