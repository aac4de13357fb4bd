"""Guess the targets of columns from headers and cells (std C21-C25)."""

import pytest
from django.utils.translation import override

from entregent.exchange import columns, fields
from entregent.exchange.constants import guess_constants
from entregent.formats import csv_out, sniff, table


def guessed(headers: str, *rows: str, kind: str = "contacts", separator: str = ";") -> str:
    """Return the targets of headers written on one line, as one line."""
    cells = [row.split(separator) for row in rows]
    return separator.join(columns.guess(headers.split(separator), cells, kind))


def test_french_outlook():
    """std C22: spaces at the end, «Titre» twice told apart by position, two addresses."""
    headers = (
        "Titre;Prénom;Deuxième prénom;Nom;Suffixe;Société ;Service;Titre;Rue (bureau);Rue (bureau) 2;"
        "Ville (bureau);Dép/Région (bureau);Code postal (bureau);Pays/Région (bureau);Rue (domicile);"
        "Ville (domicile);Code postal (domicile);Télécopie (bureau);Téléphone (bureau);Tél. mobile;"
        "Adresse de messagerie;Nom complet de l'adresse de messagerie;Adresse de messagerie 2;Anniversaire;"
        "Catégories;Notes;Page Web;Utilisateur 1"
    )
    assert guessed(headers) == (
        "civility;first_name;middle_name;last_name;note;organisation;note;function;address;address;"
        "city;province;postal_code;country;address_2;"
        "city_2;postal_code_2;fax;phone;mobile;"
        "email;ignore;email_2;birth_date;"
        "tags;notes;website;note"
    )


def test_english_outlook():
    """std C23."""
    headers = (
        "Title;First Name;Middle Name;Last Name;Suffix;Company;Department;Job Title;Business Street;Business City;"
        "Business State;Business Postal Code;Business Country/Region;Home Street;Home City;Business Fax;"
        "Business Phone;Mobile Phone;Company Main Phone;E-mail Address;E-mail Display Name;E-mail 2 Address;"
        "Birthday;Categories;Notes;Web Page"
    )
    assert guessed(headers) == (
        "civility;first_name;middle_name;last_name;note;organisation;note;function;address;city;"
        "province;postal_code;country;address_2;city_2;fax;"
        "phone;mobile;organisation_phone;email;ignore;email_2;"
        "birth_date;tags;notes;website"
    )


def test_thunderbird():
    """std C23."""
    headers = (
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,"
        "Mobile Number,Home Address,Home City,Work Address,Work City,Work ZipCode,Job Title,Organization,Web Page 1"
    )
    assert guessed(headers, separator=",") == (
        "first_name,last_name,ignore,ignore,email,email_2,phone,phone_2,"
        "mobile,address_2,city_2,address,city,postal_code,function,organisation,website"
    )


def test_google_old_and_current():
    """std C23: labels and types are no values."""
    old = (
        "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
        "E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title"
    )
    assert guessed(old, separator=",") == (
        "ignore,first_name,middle_name,last_name,tags,ignore,email,email_2,ignore,phone,organisation,function"
    )
    current = (
        "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
        "Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,"
        "Organization Name,Organization Title,Website 1 - Value,Photo"
    )
    assert guessed(current, separator=",") == (
        "first_name,last_name,tags,ignore,email,ignore,phone,"
        "ignore,ignore,address,city,postal_code,organisation,function,website,ignore"
    )


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", [fields.CONTACTS, fields.ORGANISATIONS])
def test_our_own_template_maps_itself(make, kind, language):
    """Every label of a target is recognised as that target, in both languages, and so is the template."""
    with override(language):
        offered = fields.targets(kind)
        headers, example = fields.template(kind)
        labels = [str(field.label) for field in offered]
    found = [columns.guess([label], [], kind)[0] for label in labels]
    assert found == [field.code for field in offered]
    path = make(b"".join(csv_out.write(headers, [example])))
    seen = table.look(path, sniff.recognise(path))
    assert "ignore" not in columns.guess(seen.headers, [example], kind)


def test_french_labels_to_the_letter():
    """Mission C2."""
    with override("fr"):
        labels = {str(field.label) for field in fields.targets(fields.CONTACTS)}
    assert {
        "Email", "Nom", "Prénom", "Société", "Adresse", "Code postal", "Ville", "Pays", "Province", "Téléphone",
        "N° TVA Intra", "Ne pas importer", "Ajouter aux notes",
    } <= labels  # fmt: skip


@pytest.mark.parametrize("header", ["PRENOM", "prénom ", "Pre\u0301nom", "  Prénom  "])
def test_headers_match_whatever_their_case_and_accents(header):
    """std C25."""
    assert guessed(header) == "first_name"


def test_headers_match_whatever_their_apostrophe():
    """std C25."""
    assert guessed("Nom de l’élu;Nom complet de l’adresse  de messagerie") == "last_name;ignore"


def test_unmapped_columns_are_listed():
    """std C25: a column that nobody knows is not imported."""
    assert columns.guess(["Zorglub"], [["a"], ["b"]], "contacts") == ["ignore"]


