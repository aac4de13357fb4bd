"""The permissions that a role can grant: a closed list, so that a misspelt one fails on import (E3)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Can(StrEnum):
    """A permission. Those of the rooms above are listed here too, but not their code."""

    READ_CONTACTS = "contact.read"
    WRITE_CONTACTS = "contact.write"
    DELETE_CONTACTS = "contact.delete"
    PURGE_CONTACTS = "contact.purge"
    WRITE_ORGANISATIONS = "organisation.write"
    DELETE_ORGANISATIONS = "organisation.delete"
    PURGE_ORGANISATIONS = "organisation.purge"
    WRITE_TAGS = "tag.write"
    WRITE_LISTS = "list.write"
    WRITE_ITEMS = "item.write"
    WRITE_FIELDS = "field.write"
    READ_SENSITIVE = "field.sensitive"
    IMPORT = "import.run"
    EXPORT = "export.run"
    READ_JOURNAL = "journal.read"
    USE_API = "api.use"
    MANAGE_USERS = "settings.users"
    MANAGE_ROLES = "settings.roles"
    MANAGE_ACCOUNT = "settings.account"
    PREVIEW = "settings.preview"
    OPERATE = "service.operate"


LABELS = {
    Can.READ_CONTACTS: _("See contacts and organisations"),
    Can.WRITE_CONTACTS: _("Add and edit contacts"),
    Can.DELETE_CONTACTS: _("Move contacts to the bin and restore them"),
    Can.PURGE_CONTACTS: _("Delete contacts for good"),
    Can.WRITE_ORGANISATIONS: _("Add and edit organisations"),
    Can.DELETE_ORGANISATIONS: _("Move organisations to the bin and restore them"),
    Can.PURGE_ORGANISATIONS: _("Delete organisations for good"),
    Can.WRITE_TAGS: _("Tag contacts and organisations"),
    Can.WRITE_LISTS: _("Create lists and add contacts to them"),
    Can.WRITE_ITEMS: _("Change the reference lists: functions, skills, families, statuses, categories, tags"),
    Can.WRITE_FIELDS: _("Define custom fields"),
    Can.READ_SENSITIVE: _("See and change custom fields marked as sensitive"),
    Can.IMPORT: _("Import files"),
    Can.EXPORT: _("Export"),
    Can.READ_JOURNAL: _("Read the infobox"),
    Can.USE_API: _("Use the API with their own tokens"),
    Can.MANAGE_USERS: _("Invite and manage users and teams"),
    Can.MANAGE_ROLES: _("Manage roles"),
    Can.MANAGE_ACCOUNT: _("Change the account's settings"),
    Can.PREVIEW: _("See the account as another user does"),
    Can.OPERATE: _("Open accounts and maintain the shared directory, as the operator of the service"),
}

OF_THE_SERVICE = frozenset({Can.OPERATE})
"""Granted in the shared directory's own account, and nowhere else."""

READ_PERMISSIONS = frozenset({Can.READ_CONTACTS, Can.READ_SENSITIVE, Can.READ_JOURNAL, Can.MANAGE_ACCOUNT})
"""Permissions that decide what is shown (the infobox shows more to account managers); the others allow actions."""
READER = frozenset({Can.READ_CONTACTS, Can.READ_JOURNAL})
COLLABORATOR = READER | {
    Can.WRITE_CONTACTS,
    Can.DELETE_CONTACTS,
    Can.WRITE_ORGANISATIONS,
    Can.DELETE_ORGANISATIONS,
    Can.WRITE_TAGS,
    Can.WRITE_LISTS,
    Can.WRITE_ITEMS,
    Can.IMPORT,
    Can.EXPORT,
    Can.USE_API,
}
BUILT_IN = {
    "administrator": (_("Administrator"), frozenset(Can) - OF_THE_SERVICE),
    "collaborator": (_("Collaborator"), COLLABORATOR),
    "reader": (_("Reader"), READER),
}
"""The roles that every account starts with: code → (label, permissions). Administrators can add others."""
