"""What fields are called, wherever they are named: forms, conflicts, history, infobox."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise | str] = {
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "civility": _("Civility"),
    "birth_date": _("Birth date"),
    "language": _("Language"),
    "name": _("Name"),
    "siren": "SIREN",
    "siret": "SIRET",
    "neq": "NEQ",
    "vat_number": _("VAT number"),
    "code": _("Code"),
    "uid": _("vCard identifier"),
    "notes": _("Notes"),
    "active": _("State"),
    "emails": _("E-mail addresses"),
    "phones": _("Phone numbers"),
    "websites": _("Websites"),
    "addresses": _("Addresses"),
    "tags": _("Tags"),
    "visibility": _("Who can see this record"),
    "shared_with": _("Teams or individuals"),
    "organisation": _("Organisation"),
    "function": _("Function"),
    "since": _("Since"),
    "until": _("Until"),
    "main": _("Main"),
    "email": _("Email"),
    "phone": _("Phone"),
    "position": _("Contact/organisation link"),
    "status": _("Status"),
    "family": _("Family of organisations"),
    "skills": _("Skills"),
    "mail_refused": _("Refuses mailings"),
    "assigned_to": _("Assigned to"),
    "lists": _("Lists"),
    "retired_at": _("No longer in office since"),
    "custom": _("Sensitive field"),
}
VISIBILITY: dict[str, Promise] = {
    "everyone": _("Everyone"),
    "creator": _("Only the creator of the record"),
    "shared": _("Teams or individuals"),
}