def test_mayors(real):
    """`maires.csv` maps itself: person, commune with its code, since when, and the function from its name."""
    path = real("maires.csv")
    seen = table.look(path, sniff.recognise(path))
    rows = [cells for _, cells in seen.rows]
    found = dict(zip(seen.headers, columns.guess(seen.headers, rows, "contacts"), strict=True))
    assert {header: target for header, target in found.items() if target != "ignore"} == {
        "Libellé du département": "organisation_province",
        "Libellé de la collectivité à statut particulier": "organisation_province",
        "Code de la commune": "organisation_code",
        "Libellé de la commune": "organisation",
        "Nom de l'élu": "last_name",
        "Prénom de l'élu": "first_name",
        "Date de naissance": "birth_date",
        "Date de début de la fonction": "since",
    }
    assert guess_constants(path.name, seen.headers) == {"function": "Maire"}
    assert columns.guess_kind(seen.headers, rows) == "contacts"


def test_prada(real):
    """`prada.csv` maps itself: administration, whole address, postal code and city in one cell, function PRADA."""
    path = real("prada.csv")
    seen = table.look(path, sniff.recognise(path))
    rows = [cells for _, cells in seen.rows]
    assert columns.guess(seen.headers, rows, "contacts") == [
        "province", "organisation", "first_name", "last_name", "email", "address_block", "postal_city",
    ]  # fmt: skip
    assert guess_constants("export.csv", seen.headers) == {"function": "PRADA"}


def test_quebec_municipalities():
    """A municipality with its mayor, in words and in the register's own short names."""
    row = "01023;Les Îles;M;1 rue X;G4T 1A1;418 555-0100;;a@b.example;www.x.example;11 Gaspésie;Iles;Jean Roy;1200"
    headers = (
        "Code géographique;Municipalité;Désignation;Adresse;Code postal;Téléphone;Télécopieur;Courriel;Site Web;"
        "Région administrative;MRC;Maire;Population"
    )
    assert guessed(headers, row, row, row) == (
        "organisation_code;organisation;note;address;postal_code;phone;fax;email;website;"
        "province;province;whole_name;ignore"
    )
    assert guess_constants("mun.csv", headers.split(";")) == {"function": "Maire"}
    assert guessed("mcode;munnom;madr1;mcodpos;mtel;mfax;mcourriel;mweb;mmaire;regadm") == (
        "organisation_code;organisation;address;postal_code;phone;fax;email;website;whole_name;province"
    )


def test_town_hall_mailboxes():
    """A file of communes with an address and nobody in it is one of organisations."""
    headers = "Nom de la commune;Code Insee;Code postal;Adresse courriel;Téléphone;Site internet"
    assert columns.guess_kind(headers.split(";"), []) == "organisations"
    assert guessed(headers, kind="organisations") == "name;code;postal_code;email;phone;website"


def test_public_bodies():
    """Registers' numbers go to their fields."""
    headers = "SIRET;Dénomination;Catégorie juridique;Adresse;Code postal;Commune;Courriel;Téléphone"
    assert guessed(headers, kind="organisations") == "siret;name;ignore;address;postal_code;city;email;phone"
    assert guessed("NEQ;Nom de l'organisme;Nom du dirigeant;Courriel", kind="organisations") == "neq;name;note;email"


def test_a_town_is_a_city_beside_an_address():
    """Nom, Prénom, Adresse, CP, Commune: where people live."""
    assert guessed("Nom;Prénom;Adresse;CP;Commune;Mail") == "last_name;first_name;address;postal_code;city;email"


def test_what_belongs_to_the_organisation():
    """Courriel de l'établissement is not that of its director."""
    headers = (
        "Nom de l'établissement;Nom du directeur;Prénom du directeur;Courriel de l'établissement;"
        "Adresse de l'établissement;Code postal;Ville"
    )
    assert guessed(headers) == (
        "organisation;last_name;first_name;organisation_email;"
        "organisation_address;organisation_postal_code;organisation_city"
    )
    assert guess_constants("x.csv", headers.split(";")) == {"function": "Directeur"}


def test_cells_deny_a_header():
    """«E-mail envoyé» with oui and non in it is no e-mail; two words in «Nom» are a whole name."""
    row = "DUPONT Marie;oui;01 99 00 12 34"
    assert guessed("Nom;E-mail envoyé;Téléphone", row, row, row, row) == "whole_name;ignore;phone"


def test_no_header_at_all():
    """std C21: e-mails, phones, postal codes and names are known by their looks."""
    rows = ["DUPONT;Marie;m@lac.example;01 99 00 12 34;75001", "ROY;Léa;l@lac.example;01 99 00 12 35;01004"]
    assert guessed(";;;;", *rows, *rows) == "last_name;first_name;email;phone;postal_code"


@pytest.mark.parametrize(
    ("filename", "headers", "function"),
    [
        ("prefets.csv", ["Nom de l'élu"], "Préfet"),
        ("elus-conseillers-municipaux-2024.csv", ["Date du mandat"], "Conseiller municipal"),
        ("maires.csv", ["Nom", "Prénom"], ""),  # nothing in it speaks of an office
        ("maires.csv", ["Nom de l'élu", "Fonction"], ""),  # it has a column for it
        ("contacts.csv", ["Nom de l'élu"], ""),
        ("x.csv", ["Nom du maire", "Nom du directeur"], ""),
        ("x.csv", ["NOM", "PRENOM", "EMAIL"], ""),
        ("x.csv", ["Code INSEE", "Nom INSEE"], ""),
    ],
)
def test_function_of_a_whole_file(filename, headers, function):
    """Told by the file's name or by what its headers share; none where nothing says it."""
    assert guess_constants(filename, headers).get("function", "") == function
