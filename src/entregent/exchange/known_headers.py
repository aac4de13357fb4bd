"""Known headers of users' files, French and English, by target (std C22, C23).

Headers of fields are in the register; here are the others: for positions, for alternatives, for columns that are not
imported. `columns` adds the labels of our own fields. Headers are compared folded (case, accents, hyphens, spaces:
std C25). `header_words` interprets unknown ones.
"""

from functools import lru_cache

from entregent.directory.fields.register import columns
from entregent.kernel.text import fold

from .fields import CONTACTS, IGNORE, letter

_BOTH = """
postal_city: code postal et ville, code postal ville, code postal / ville, cp ville, cp/ville, zip city
ignore: rue (autre), rue (autre) 2, rue (autre) 3, ville (autre), dép/région (autre), code postal (autre),
  pays (autre), pays/région (autre), other street, other street 2, other street 3, other city, other state,
  other postal code, other country, other country/region, récepteur de radiomessagerie, téléphone (voiture),
  téléphone de l'assistant(e), nom de l'assistant(e), assistant's phone, assistant's name, manager's name,
  responsable, directeur, anniversaire de mariage ou fête, anniversary, conjoint(e), spouse, enfants, children,
  type de messagerie, e-mail type, e-mail 2 type, e-mail 3 type, type de messagerie 2, type de messagerie 3,
  nom complet de l'adresse de messagerie, nom complet de l'adresse de messagerie 2,
  nom complet de l'adresse de messagerie 3, e-mail display name, e-mail 2 display name, e-mail 3 display name,
  photo, nickname, surnom, screen name, pseudo, initiales, initials, priorité, priority, privé, private,
  critère de diffusion, sensitivity, sexe, gender, genre, callback, rappel, radio phone, radiotéléphone, télex,
  telex, tty/tdd phone, téléphone tdd/tty, numéro rnis, isdn, pager, pager number, car phone, other fax,
  télécopie (autre), yomi name, given name yomi, family name yomi, additional name yomi, phonetic first name,
  phonetic middle name, phonetic last name, file as, birth year, birth month, birth day, hobby, schools,
  location, address 1 - formatted, address 2 - formatted, surname yomi,
  given yomi, company yomi, short name, occupation, mileage, kilométrage, billing information,
  directory server, subject, langue du message, internet free busy, emplacement du bureau, office location,
  bureau, passe-temps, centres d'intérêt, numéro d'identification de l'organisation, mot de passe, password,
  erreur, error, personne à contacter, photo de profil, nom complet de l'adresse de courrier, type de courrier,
  nom complet de l'adresse de courrier 2, type de courrier 2, nom de l'écran, disponibilité internet,
  radio téléphone, autre boîte postale, b.p. autre, code gouvernement, compte, emplacement,
  informations facturation,
  serveur d'annuaire, recommandé par, referred by, assistant, assistant phone, assistant name, reports to id,
  reports to, other address, account id, account role, company id, owner, contact owner, owner id, portal name,
  carte d'adhérent, numéro de billet, billet, code promo, moyen de paiement, is company, est une société,
  complete name, sort name, household name, legal name of household, code pays, code civilité, country code,
  nom alternatif, maison mère, timezone, contact timezone, latitude, longitude, ref, avatar 128, created at,
  modified at, date created, date modified, created by, modified by, assigned user name, login, fingerprint, gpgid,
  phone number is opted out, phone number is invalid, do not phone, do not call, do not sms, do not mail,
  do not trade,
  has opted out of fax, fax opt out, sms blacklisted, ne pas appeler, form title, rate title, receipt url, ticket url,
  hold reason, fonction utilisateur, activities, activités, connected on, type du tiers,
  libellé du type adhérent, image url
mobile: sms, phone mobile, mobile phone number, tél portable, gsm adh
phone: phone work, landline number, tél pro, tel pro
phone_2: phone home, phone other, whatsapp, tél perso, tel perso
email: email address, adresse de courrier, email payeur
email_2: non primary e-mails for import, adresse de courrier 2
email_3: adresse de courrier 3
address: address street, mailing street, primary address street, street2, numéro voie, b.p. professionnelle
postal_code: address postal code, mailing postal code, mailing zip postal code, primary address postal code
city: address city, mailing city, primary address city
province: address state, mailing state, primary address state, state id, pays/état, département/canton,
  state province, mailing state province
country: address country, mailing country, primary address country, country id
address_2: alternate address street, boîte postale du domicile
postal_code_2: alternate address postal code
city_2: alternate address city
province_2: alternate address state
country_2: alternate address country
website: linkedin
notes: description, annotation, info adh, info public adh, autres informations, autres informations (admin)
language: lang, pref lang
note: suffixe, suffix, name suffix, service, department, organization department, organization 1 - department,
  utilisateur 1, utilisateur 2, utilisateur 3, utilisateur 4, user 1, user 2, user 3, user 4, custom 1,
  custom 2, custom 3, custom 4, divers 1, divers 2, divers 3, divers 4, profession, im 1 - value,
  custom field 1 - value
"""

_CONTACTS = """
middle_name: deuxième prénom, middle name, additional name, autres prénoms
whole_name: nom complet, nom et prénom, nom prénom, prénom nom, prénom et nom, prénom & nom, name, full name,
  display name, nom à afficher, nom affiché, contact, contact name, nom du contact
organisation: société, organisme, entreprise, organisation, compagnie, raison sociale, employeur, company,
  company name, organization, organization name, organization 1 - name, employer, account name, account,
  structure, nom de la société, nom de l'entreprise, nom de l'organisme, personne morale, associated company,
  société associée, current employer, societe adh
code: numéro adhérent, num adh
birth_date: ddn adh
birth_year: birth year
birth_month: birth month
birth_day: birth day
civility: salutation name, individual prefix, titre civilité, titre adh
function: fonction, poste, job title, titre du poste, intitulé du poste, fonction occupée, emploi, job,
  job function, organization title, organization 1 - title, position, rôle, role, qualité,
  function, poste/fonction, poste occupé, prof adh
since: depuis, depuis le, en fonction depuis, since
until: jusqu'au, jusqu'à, until
organisation_phone: company main phone, téléphone société, tél. société, standard de la société,
  téléphone de l'organisme
organisation_email: courriel de l'organisme, email société
organisation_code: code organisme, code société, siren, siret, neq
"""
_ORGANISATIONS = """
ignore: nom abrégé
note: sigle, prénom, fonction, civilité, contact, personne contact, nom du contact, responsable
"""


@lru_cache(maxsize=2)
def known(kind: str) -> dict[str, str]:
    """Return folded header → target, for files of contacts or organisations."""
    one = letter(kind)
    own = [column for field, column in columns() if one in field.kinds]
    found = {fold(header): column.code for column in own for header in column.headers_of(one)}
    for text in (_BOTH, _CONTACTS if kind == CONTACTS else _ORGANISATIONS):
        target = IGNORE
        for line in text.strip().splitlines():
            code, colon, headers = line.partition(": ") if not line.startswith(" ") else ("", "", line)
            target = code if colon else target
            found.update({fold(header): target for header in headers.split(",") if header.strip()})
    return found
