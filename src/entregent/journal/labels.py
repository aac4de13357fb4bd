"""The labels of fields in forms, conflicts, history and infobox."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.directory.fields.register import FIELDS

LABELS: Mapping[str, Promise | str] = {field.name: field.told or field.label for field in FIELDS} | {
    "shared_with": _("Teams or individuals"),
    "organisation": _("Organisation"),
    "function": _("Function"),
    "since": _("Since"),
    "until": _("Until"),
    "main": _("Main"),
    "email": _("Email"),
    "phone": _("Phone"),
    "position": _("Contact/organisation link"),
    "lists": _("Lists"),
    "retired_at": _("No longer in office since"),
    "custom": _("Sensitive field"),
}
"""Field → label: the register's fields, and others in the journal: positions, lists, the operator's marks."""
VISIBILITY: dict[str, Promise] = {
    "everyone": _("Everyone"),
    "creator": _("Only the creator of the record"),
    "shared": _("Teams or individuals"),
}
