"""Every address, once, with what it asks of who comes: the table that test_urls.py tries on each.

A new address that isn't here fails the suite. ``needs`` is what the view's ``@door`` must ask, so that the
rule is written where it is enforced and again where it can be read as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from entregent.accounts.permissions import Can

PUBLIC = "public"
"""Anyone; what it shows depends on nobody."""
SIGNED_IN = "signed in"
"""Whoever is signed in, for themselves; others are sent to the sign-in page."""

SIGN_IN = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
    "language": PUBLIC,
    "session": PUBLIC,
    "invitation": PUBLIC,
    "first": SIGNED_IN,
    "accounts": SIGNED_IN,
    "factors_needed": SIGNED_IN,
}
SERVICE = {"alive": PUBLIC, "ready": PUBLIC, "shell:style": PUBLIC, "shell:style_dialog": PUBLIC}
USERS, ROLES = (Can.MANAGE_USERS,), (Can.MANAGE_ROLES,)
SETTINGS = {
    "settings:home": (),
    "settings:profile": (),
    "settings:security": (),
    "settings:account": (Can.MANAGE_ACCOUNT,),
    **dict.fromkeys([f"settings:{name}" for name in ("users", "invite", "member", "member_end")], USERS),
    **dict.fromkeys([f"settings:invitation_{name}" for name in ("again", "withdraw")], USERS),
    **dict.fromkeys([f"settings:{name}" for name in ("teams", "team_new", "team", "team_delete")], USERS),
    **dict.fromkeys([f"settings:{name}" for name in ("roles", "role_new", "role", "role_delete")], ROLES),
    **dict.fromkeys([f"settings:{name}" for name in ("tokens", "token_new", "token_revoke")], (Can.USE_API,)),
}
# Addresses of an account: name → the permissions asked; () for any member.
ACCOUNT: dict[str, tuple[Can, ...]] = {**SETTINGS}
DOORS: dict[str, str | tuple[Can, ...]] = {**SIGN_IN, **SERVICE, **ACCOUNT}


@dataclass(frozen=True)
class Address:
    """One address: its full name, what its words are called, and the view behind it."""

    name: str
    words: tuple[str, ...]
    pattern: URLPattern

    @property
    def room(self) -> str:
        """Its namespace: which kind of thing its words name."""
        return self.name.rpartition(":")[0]

    @property
    def of_account(self) -> bool:
        return "account" in self.words


def addresses() -> list[Address]:
    """Every address of the program, as Django resolves it. The API's are listed in the API's own law."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, prefix: str, words: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        here = (*words, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if not inner.startswith("api"):
                yield from _walk(pattern.url_patterns, inner, here)
        else:
            yield Address(prefix + (pattern.name or str(pattern.pattern)), tuple(dict.fromkeys(here)), pattern)
