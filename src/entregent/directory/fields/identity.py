"""Fields of identity: names, language, birth, notes, identifiers."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entregent.kernel.dates import parse_birth
from entregent.kernel.identifiers import check_neq, check_siren, check_siret, check_vat
from entregent.kernel.names import CIVILITIES

from .field import Door, Field, Section
from .field_types import Choice, Day, Flag, Language, Line, LongText, Number

OF_SERVICE = "the operator's to say of a shared record"
SHEET = "the sheet asks for what mission C2 names, and for the account's own fields"
IN_NAME = "the name is the first column of every list"
BY_SEARCH = "a search finds it"
NOT_ASKED = "nobody looks for records by it"
NO_PROPERTY = "vCard has no property for it"


def _born(text: str | date) -> date:
    return parse_birth(text, timezone.localdate())


NAMES = (
    Field(
        "last_name", _("Last name"), Line(150), "p", required=True, searched=True, vcard="N",
        section=Section.ESSENTIALS, help=_("The name in use."),
        heading=pgettext_lazy("column", "Last name"), example="Tremblay",
        headers="nom, nom de famille, last name, surname, family name, lastname, nom d'usage, nom usuel",
        absent={Door.LAYER: OF_SERVICE, Door.LIST: IN_NAME, Door.FILTER: BY_SEARCH},
    ),
    Field(
        "first_name", _("First name"), Line(150), "p", required=True, searched=True, vcard="N",
        section=Section.ESSENTIALS, heading=pgettext_lazy("column", "First name"), example="Élodie",
        headers="prénom, prénoms, first name, given name, firstname, forename, prénom(s)",
        absent={Door.LAYER: OF_SERVICE, Door.LIST: IN_NAME, Door.FILTER: BY_SEARCH},
    ),
    Field(
        "civility", _("Title"), Choice(("M.", "Mme", "Mx", "Me", "Dr", "Pr"), CIVILITIES, "civility"), "p",
        vcard="N", section=Section.MORE, heading=_("Form of address"), example="Mme",
        headers="civilité, civility, form of address, salutation, name prefix, formule de politesse, préfixe",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: NOT_ASKED, Door.SHEET: SHEET},
    ),
    Field(
        "name", _("Name"), Line(300), "o", required=True, searched=True, vcard="ORG", section=Section.ESSENTIALS,
        example="Les Amis du lac",
        headers="""nom, name, raison sociale, dénomination, dénomination sociale, société, organisme, entreprise,
        organisation, compagnie, company, company name, organization, organization name, nom de l'organisme,
        nom de la société, nom de l'entreprise, nom complet, nom usuel, association, établissement, nom officiel,
        display name, libellé, administration, structure, nom légal, legal name""",
        absent={Door.LAYER: OF_SERVICE, Door.LIST: IN_NAME, Door.FILTER: BY_SEARCH},
    ),
)  # fmt: skip
LIFE = (
    Field(
        "language", _("Language"), Language(), "p", required=True, vcard="LANG", section=Section.ESSENTIALS,
        filter="language", example="fr",
        headers="langue, language, langue de correspondance, preferred language",
        absent={Door.LAYER: OF_SERVICE, Door.SHEET: SHEET},
    ),
    Field(
        "birth_name", _("Birth name"), Line(150), "p", searched=True, vcard="X-MAIDENNAME", key_of_duplicates=True,
        section=Section.MORE,
        example="Gagnon",
        headers="nom de naissance, nom de jeune fille, nom patronymique, née, né(e), birth name, maiden name",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: BY_SEARCH, Door.SHEET: SHEET},
    ),
    Field(
        "birth_date", _("Birth date"), Day(_born), "p", vcard="BDAY", key_of_duplicates=True, section=Section.MORE,
        heading=_("Date of birth"), example="21/11/1980",
        headers="""date de naissance, naissance, né le, née le, né(e) le, anniversaire, birthday, date of birth,
        birth date, birthdate""",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: "ages and birthdays are to come", Door.SHEET: SHEET},
    ),
)  # fmt: skip
NOTES = (
    Field(
        "notes", _("Notes"), LongText(), operators=True, vcard="NOTE", section=Section.NOTES,
        example="Rencontrée au forum",
        headers="notes, note, remarques, remarque, commentaires, commentaire, observations, comments, comment, memo",
        portable=False,
        absent={Door.LIST: "several lines don't fit in a row", Door.FILTER: NOT_ASKED, Door.SHEET: SHEET},
    ),
)  # fmt: skip
NUMBERS = (
    Field(
        "siren", "SIREN", Number(check_siren), "o", key_of_duplicates=True, section=Section.MORE,
        headers="siren, n° siren, numéro siren",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: BY_SEARCH, Door.VCARD: NO_PROPERTY},
    ),
    Field(
        "siret", "SIRET", Number(check_siret), "o", searched=True, key_of_duplicates=True, section=Section.MORE,
        headers="siret, n° siret, numéro siret, siret du siège",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: BY_SEARCH, Door.VCARD: NO_PROPERTY},
    ),
    Field(
        "neq", "NEQ", Number(check_neq), "o", key_of_duplicates=True, section=Section.MORE,
        headers="neq, n° neq, numéro d'entreprise du québec",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: NOT_ASKED, Door.VCARD: NO_PROPERTY},
    ),
    Field(
        "vat_number", _("VAT number"), Number(check_vat), searched=True, key_of_duplicates=True, section=Section.MORE,
        heading=pgettext_lazy("column", "Intra-Community VAT number"), example="FR44732829320",
        headers="""n° tva intra, n° tva, tva, tva intracommunautaire, n° de tva intracommunautaire, vat, vat number,
        numéro de tva, n° tva intracommunautaire, intra-community vat number""",
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: BY_SEARCH, Door.VCARD: NO_PROPERTY},
    ),
    Field(
        "code", _("Code"), Line(60), searched=True, key_of_duplicates=True,
        section=Section.MORE, heading=_("Code (INSEE or member number)"),
        headers={
            "p": "numéro de membre, n° de membre, numéro d'adhérent, member number, matricule",
            "o": """code, code insee, code commune, insee, identifiant, code géographique, numéro de membre,
            n° de membre, member number, code organisme, code officiel géographique, cog""",
        },
        absent={Door.LAYER: OF_SERVICE, Door.FILTER: BY_SEARCH, Door.VCARD: NO_PROPERTY, Door.SHEET: SHEET},
    ),
    Field(
        "uid", _("vCard identifier"), Line(255),
        key_of_duplicates=True, vcard="UID", heading=_("Unique identifier (UID)"),
        headers="uid, identifiant unique",
        portable=False,
        absent={
            Door.LAYER: OF_SERVICE, Door.FORM: "address books make it",
            Door.LIST: "address books read it, people don't",
            Door.FILTER: NOT_ASKED, Door.API: "records have ids there", Door.SHEET: SHEET,
        },
    ),
    Field(
        "active", _("State"), Flag(usual=True), filter="active", heading=_("Active (yes or no)"),
        headers="actif, active",
        portable=False,
        absent={Door.FORM: "a tool of the record sets it", Door.VCARD: NO_PROPERTY, Door.SHEET: SHEET},
    ),
)  # fmt: skip
