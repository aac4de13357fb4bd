"""Interpret an unknown header word by word: what the column contains (attribute) and about whom (owner).

"Courriel de la mairie": e-mail of the organisation; "Nom de l'élu": name of the person. Meant for files of public
bodies, whose headers are phrases. The rules are general, not made for single files (std C21-C25).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from entregent.kernel.text import fold

from .fields import IGNORE, NOTE, ORGANISATIONS

# Nouns that name a person by their function: "Nom du maire" gives the function «Maire».
FUNCTIONS = {
    fold(word): word
    for word in """
    maire mairesse président présidente vice-président préfet préfète sous-préfet député députée sénateur
    sénatrice directeur directrice dirigeant dirigeante gérant gérante secrétaire trésorier trésorière
    conseiller conseillère adjoint adjointe échevin bourgmestre syndic ministre recteur rectrice greffier
    greffière mayor director chairman chairwoman chair manager
    """.split()
}
PERSON_WORDS = frozenset(FUNCTIONS) | frozenset(
    """
    elu elue contact personne titulaire representant representante responsable agent mandataire candidat
    referent referente correspondant correspondante membre interlocuteur interlocutrice beneficiaire salarie
    individu usager adherent adherente client donateur participant person people member employee
    """.split()
)
ORGANISATION_WORDS = frozenset(
    """
    organisme organisation organization societe entreprise administration autorite mairie collectivite
    etablissement structure association ministere institution company compagnie account employer employeur
    unite
    epci intercommunalite syndicat communaute agglomeration ambassade prefecture tribunal universite ecole
    lycee college hopital bibliotheque federation club fondation agence office chambre cabinet firme business
    agency school municipality
    """.split()
)
TERRITORY_WORDS = frozenset("munnom commune communes municipalite municipalites localite ville".split())

# In order: the first match decides.
_ATTRIBUTES = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), attribute)
    for pattern, attribute in (
        (r"(?:numero|type|libelle) (?:de (?:la )?)?voie", "address"),
        (
            r"code.* statut particulier|sexe|genre|categorie|csp|socio|nuance|population|popul|habitants|superficie|"
            r"prenom.* unite|(?:nom|denomination) usuelle? .*unite|etat administratif|caractere|"
            r"etablissement siege|diffusion|version|"
            r"type|mot de passe|password|ip|accessible|application mobile|url service public|plage ouverture|ancien|"
            r"(?:e ?mail|mail|phone).* (?:sent|envoyes?)|"
            r"latitude|longitude|coordonnees|geo|geolocalisation|altitude|gentile|horaires?|mise a jour|"
            r"date (?:de |d )?(?:maj|modification|creation|publication|extraction|validation)|consultation|"
            r"effectif|budget|"
            r"chiffre d affaires|(?:lieu|ville|commune|pays|departement|code).* naissance|nationalite|division|"
            r"(?:e ?mail|phone|address|website|organization|im|event|relation|custom field) \d "
            r"(?:label|type|formatted)",
            "ignore",
        ),
        (r"statut particulier|outre mer", "province"),
        (r"(?:annee|year).* (?:naissance|birth)|birth year|adhesion|cotisation|membership|echeance", "note"),
        (r"(?:libelle|intitule|nom) (?:de |du |d |la |l )*(?:fonction|poste|mandat|profession|emploi|qualite|grade)",
         "function"),
        (r"\w*(?:courriel|e ?mail)s?\d?|mails?|mel|messagerie|(?:adresses?|courrier) electroniques?", "email"),
        (r"\w?fax\w*|telecopi\w+", "fax"),
        (r"mobile|portable|cellulaire|gsm|cell", "mobile"),
        (r"\w?tel(?:ephone)?s?\d?|telephonique|phone", "phone"),
        (r"\w?sites?|\w?web|site ?web|url|internet|website", "website"),
        (r"naissance|birth\w*|nee? le", "birth_date"),
        (r"siret", "siret"),
        (r"siren", "siren"),
        (r"neq", "neq"),
        (r"tva|vat", "vat_number"),
        (r"fin|until|jusqu\w*|expiration|end date", "until"),
        (r"depuis|debut|prise de fonction|nomination|entree en fonction|election|since|start date", "since"),
        (r"dates?", "ignore"),
        (r"(?:code postal|cp|zip|postal code).*(?:ville|commune|localite|city|municipalite)", "postal_city"),
        (r"(?:ville|commune|localite|city).*(?:code postal|cp|zip)", "postal_city"),
        (r"codes? postal\w*|\w?cp|\w?codpos|zip|postcode|postal code|npa", "postal_code"),
        (r"civilite|salutation|titre de civilite", "civility"),
        (r"(?:noms? (?:et )?prenoms?|prenoms? (?:et )?noms?|nom complet|full name|complete name)", "whole_name"),
        (r"prenoms?|first name|given name|forename", "first_name"),
        (r"langue|language", "language"),
        (r"codes?|\w?code|insee|cog|matricule|numero|siret|num|n", "code"),
        (r"ids?|identifiants?", "ignore"),
        (r"departements?|regions?|provinces?|cantons?|county|mrc|etat|regadm|comte", "province"),
        (r"pays|country", "country"),
        (r"sigle|acronyme|abrege|designation", "note"),
        (r"noms?|name|libelle|denomination|raison sociale|intitule|munnom", "name"),
        (r"fonctions?|poste|job|qualite|mandat|profession|role|titre|title|grade", "function"),
        (r"\w?adr(?:esse)?s?\d?|address|rue|voie|street|boite postale|bp|complement|lieu dit", "address"),
        (r"villes?|city|town|localite|communes?|municipalites?", "territory"),
        (r"etiquettes?|tags?|mots cles", "tags"),
        (r"remarques?|commentaires?|observations?|notes?", "notes"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of a header: `attribute` ('' if unknown), `owner` "person", "organisation" or ''."""

    folded: str
    attribute: str
    owner: str
    territory: bool
    function: str
    weak: bool = False
    """Whether nothing but the owner tells the attribute."""


