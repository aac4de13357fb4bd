"""The permissions that a role can grant: a closed list, so that a misspelt one fails on import (E3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Can(TextChoices):
    """A permission, with its label. Those of the rooms above are listed here too, but not their code."""

    READ_CONTACTS = "contact.read", _("See contacts and organisations")
    WRITE_CONTACTS = "contact.write", _("Add and edit contacts")
    DELETE_CONTACTS = "contact.delete", _("Move contacts to the bin and restore them")
    PURGE_CONTACTS = "contact.purge", _("Delete contacts for good")
    WRITE_ORGANISATIONS = "organisation.write", _("Add and edit organisations")
    DELETE_ORGANISATIONS = "organisation.delete", _("Move organisations to the bin and restore them")
    PURGE_ORGANISATIONS = "organisation.purge", _("Delete organisations for good")
    WRITE_TAGS = "tag.write", _("Tag contacts and organisations")
    WRITE_LISTS = "list.write", _("Create lists and add contacts to them")
    WRITE_ITEMS = (
        "item.write",
        _("Change the reference lists: functions, skills, families, statuses, categories, tags"),
    )
    WRITE_FIELDS = "field.write", _("Define custom fields")
    READ_SENSITIVE = "field.sensitive", _("See and change custom fields marked as sensitive")
    IMPORT = "import.run", _("Import files")
    EXPORT = "export.run", _("Export")
    READ_JOURNAL = "journal.read", _("Read the infobox")
    USE_API = "api.use", _("Use the API with their own tokens")
    MANAGE_USERS = "settings.users", _("Invite and manage users and teams")
    MANAGE_ROLES = "settings.roles", _("Manage roles")
    MANAGE_ACCOUNT = "settings.account", _("Change the account's settings")
    PREVIEW = "settings.preview", _("See the account as another user does")
    OPERATE = "service.operate", _("Open accounts and maintain the shared directory, as the operator of the service")


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
