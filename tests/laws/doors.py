"""Every URL with the permission it requires: the table that test_urls.py checks.

A new URL that is missing here fails the suite. ``needs`` must equal the view's ``@door``, so that the rule is
enforced in one place and readable as a whole in another.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from entregent.accounts.actor import Actor
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
SERVICE = {"alive": PUBLIC, "ready": PUBLIC, "api_docs": PUBLIC, "shell:style": PUBLIC, "shell:style_dialog": PUBLIC}
FIELDS = ("fields", "field_new", "fields_preview", "field", "field_move", "field_retire", "field_restore")
USERS, ROLES = (Can.MANAGE_USERS,), (Can.MANAGE_ROLES,)
SETTINGS = {
    "settings:home": (),
    "settings:profile": (),
    "settings:visibility": (),
    "settings:security": (),
    "settings:account": (Can.MANAGE_ACCOUNT,),
    "settings:events": (Can.MANAGE_ACCOUNT,),
    **dict.fromkeys(
        [f"settings:{name}" for name in ("users", "invite", "member", "member_end", "hand_over", "unseen")], USERS
    ),
    "preview:start": (Can.PREVIEW,),
    "preview:quit": (),
    **dict.fromkeys([f"settings:invitation_{name}" for name in ("again", "withdraw")], USERS),
    **dict.fromkeys([f"settings:{name}" for name in ("teams", "team_new", "team", "team_delete")], USERS),
    **dict.fromkeys([f"settings:{name}" for name in ("roles", "role_new", "role", "role_delete")], ROLES),
    **dict.fromkeys([f"settings:{name}" for name in FIELDS], (Can.WRITE_FIELDS,)),
    **dict.fromkeys([f"settings:{name}" for name in ("tokens", "token_new", "token_revoke")], (Can.USE_API,)),
}
READ, WRITE_P, WRITE_O = (Can.READ_CONTACTS,), (Can.WRITE_CONTACTS,), (Can.WRITE_ORGANISATIONS,)
RECORDS = {
    **dict.fromkeys(
        [f"contacts:{name}" for name in ("list", "page", "sheet", "as_contact", "viewers", "positions")], READ
    ),
    **dict.fromkeys([f"organisations:{name}" for name in ("list", "page", "viewers", "people")], READ),
    **dict.fromkeys(["contacts:history", "organisations:history"], (Can.READ_CONTACTS, Can.READ_JOURNAL)),
    **dict.fromkeys(["contacts:new", "contacts:edit", "contacts:layer", "contacts:layer_remove"], WRITE_P),
    **dict.fromkeys(
        ["organisations:new", "organisations:edit", "organisations:layer", "organisations:layer_remove"], WRITE_O
    ),
    **dict.fromkeys([f"positions:{name}" for name in ("new", "edit", "close", "delete")], WRITE_P),
}
LISTS = {
    **dict.fromkeys([f"lists:{name}" for name in ("list", "page", "organisations")], READ),
    **dict.fromkeys([f"lists:{name}" for name in ("new", "edit", "add", "duplicate", "freeze")], (Can.WRITE_LISTS,)),
    **dict.fromkeys([f"lists:{name}" for name in ("move", "archive", "unarchive", "delete")], (Can.WRITE_LISTS,)),
}
PARAMETRAGE = ("home", "list", "new", "choices", "edit", "delete", "move", "hide")
SUGGESTED = ("organisations", "contacts", "tags", "functions", "skills", "cities")
RUNS = ("page", "columns", "reading", "back", "run", "stop", "resume", "discard", "rejects")
IMPORTS = ("start", "template", *RUNS)
CONSOLE = ("accounts", "account_new", "syncs", "sync", "corrections", "correction") + tuple(
    f"sync_{name}" for name in (*RUNS[1:], "undo")
)
ROOMS = {
    "home:page": READ,
    "search:page": READ,
    **dict.fromkeys(
        [
            f"suggest:{what}"
            for what in ("organisations", "contacts", "tags", "functions", "skills", "cities", "lists", "phone")
        ],
        READ,
    ),
    **dict.fromkeys(
        [f"views:{name}" for name in ("new_of_contacts", "new_of_organisations", "edit", "update", "delete")], READ
    ),
    **dict.fromkeys(["views:columns_of_contacts", "views:columns_of_organisations"], READ),
    **dict.fromkeys(["contacts:filter", "organisations:filter"], READ),
    **dict.fromkeys([f"toolbox:{name}" for name in ("all", "run", "shortcuts")], READ),
    **dict.fromkeys(["jobs:page", "jobs:undo"], READ),
    "bin:list": READ,
    "infobox:page": (Can.READ_JOURNAL,),
    **dict.fromkeys([f"saisir:{name}" for name in ("page", "add", "edit", "personal", "delete")], READ),
    "saisir:delete_contact": (Can.DELETE_CONTACTS,),
    "saisir:delete_organisation": (Can.DELETE_ORGANISATIONS,),
    **dict.fromkeys([f"imports:{name}" for name in IMPORTS], (Can.IMPORT,)),
    "exports:page": (Can.EXPORT,),
    **dict.fromkeys([f"changes:{name}" for name in ("page", "weekly", "proposals", "propose")], READ),
    **dict.fromkeys([f"service:{name}" for name in CONSOLE], (Can.OPERATE,)),
    **dict.fromkeys([f"parametrage:{name}" for name in PARAMETRAGE], (Can.WRITE_ITEMS,)),
}
# Addresses of an account: name → the permissions asked; () for any member.
ACCOUNT: dict[str, tuple[Can, ...]] = {**SETTINGS, **RECORDS, **LISTS, **ROOMS}
WRITES, DELETES = (*WRITE_P, *WRITE_O), (Can.DELETE_CONTACTS, Can.DELETE_ORGANISATIONS)
ONE_OF: dict[str, tuple[Can, ...]] = {
    "bin:list": DELETES,
    "changes:propose": WRITES,
    **dict.fromkeys(["views:edit", "views:update", "views:delete"], (Can.WRITE_LISTS,)),
    "saisir:page": (*WRITES, *DELETES, Can.WRITE_ITEMS),
    "saisir:add": WRITES,
    "saisir:edit": WRITES,
    "saisir:personal": WRITES,
    "saisir:delete": DELETES,
    "toolbox:run": (Can.WRITE_TAGS,),
}
"""Addresses whose view asks more than its door does: at least one of these (for the tool that the law runs)."""
OWN = {"settings:token_revoke", "jobs:page", "jobs:undo", *(f"imports:{name}" for name in IMPORTS[2:])}
"""Addresses of what belongs to one member alone: another, whatever their permissions, finds nothing there."""
DOORS: dict[str, str | tuple[Can, ...]] = {**SIGN_IN, **SERVICE, **ACCOUNT}


def may(by: Actor, name: str) -> bool:
    """Whether the table lets ``by`` in."""
    asked_inside = ONE_OF.get(name, ())
    return by.permissions.issuperset(ACCOUNT[name]) and (not asked_inside or bool(by.permissions & set(asked_inside)))


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

    def path(self, **words: object) -> str:
        """Where it leads for these words."""
        return reverse(self.name, kwargs=words)


def addresses() -> list[Address]:
    """Every address of the program, as Django resolves it. The API's are listed in the API's own law."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, prefix: str, words: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        here = (*words, *pattern.pattern.regex.groupindex)  # not .converters: reversing changes those
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if not inner.startswith("api"):
                yield from _walk(pattern.url_patterns, inner, here)
        else:
            yield Address(prefix + (pattern.name or str(pattern.pattern)), tuple(dict.fromkeys(here)), pattern)