_SEAM = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")


def words_of(header: str) -> str:
    """Return a header folded, one written in CamelCase taken apart: NomEntreprise, SIRETSiege."""
    header = unicodedata.normalize("NFC", header)
    return fold(header if any(map(str.isspace, header.strip())) else _SEAM.sub(" ", header))


@lru_cache(maxsize=4_096)
def read(header: str) -> Reading:
    """Return the meaning of a header."""
    folded = words_of(header)
    # Quebec's register of municipalities prefixes its words with m: mmaire, mcourriel.
    words = [word[1:] if word[:1] == "m" and word[1:] in FUNCTIONS else word for word in folded.split()]
    attribute = next((name for pattern, name in _ATTRIBUTES if pattern.search(folded)), "")
    owners = [
        "person" if word in PERSON_WORDS else "organisation"
        for word in words
        if word in PERSON_WORDS or word in ORGANISATION_WORDS
    ]
    territory = any(word in TERRITORY_WORDS for word in words)
    owner = owners[0] if owners else ""
    weak = not attribute and bool(owner)
    if weak:
        # "Maire" alone means the full name; "Organisme payeur" the name of an organisation.
        attribute = "whole_name" if owner == "person" else "name"
    function = next((word for word in words if word in FUNCTIONS), "")
    return Reading(folded, attribute, owner, territory, function, weak)


# Attribute → target if owned by a person or nobody, and if owned by an organisation.
_TARGETS = {
    "email": ("email", "organisation_email"),
    "phone": ("phone", "organisation_phone"),
    "postal_city": ("postal_city", "organisation_postal_city"),
    "postal_code": ("postal_code", "organisation_postal_code"),
    "country": ("country", "organisation_country"),
    "province": ("province", "organisation_province"),
    "address": ("address", "organisation_address"),
    "name": ("last_name", "organisation"),
    "whole_name": ("whole_name", "organisation"),
    "siret": ("organisation_code", "organisation_code"),
    "siren": ("organisation_code", "organisation_code"),
    "neq": ("organisation_code", "organisation_code"),
}
_OF_ORGANISATIONS = {"name": "name", "whole_name": "name", "siret": "siret", "siren": "siren", "neq": "neq"}
_ONLY_OF_PEOPLE = frozenset({"birth_date", "civility", "first_name", "function", "since", "until", "language"})
_PERSON_NAME = re.compile(r"\b(?:noms?|name)\b")
_TOWN = re.compile(r"(?:libelle|nom) (?:de |la |du )*(?:commune|ville|municipalite|localite)\b")
_LEGAL_NAME = re.compile(r"\b(?:denomination|raison sociale)\b")
_REGISTER_CODE = re.compile(r"\b(?:insee|cog|geographique|mcode)\b")
TERRITORY = "territory"
"""A town is a city or an organisation: `settling` decides from the other columns."""


def target_of(reading: Reading, kind: str) -> tuple[str, float]:
    """Return (target, confidence) for the meaning of a header; ("", 0) if unknown."""
    attribute, organisation = reading.attribute, reading.owner == "organisation"
    if not attribute:
        return "", 0.0
    if attribute == "ignore":
        return IGNORE, 0.9
    if attribute == "territory" or (
        attribute == "name" and reading.territory and (not reading.owner or _TOWN.match(reading.folded))
    ):
        return TERRITORY, 0.8
    if attribute == "code":
        return _code_target(reading, kind)
    if attribute == "province" and "particulier" in reading.folded:
        return "province", 0.5  # only used if the département is empty
    if kind == ORGANISATIONS:
        if reading.owner == "person" or attribute in _ONLY_OF_PEOPLE:
            return NOTE, 0.7
        return _OF_ORGANISATIONS.get(attribute, attribute), 0.85 if _LEGAL_NAME.search(reading.folded) else 0.8
    if attribute in ("since", "until"):
        return attribute, 0.85 if "fonction" in reading.folded else 0.75
    mine, theirs = _TARGETS.get(attribute, (attribute, attribute))
    if attribute in ("postal_code", "address", "email", "phone") and reading.territory:
        organisation = True
    if attribute == "name" and not reading.owner:
        return (mine, 0.6) if _PERSON_NAME.search(reading.folded) else (theirs, 0.6)
    return (theirs if organisation else mine), 0.65 if reading.weak else 0.8


def _code_target(reading: Reading, kind: str) -> tuple[str, float]:
    register = bool(_REGISTER_CODE.search(reading.folded))
    if not (register or reading.owner == "organisation" or reading.territory):
        return IGNORE, 0.7
    return ("code" if kind == ORGANISATIONS else "organisation_code"), 0.9 if register else 0.8
