"""Columns: read by their headers, and by their values where the headers mislead."""

from .case import case

CASES = [
    case(
        "a label of a function is a function",
        "Nom de l'élu;Prénom de l'élu;Libellé de la commune;Libellé de la fonction;Code de la commune"
        " / Roy;Ann;Laval;1er adjoint;53130",
        "last_name=Roy | first_name=Ann | organisation=Laval | function=1er adjoint | organisation_code=53130",
        kind="contacts",
    ),
    case(
        "names of the elected in snake case",
        "code_departement,libelle_departement,nom_elu,prenom_elu,date_naissance_elu,libelle_fonction"
        " / 01,Ain,Roy,Ann,1960-02-03,Présidente",
        "last_name=Roy | first_name=Ann | birth_date=1960-02-03",
    ),
    case(
        "headers in CamelCase, a company",
        "NEQ,NomEntreprise,Adresse,Municipalite,CodePostal / 1140000001,Ferme Roy inc.,1 rue X,Laval,H7A1A1",
        "name=Ferme Roy inc. | city=Laval | postal_code=H7A1A1 | neq=1140000001",
        kind="organisations",
    ),
    case(
        "headers in camelCase, people",
        "firstName,lastName,postalCode,companyName,phoneNumber,emailAddress / Ann,Roy,01004,Lac,0199001234,a@x.example",
        "first_name=Ann | last_name=Roy | postal_code=01004 | phone=0199001234 | email=a@x.example",
    ),
    case(
        "a state of 1 and 0 is no province",
        "Nom;Prénom;État;Ville / Roy;Ann;1;Laval / Blais;Zoé;0;Laval / Côté;Max;1;Laval",
        "last_name=Roy | province=", "last_name=Blais | province=", "last_name=Côté | province=",
    ),
    case(
        "client yes or no is nobody's name",
        "Id;Nom;Client;Fournisseur;Adresse;Code postal;Ville;SIREN"
        " / 1;Mairie de Laval;1;0;1 rue X;53000;Laval;215301300 / 2;Dupont SARL;1;1;2 rue X;53000;Laval;732829320"
        " / 3;Lycée Ambroise;0;1;3 rue X;53000;Laval;",
        "name=Mairie de Laval", "name=Dupont SARL", "name=Lycée Ambroise",
        kind="organisations",
    ),
    case(
        "identifiers are no organisation",
        "Nom;Prénom;Organisme;Mail / Roy;Ann;00312;a@x.example / Blais;Zoé;00977;b@x.example / Côté;Max;01288;c@x.example",
        "last_name=Roy | organisation= | email=a@x.example", "organisation=", "organisation=",
    ),
    case(
        "identifiers are no function",
        "Nom;Prénom;Société;Fonction / Roy;Ann;Lac;4021 / Blais;Zoé;Lac;4022 / Côté;Max;Lac;17",
        "organisation=Lac | function=", "function=", "function=",
    ),
    case(
        "a caractère employeur is no employer",
        "siren,denominationUniteLegale,caractereEmployeurUniteLegale,etatAdministratifUniteLegale,prenom1UniteLegale"
        " / 732829320,DUPONT SARL,O,A, / 215301300,MAIRIE DE LAVAL,N,A, / 130005481,LAC,N,C,",
        "name=DUPONT SARL | siren=732829320 | province=", "name=MAIRIE DE LAVAL", "name=LAC",
        kind="organisations",
    ),
    case(
        "nom beside nom de famille",
        "nom;prenom;nom_de_famille;email / Ann Roy;Ann;Roy;a@x.example / Zoé Blais;Zoé;Blais;b@x.example",
        "last_name=Roy | first_name=Ann", "last_name=Blais | first_name=Zoé",
    ),
    case(
        "nom of the body beside nom de famille",
        "nom;nom_de_famille;prenom / Mairie de Laval;Roy;Ann / Lycée Ambroise;Blais;Zoé / Direction des eaux;Côté;Max",
        "organisation=Mairie de Laval | last_name=Roy", "organisation=Lycée Ambroise | last_name=Blais",
        "organisation=Direction des eaux | last_name=Côté",
    ),
    case(
        "a table of bodies, headed Nom",
        "Nom;Téléphone;Courriel / Mairie - Saint-Martin;0199001234;m@x.example / Préfecture de l'Ain;0199001235;p@x.example"
        " / SARL Dupont;0199001236;d@x.example",
        "name=Mairie - Saint-Martin | phone=0199001234 | email=m@x.example", "name=Préfecture de l'Ain",
        "name=SARL Dupont",
        kind="organisations",
    ),
    case(
        "a table of bodies, with cells of JSON",
        'nom;affectation_personne;adresse_courriel / Mairie de Laval;"[{""personne"": {""nom"": ""Roy""}}]";m@x.example'
        ' / Mairie de Bourg;"[{""personne"": {""nom"": ""Côté""}}]";b@x.example'
        ' / Syndicat des eaux;"[{""personne"": {""nom"": ""Blais""}}]";s@x.example',
        "name=Mairie de Laval | email=m@x.example", "name=Mairie de Bourg", "name=Syndicat des eaux",
        kind="organisations",
    ),
    case(
        "cells of JSON: texts are read, anything else is noted and told",
        'Nom;Prénom;Adresse;Téléphones;Tags / Roy;Ann;"{""rue"": ""1 rue X"", ""ville"": ""Laval""}";"[""0199001234"", ""0639980001""]";'
        '"[""Presse"", ""Élus""]" / Blais;Zoé;2 rue X;"[""0199001235""]";"[]" / [Côté];Max;{x};;',
        'address= | phone=0199001234 | phone1=0639980001 | tags=Presse,Élus | notes=Adresse: {"rue": "1 rue X", "ville": "Laval"}',
        "street=2 rue X | phone=0199001235 | tags=", "last_name=[Côté] | notes=",
        said={"cell_of_json"},
    ),
    case(
        "headings in two rows, a group for each",
        "Identité;;Adresse;;;Téléphone; / Nom;Prénom;Rue;Code postal;Ville;Fixe;Mobile"
        " / Roy;Ann;1 rue X;53000;Laval;0199001234;0639980001 / Blais;Zoé;2 rue X;53000;Laval;0199001235;0639980002",
        "last_name=Roy | first_name=Ann | street=1 rue X | postal_code=53000 | city=Laval | phone=0199001234 | phone1=0639980001",
        "last_name=Blais",
    ),
    case(
        "headings in two rows, names in the first",
        "Nom;Prénom;Adresse;;;Téléphone; / ;;Rue;Code postal;Ville;Fixe;Mobile"
        " / Roy;Ann;1 rue X;53000;Laval;0199001234;0639980001",
        "last_name=Roy | first_name=Ann | street=1 rue X | postal_code=53000 | city=Laval | phone=0199001234 | phone1=0639980001",
        said={"two_rows"},
    ),
    case(
        "headings in two rows, with a blank one between",
        "Identité;;Adresse; / ;;; / Nom;Prénom;Rue;Ville / Roy;Ann;1 rue X;Laval / Blais;Zoé;2 rue X;Laval",
        "last_name=Roy | first_name=Ann | street=1 rue X | city=Laval", "last_name=Blais",
    ),
    case(
        "headings in two rows, all filled",
        "Identité;Identité;Adresse;Adresse / Nom;Prénom;Rue;Ville / Roy;Ann;1 rue X;Laval / Blais;Zoé;2 rue X;Laval",
        "last_name=Roy | first_name=Ann | street=1 rue X | city=Laval", "last_name=Blais",
    ),
    case(
        "headings in two rows: the groups tell repeated names apart",
        "Organisme;;;Contact;;; / Nom;Ville;Téléphone;Nom;Prénom;Courriel;Téléphone"
        " / Lac;Die;0199001234;Roy;Ann;a@x.example;0639980001 / Club;Crest;0199001235;Blais;Zoé;b@x.example;0639980002",
        "organisation=Lac | organisation_phone=0199001234 | last_name=Roy | email=a@x.example | phone=0639980001",
        "organisation=Club | last_name=Blais",
        said={"two_rows"},
    ),
    case(
        "headings in two rows: a group of refusals",
        "Personne;;Désabonné; / Nom;Prénom;Newsletter;SMS / Roy;Ann;oui;non / Blais;Zoé;non;non",
        "last_name=Roy | mail_refused=True", "last_name=Blais | mail_refused=False", said={"two_rows"},
    ),
    case(
        "a title and a date above the headings are no groups",
        "Membres;export du 12/03/2026; / Nom;Prénom;Ville / Roy;Ann;Laval / Blais;Zoé;Laval",
        "last_name=Roy | first_name=Ann | city=Laval", "last_name=Blais", unsaid={"two_rows"},
    ),
    case(
        "a row of words below the headings is a row",
        "Nom;Prénom;;Ville / Mobile;Ann;Zorglub;Laval / Roy;Zoé;Bulgroz;Laval",
        "last_name=Mobile | first_name=Ann | city=Laval", "last_name=Roy", unsaid={"two_rows"},
    ),
    case(
        "people named like a street stay people",
        "Nom;Prénom;Mail / Commune;Ann;a@x.example / Roy;Zoé;b@x.example / Blais;Max;c@x.example / Côté;Luc;d@x.example",
        "last_name=Commune | first_name=Ann", "last_name=Roy", "last_name=Blais", "last_name=Côté",
        kind="contacts",
    ),
    case(
        "repeated towns by their group, Thunderbird",
        "Prénom,Nom de famille,Adresse privée,Ville,Pays/État,Code postal,Adresse professionnelle,Ville,Pays/État,Code postal,Société"
        " / Ann,Roy,1 rue A,Laval,Mayenne,53000,2 rue B,Bourg,Ain,01000,Lac",
        "street=2 rue B | city=Bourg | province=Ain | postal_code=01000 | street1=1 rue A | city1=Laval |"
        " province1=Mayenne | postal_code1=53000",
    ),
    case(
        "repeated address behind the organisation, Dolibarr",
        "Nom,Prénom,Adresse,Code postal,Ville,Téléphone,EMail,Raison sociale,Adresse,Code postal,Ville,Téléphone,Email"
        " / Roy,Ann,1 rue A,53000,Laval,0199001234,a@x.example,Lac,2 rue B,01000,Bourg,0199001235,lac@x.example",
        "street=1 rue A | city=Laval | phone=0199001234 | email=a@x.example | organisation=Lac |"
        " organisation_street=2 rue B | organisation_city=Bourg | organisation_phone=0199001235 |"
        " organisation_email=lac@x.example | email1=",
    ),
    case(
        "two whole addresses under the same headers",
        "Nom;Prénom;Adresse;Code postal;Ville;Adresse;Code postal;Ville / Roy;Ann;1 rue A;53000;Laval;2 rue B;01000;Bourg",
        "street=1 rue A | city=Laval | street1=2 rue B | city1=Bourg",
    ),
    case(
        "two lines of one address under the same header",
        "Nom;Prénom;Adresse;Adresse;Code postal;Ville / Roy;Ann;Bât. A;1 rue A;53000;Laval",
        "street=Bât. A\n1 rue A | city=Laval | street1=",
    ),
    case(
        "Outlook's two titles",
        "Titre,Prénom,Nom,Société,Titre / Mme,Ann,Roy,Lac,Trésorière",
        "civility=Mme | function=Trésorière",
    ),
    case(
        "addresses of a postal name that hold e-mails",
        "Membre,Adresse,Statut / Ann Roy,a@x.example,Désinscription / Zoé Blais,b@x.example,Invalide",
        "last_name=Roy | email=a@x.example | street= | mail_refused=True", "email=b@x.example | mail_refused=True",
    ),
    case(
        "recent French Outlook names e-mail a courrier",
        "Prénom,Nom,Adresse de courrier,Type de courrier,Nom complet de l'adresse de courrier"
        " / Ann,Roy,a@x.example,SMTP,Ann Roy (a@x.example)",
        "email=a@x.example | last_name=Roy | street=",
    ),
    case(
        "who paid is not who takes part",
        "Nom participant;Prénom participant;Nom payeur;Prénom payeur;Email payeur / Roy;Léo;Roy;Ann;a@x.example",
        "last_name=Roy | first_name=Léo | email=a@x.example | notes=Nom payeur: Roy\nPrénom payeur: Ann",
    ),
    case(
        "a parent's e-mail is not the child's",
        "Nom participant;Prénom participant;Adresse email;Email responsable 1 / Roy;Léo;l@x.example;a@x.example",
        "email=l@x.example | email1= | notes=Email responsable 1: a@x.example",
    ),
    case(
        "Galette's labels end with a colon",
        "Nom :;Prénom :;Personne morale :;Courriel :;GSM :;Date d’échéance :;Numéro adhérent :"
        " / Roy;Ann;Lac;a@x.example;0639981234;31/12/2026;17",
        "last_name=Roy | organisation=Lac | email=a@x.example | phone=0639981234 | code=17 | until= |"
        " notes=Date d’échéance :: 31/12/2026",
    ),
    case(
        "Galette's own column names",
        "nom_adh;prenom_adh;ddn_adh;cp_adh;ville_adh;email_adh;mdp_adh / Roy;Ann;1980-11-21;53000;Laval;a@x.example;x9$",
        "last_name=Roy | birth_date=1980-11-21 | city=Laval | email=a@x.example | notes=",
    ),
    case(
        "Salesforce",
        "Id,AccountId,LastName,FirstName,MailingStreet,MailingCity,MailingPostalCode,MobilePhone,Email,HasOptedOutOfEmail"
        " / 003A,001A,Roy,Ann,1 rue A,Laval,53000,0639981234,a@x.example,TRUE",
        "last_name=Roy | street=1 rue A | city=Laval | phone=0639981234 | mail_refused=True | code=",
    ),
    case(
        "Odoo's field names",
        "id,name,is_company,street,street2,zip,city,email,function,is_blacklisted"
        " / __export__.a,Ann Roy,False,1 rue A,Bât. B,53000,Laval,a@x.example,Directrice,False",
        "last_name=Roy | first_name=Ann | street=1 rue A\nBât. B | mail_refused=False",
    ),
    case(
        "a header nobody knows, over phones, is doubtful",
        "Nom;Prénom;Joignable / Roy;Ann;01 99 00 12 34 / Blais;Zoé;01 99 00 12 35 / Côté;Max;01 99 00 12 36",
        "phone=01 99 00 12 34", "phone=01 99 00 12 35", "phone=01 99 00 12 36",
        said={"doubtful:2"},
    ),
    case(
        "a header that few values bear out is doubtful",
        "Nom;Prénom;Province / Roy;Ann;Ain / Blais;Zoé;1 / Côté;Max;0",
        "province=Ain", "province=1", "province=",
        said={"doubtful:2"},
    ),
    case(
        "départements by number are provinces",
        "Nom;Prénom;Département / Roy;Ann;01 / Blais;Zoé;2A / Côté;Max;974",
        "province=01", "province=2A", "province=974",
        unsaid={"doubtful:2"},
    ),
    case(
        "a membership's end is not a position's",
        "Nom;Prénom;Société;Date fin adhésion / Roy;Ann;Lac;31/12/2026",
        "organisation=Lac | until= | notes=Date fin adhésion: 31/12/2026",
    ),
    case(
        "a birthday in three columns, as French Thunderbird writes it",
        "Prénom,Nom de famille,Année de naissance,Mois,Jour / Ann,Roy,1980,11,21 / Zoé,Blais,,3,7 / Max,Côté,,,"
        " / Luc,Afro,1990,,",
        "birth_date=1980-11-21 | notes=",
        "birth_date= | notes=Mois: 3\nJour: 7",
        "birth_date= | notes=",
        "birth_date= | notes=Année de naissance: 1990",
        said={"moved_to_notes"},
    ),
    case(
        "a birthday in three columns, in English",
        "First Name,Last Name,Birth Year,Birth Month,Birth Day / Ann,Roy,1980,3,7",
        "birth_date=1980-03-07 | notes=",
    ),
    case(
        "a birthday in three columns in full, with the name of the month",
        "Nom;Prénom;Jour de naissance;Mois de naissance;Année de naissance / Roy;Ann;7;mars;1980",
        "birth_date=1980-03-07 | notes=",
    ),
    case(
        "a year of birth alone goes to the notes",
        "Nom;Prénom;Année de naissance / Roy;Ann;1980",
        "birth_date= | notes=Année de naissance: 1980",
    ),
    case(
        "a whole date headed as a day",
        "Nom;Prénom;Jour de naissance / Roy;Ann;07/03/1980",
        "birth_date=1980-03-07 | notes=",
    ),
    case(
        "a month that does not go with a year of birth",
        "Nom;Prénom;Date de naissance;Mois / Roy;Ann;07/03/1980;mars",
        "birth_date=1980-03-07 | notes=",
    ),
    case(
        "street in number, kind and name",
        "siren,denominationUniteLegale,numeroVoieEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement"
        " / 732829320,LAC,12,RUE,DES LILAS,53000,LAVAL",
        "street=12 RUE DES LILAS | postal_code=53000 | city=LAVAL",
        kind="organisations",
    ),
    case("names without headings beside an address",
         "Afro;Luc;a@x.example;0123456789 / Blais;Zoé;b@x.example;0123456788",
         "last_name=Afro | first_name=Luc | email=a@x.example", "last_name=Blais | first_name=Zoé",
         said={"doubtful:0", "doubtful:1"}, kind="contacts"),
    case("columns of names that have no heading",
         ";;E-mail;Tél / Afro;Luc;a@x.example;0123456789 / Blais;Zoé;b@x.example;0123456788",
         "last_name=Afro | first_name=Luc | email=a@x.example", "last_name=Blais | first_name=Zoé",
         said={"doubtful:0", "doubtful:1"}),
    case("whole names without headings",
         "Luc Afro;a@x.example / Zoé Blais;b@x.example",
         "last_name=Afro | first_name=Luc | email=a@x.example", "last_name=Blais | first_name=Zoé", said={"doubtful:0"}),
    case("towns without headings are no names", "Laval;a@x.example / Paris;b@x.example", "last_name=", "last_name="),
    case("bodies without headings are no people",
         "Mairie de Laval;a@x.example / Mairie de Lac;b@x.example", "last_name=", "last_name="),
]  # fmt: skip
