"""The closed list of what a column of a file may become; the template, the mapping and the report read it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CONTACTS = "contacts"
ORGANISATIONS = "organisations"
IGNORE = "ignore"
NOTE = "note"
"""Goes to the notes, behind the name of its column."""


@dataclass(frozen=True, slots=True)
class Field:
    """One target.

    Attributes:
        code: what mappings keep.
        label: as the pages and the template name it.
        kinds: where it is offered: contacts ("c"), organisations ("o") or both ("co").
        example: what the template's second row shows ('' = not in the template, unless ``asked``).
        asked: in the template with an empty cell, since what may be written there is the account's own.
    """

    code: str
    label: Promise | str
    kinds: str = "co"
    example: str = ""
    asked: bool = False


# The labels of mission C2 have a context of their own: the pages say «Organisme» or «E-mail» where a
# column says «Société» and «Email».
FIELDS = (
    Field("last_name", pgettext_lazy("column", "Last name"), "c", "Tremblay"),
    Field("first_name", pgettext_lazy("column", "First name"), "c", "Élodie"),
    Field("middle_name", _("Other first names"), "c"),
    Field("whole_name", _("First and last names in one cell"), "c"),
    Field("civility", _("Civility"), "c", "Mme"),
    Field("name", _("Name"), "o", "Les Amis du lac"),
    Field("email", pgettext_lazy("column", "Email"), "co", "elodie.tremblay@lac.example"),
    Field("email_2", _("Email 2"), "co"),
    Field("email_3", _("Email 3"), "co"),
    Field("phone", pgettext_lazy("column", "Phone"), "co", "01 99 00 12 34"),
    Field("phone_2", _("Phone 2"), "co"),
    Field("mobile", _("Mobile phone"), "co", "06 39 98 12 34"),
    Field("fax", _("Fax"), "co"),
    Field("organisation", pgettext_lazy("column", "Organisation"), "c", "Les Amis du lac"),
    Field("function", _("Job function"), "c", "Trésorière"),
    Field("address", pgettext_lazy("column", "Address"), "co", "12 rue des Églises"),
    Field("address_block", _("Whole address in one cell"), "co"),
    Field("postal_code", pgettext_lazy("column", "Postal code"), "co", "01000"),
    Field("city", pgettext_lazy("column", "City"), "co", "Bourg-en-Bresse"),
    Field("postal_city", _("Postal code and city in one cell"), "co"),
    Field("province", pgettext_lazy("column", "Province"), "co", "Ain"),
    Field("country", pgettext_lazy("column", "Country"), "co", "France"),
    Field("address_2", _("Second address: street"), "co"),
    Field("postal_code_2", _("Second address: postal code"), "co"),
    Field("city_2", _("Second address: city"), "co"),
    Field("province_2", _("Second address: province"), "co"),
    Field("country_2", _("Second address: country"), "co"),
    Field("website", _("Website"), "co", "https://lac.example"),
    Field("language", _("Language"), "c", "fr"),
    Field("birth_date", _("Date of birth"), "c", "21/11/1980"),
    Field("tags", _("Tags"), "co", "Bénévole, Presse"),
    Field("status", pgettext_lazy("column", "Status"), "co", asked=True),
    Field("skills", _("Skills"), "c", asked=True),
    Field("family", pgettext_lazy("column", "Family"), "o", asked=True),
    Field("mail_refused", pgettext_lazy("column", "Refusal of mailings"), "co", "non"),
    Field("notes", _("Notes"), "co", "Rencontrée au forum"),
    Field("siren", _("SIREN"), "o"),
    Field("siret", _("SIRET"), "o"),
    Field("neq", _("NEQ"), "o"),
    Field("vat_number", pgettext_lazy("column", "Intra-Community VAT number"), "co", "FR44732829320"),
    Field("code", _("Code (INSEE or member number)"), "co"),
    Field("uid", _("Unique identifier (UID)"), "co"),
    Field("active", _("Active (yes or no)"), "co"),
    Field("since", _("In this function since"), "c"),
    Field("until", _("In this function until"), "c"),
    Field("organisation_code", _("Organisation: code (INSEE or SIREN)"), "c"),
    Field("organisation_email", _("Organisation: email"), "c"),
    Field("organisation_phone", _("Organisation: phone"), "c"),
    Field("organisation_address", _("Organisation: address"), "c"),
    Field("organisation_postal_code", _("Organisation: postal code"), "c"),
    Field("organisation_city", _("Organisation: city"), "c"),
    Field("organisation_postal_city", _("Organisation: postal code and city in one cell"), "c"),
    Field("organisation_province", _("Organisation: province"), "c"),
    Field("organisation_country", _("Organisation: country"), "c"),
    Field(NOTE, _("Add to the notes")),
    Field(IGNORE, _("Do not import")),
)
BY_CODE = {field.code: field for field in FIELDS}


def targets(kind: str) -> list[Field]:
    """Return the fields that a column of a file of contacts or of organisations may go to, in reading order."""
    letter = "c" if kind == CONTACTS else "o"
    return [field for field in FIELDS if letter in field.kinds]


def template(kind: str) -> tuple[list[str], list[str]]:
    """Return (headers, example row) of the usual fields of the template to fill in, in the current language."""
    shown = [field for field in targets(kind) if field.example or field.asked]
    return [str(field.label) for field in shown], [field.example for field in shown]
