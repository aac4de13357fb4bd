"""The closed list of what can be done and told. Codes are stable; sentences are apart (sentences.py)."""

from enum import StrEnum


class Deed(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    ACTIVATED = "activated"
    DEACTIVATED = "deactivated"
    BINNED = "binned"
    RESTORED = "restored"
    PURGED = "purged"
    ATTACHED = "attached"
    DETACHED = "detached"
    POSITION_CHANGED = "position_changed"
    POSITION_DELETED = "position_deleted"
    IMPORTED = "imported"
    EXPORTED = "exported"
    STATUS_CHANGED = "status_changed"
    ASSIGNED = "assigned"
    MAIL_REFUSED = "mail_refused"
    MAIL_ACCEPTED = "mail_accepted"
    VISIBILITY_CHANGED = "visibility_changed"
    HANDED_OVER = "handed_over"
    LAYER_CHANGED = "layer_changed"
    LAYER_REMOVED = "layer_removed"
    LISTED = "listed"
    UNLISTED = "unlisted"
    LIST_CREATED = "list_created"
    LIST_CHANGED = "list_changed"
    LIST_DELETED = "list_deleted"
    VIEW_CHANGED = "view_changed"
    ITEM_CREATED = "item_created"
    ITEM_CHANGED = "item_changed"
    ITEM_DELETED = "item_deleted"
    FIELD_CREATED = "field_created"
    FIELD_CHANGED = "field_changed"
    FIELD_RETIRED = "field_retired"
    SYNCED = "synced"
    SYNC_UNDONE = "sync_undone"
    CORRECTION_PROPOSED = "correction_proposed"
    CORRECTION_ANSWERED = "correction_answered"
    PREVIEWED = "previewed"
    ACCOUNT_OPENED = "account_opened"
    TAG_CHANGED = "tag_changed"
    MEMBER_INVITED = "member_invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    MEMBER_JOINED = "member_joined"
    MEMBER_CHANGED = "member_changed"
    ROLE_CHANGED = "role_changed"
    TEAM_CHANGED = "team_changed"
    ACCOUNT_CHANGED = "account_changed"
    TOKEN_CREATED = "token_created"  # noqa: S105  a deed, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105


HOUSEKEEPING = frozenset(
    {
        Deed.EXPORTED,
        Deed.TAG_CHANGED,
        Deed.LIST_CREATED,
        Deed.LIST_CHANGED,
        Deed.LIST_DELETED,
        Deed.VIEW_CHANGED,
        Deed.ITEM_CREATED,
        Deed.ITEM_CHANGED,
        Deed.ITEM_DELETED,
        Deed.FIELD_CREATED,
        Deed.FIELD_CHANGED,
        Deed.FIELD_RETIRED,
        Deed.SYNCED,
        Deed.SYNC_UNDONE,
        Deed.CORRECTION_ANSWERED,
        Deed.PREVIEWED,
        Deed.ACCOUNT_OPENED,
        Deed.MEMBER_INVITED,
        Deed.INVITATION_WITHDRAWN,
        Deed.MEMBER_JOINED,
        Deed.MEMBER_CHANGED,
        Deed.ROLE_CHANGED,
        Deed.TEAM_CHANGED,
        Deed.ACCOUNT_CHANGED,
        Deed.TOKEN_CREATED,
        Deed.TOKEN_REVOKED,
    }
)
"""Deeds about the account itself, on no party."""

ON_POSITIONS = frozenset({Deed.ATTACHED, Deed.DETACHED, Deed.POSITION_CHANGED, Deed.POSITION_DELETED})
"""Deeds on the link between a person and an organisation: both are told of."""
