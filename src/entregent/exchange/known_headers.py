"""Headers met in the wild, French and English, by what they become (std C22, C23).

The labels of our own fields are known besides (`columns`). Written as people read them,
compared folded (case, accents, hyphens, spaces: std C25). A header that is not here is read word by word by
`header_words`.
"""

from functools import lru_cache

from entregent.kernel.text import fold

from .fields import CONTACTS, IGNORE

_BOTH = """
email: email, e-mail, mail, mél, courriel, adresse e-mail, adresse email, adresse mail, adresse courriel,
  adresse de courriel, adresse électronique, adresse de messagerie, courrier électronique, e-mail address,
  email address, primary email, première adresse électronique, e-mail 1 - value, mail principal,
  courriel principal, main email
email_2: email 2, e-mail 2, courriel 2, adresse de messagerie 2, adresse de messagerie (2), e-mail 2 address,
  secondary email, adresse électronique secondaire, e-mail 2 - value, autre email, autre courriel
email_3: email 3, e-mail 3, courriel 3, adresse de messagerie 3, e-mail 3 address, e-mail 3 - value
phone: téléphone, tél, tél., tel, phone, telephone, phone number, numéro de téléphone, n° de téléphone,
  téléphone fixe, téléphone (bureau), tél. bureau, tél. professionnel, téléphone professionnel, business phone,
  work phone, primary phone, phone 1 - value, téléphone principal, fixe, standard
phone_2: téléphone 2, phone 2, téléphone 2 (bureau), téléphone (domicile), téléphone 2 (domicile), home phone,
  home phone 2, business phone 2, phone 2 - value, phone 3 - value, phone 4 - value, tél. personnel,
  téléphone personnel, tél. domicile, téléphone (autre), other phone, autre téléphone, téléphone secondaire
mobile: mobile, portable, gsm, cellulaire, tél. mobile, téléphone mobile, téléphone portable, tél. portable,
  mobile phone, mobile number, cell, cell phone, cellphone, natel
fax: fax, télécopie, télécopieur, télécopie (bureau), télécopie (domicile), business fax, home fax,
  fax number, numéro de fax
address: adresse, rue, voie, street, address, street address, adresse postale, postal address, address line 1,
  address line 2, address 1, address 2, adresse 1, adresse 2, adresse 3, complément d'adresse, rue (bureau),
  rue (bureau) 2, rue (bureau) 3, adresse professionnelle, adresse professionnelle 2, business street,
  business street 2, business street 3, work address, work address 2, address 1 - street,
  address 1 - extended address, address 1 - po box, bp, boîte postale, po box, street 2, lieu-dit
postal_code: code postal, cp, postal code, zip, zip code, zipcode, postcode, npa, code postal (bureau),
  business postal code, work zipcode, address 1 - postal code
city: ville, city, town, localité, ville (bureau), business city, work city, address 1 - city, bureau distributeur
postal_city: code postal et ville, code postal ville, code postal / ville, cp ville, cp/ville, zip city
province: province, département, state, région, canton, county, dép/région (bureau), dép/région,
  état / province, etat, business state, work state, address 1 - region, province/état
country: pays, country, pays (bureau), pays/région (bureau), pays/région, business country,
  business country/region, work country, address 1 - country, country/region
address_2: rue (domicile), rue (domicile) 2, rue (domicile) 3, home street, home street 2, home street 3,
  home address, home address 2, adresse privée, adresse privée 2, adresse personnelle, address 2 - street,
  address 2 - extended address, address 2 - po box
postal_code_2: code postal (domicile), home postal code, home zipcode, address 2 - postal code,
city_2: ville (domicile), home city, address 2 - city
province_2: dép/région (domicile), home state, address 2 - region
country_2: pays (domicile), pays/région (domicile), home country, home country/region, address 2 - country
website: site, site web, site internet, website, web site, url, page web, web page, web page 1, web page 2,
  site web 1, page web personnelle, personal web page, website 1 - value, website 2 - value, adresse du site,
  homepage, home page
tags: tags, tag, étiquettes, balises, balise, mots-clés, catégories, categories, group membership, labels,
  groupes, groups, keywords
status: statut, status, statut du contact, contact status
mail_refused: refus de mail, refus de mails, refus mail, refuse les mails, refus d'e-mailing, refusal of mailings,
  unsubscribed, désabonné, désinscrit, opt-out, opt out, do not email
notes: notes, note, remarques, remarque, commentaires, commentaire, observations, comments, comment, memo
vat_number: n° tva intra, n° tva, tva, tva intracommunautaire, n° de tva intracommunautaire, vat, vat number,
  numéro de tva, n° tva intracommunautaire, intra-community vat number
uid: uid, identifiant unique
active: actif, active
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
  given yomi, company yomi, maiden name, short name, occupation, mileage, kilométrage, billing information,
  directory server, subject, langue du message, internet free busy, emplacement du bureau, office location,
  bureau, passe-temps, centres d'intérêt, numéro d'identification de l'organisation, mot de passe, password,
  erreur, error
note: suffixe, suffix, name suffix, service, department, organization department, organization 1 - department,
  utilisateur 1, utilisateur 2, utilisateur 3, utilisateur 4, user 1, user 2, user 3, user 4, custom 1,
  custom 2, custom 3, custom 4, profession, im 1 - value,
  custom field 1 - value
"""
_CONTACTS = """
last_name: nom, nom de famille, last name, surname, family name, lastname, nom d'usage, nom usuel
first_name: prénom, prénoms, first name, given name, firstname, forename, prénom(s)
middle_name: deuxième prénom, middle name, additional name, autres prénoms
whole_name: nom complet, nom et prénom, nom prénom, prénom nom, prénom et nom, prénom & nom, name, full name,
  display name, nom à afficher, nom affiché, contact, contact name, nom du contact
civility: civilité, civility, salutation, name prefix, formule de politesse, préfixe
skills: compétences, compétence, skills, skill
birth_date: date de naissance, naissance, né le, née le, né(e) le, anniversaire, birthday, date of birth,
  birth date, birthdate
language: langue, language, langue de correspondance, preferred language
organisation: société, organisme, entreprise, organisation, compagnie, raison sociale, employeur, company,
  company name, organization, organization name, organization 1 - name, employer, account name, account,
  structure, nom de la société, nom de l'entreprise, nom de l'organisme
function: fonction, poste, job title, titre du poste, intitulé du poste, fonction occupée, emploi, job,
  job function, organization title, organization 1 - title, position, rôle, role, qualité
since: depuis, depuis le, en fonction depuis, since
until: jusqu'au, jusqu'à, until
organisation_phone: company main phone, téléphone société, tél. société, standard de la société,
  téléphone de l'organisme
organisation_email: courriel de l'organisme, email société
organisation_code: code organisme, code société, siren, siret, neq
code: numéro de membre, n° de membre, numéro d'adhérent, member number, matricule
"""
_ORGANISATIONS = """
name: nom, name, raison sociale, dénomination, dénomination sociale, société, organisme, entreprise,
  organisation, compagnie, company, company name, organization, organization name, nom de l'organisme,
  nom de la société, nom de l'entreprise, nom complet, nom usuel, association, établissement, nom officiel,
  display name, libellé, administration, structure, nom légal, legal name
family: famille, famille d'organismes, family, type d'organisme
siren: siren, n° siren, numéro siren
siret: siret, n° siret, numéro siret, siret du siège
neq: neq, n° neq, numéro d'entreprise du québec
code: code, code insee, code commune, insee, identifiant, code géographique,
  numéro de membre, n° de membre, member number, code organisme, code officiel géographique, cog
ignore: nom abrégé
note: sigle, prénom, fonction, civilité, contact, personne contact, nom du contact, responsable
"""


@lru_cache(maxsize=2)
def known(kind: str) -> dict[str, str]:
    """Return folded header → target for files of contacts or of organisations."""
    found: dict[str, str] = {}
    for text in (_BOTH, _CONTACTS if kind == CONTACTS else _ORGANISATIONS):
        target = IGNORE
        for line in text.strip().splitlines():
            code, colon, headers = line.partition(": ") if not line.startswith(" ") else ("", "", line)
            target = code if colon else target
            found.update({fold(header): target for header in headers.split(",") if header.strip()})
    return found
