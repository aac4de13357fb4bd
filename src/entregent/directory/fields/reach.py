"""Fields of e-mails, phones, postal addresses and websites."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .field import Column, Door, Field, Section
from .field_types import Addresses, Ways
from .identity import BY_SEARCH, NOT_ASKED, SHEET

EMAILS = Field(
    "emails", _("E-mail addresses"), Ways("email", _("Email")), searched=True, key_of_duplicates=True, vcard="EMAIL",
    section=Section.ESSENTIALS, heading=pgettext_lazy("column", "Email"), example="elodie.tremblay@lac.example",
    headers="""email, e-mail, mail, mél, courriel, adresse e-mail, adresse email, adresse mail, adresse courriel,
    adresse de courriel, adresse électronique, adresse de messagerie, courrier électronique, e-mail address,
    email address, primary email, première adresse électronique, e-mail 1 - value, mail principal, courriel principal,
    main email""",
    more_columns=(
        Column(
            "email_2", _("Email 2"),
            headers="""email 2, e-mail 2, courriel 2, adresse de messagerie 2, adresse de messagerie (2),
            e-mail 2 address, secondary email, adresse électronique secondaire, e-mail 2 - value, autre email,
            autre courriel""",
        ),
        Column(
            "email_3", _("Email 3"),
            headers="email 3, e-mail 3, courriel 3, adresse de messagerie 3, e-mail 3 address, e-mail 3 - value",
        ),
    ),
    absent={Door.FILTER: BY_SEARCH},
)  # fmt: skip
PHONES = Field(
    "phones", _("Phone numbers"), Ways("phone", _("Phone")), searched=True, key_of_duplicates=True, vcard="TEL",
    section=Section.ESSENTIALS, heading=pgettext_lazy("column", "Phone"), example="01 99 00 12 34",
    headers="""téléphone, tél, tél., tel, phone, telephone, phone number, numéro de téléphone, n° de téléphone,
    téléphone fixe, téléphone (bureau), tél. bureau, tél. professionnel, téléphone professionnel, business phone,
    work phone, primary phone, phone 1 - value, téléphone principal, fixe, standard""",
    more_columns=(
        Column(
            "phone_2", _("Phone 2"),
            headers="""téléphone 2, phone 2, téléphone 2 (bureau), téléphone (domicile), téléphone 2 (domicile),
            home phone, home phone 2, business phone 2, phone 2 - value, phone 3 - value, phone 4 - value,
            tél. personnel, téléphone personnel, tél. domicile, téléphone (autre), other phone, autre téléphone,
            téléphone secondaire""",
        ),
        Column(
            "mobile", _("Mobile phone"), example="06 39 98 12 34",
            headers="""mobile, portable, gsm, cellulaire, tél. mobile, téléphone mobile, téléphone portable,
            tél. portable, mobile phone, mobile number, cell, cell phone, cellphone, natel""",
        ),
        Column(
            "fax", _("Fax"),
            headers="""fax, télécopie, télécopieur, télécopie (bureau), télécopie (domicile), business fax, home fax,
            fax number, numéro de fax""",
        ),
    ),
    absent={Door.FILTER: BY_SEARCH},
)  # fmt: skip
ADDRESSES = Field(
    "addresses", _("Addresses"), Addresses(), searched=True, vcard="ADR", section=Section.ADDRESS,
    filter="city", heading=pgettext_lazy("column", "Address"), example="12 rue des Églises",
    headers="""adresse, rue, voie, street, address, street address, adresse postale, postal address, address line 1,
    address line 2, address 1, address 2, adresse 1, adresse 2, adresse 3, complément d'adresse, rue (bureau),
    rue (bureau) 2, rue (bureau) 3, adresse professionnelle, adresse professionnelle 2, business street,
    business street 2, business street 3, work address, work address 2, address 1 - street,
    address 1 - extended address, address 1 - po box, bp, boîte postale, po box, street 2, lieu-dit""",
    more_columns=(
        Column(
            "postal_code", pgettext_lazy("column", "Postal code"), example="01000",
            headers="""code postal, cp, postal code, zip, zip code, zipcode, postcode, npa, code postal (bureau),
            business postal code, work zipcode, address 1 - postal code""",
        ),
        Column(
            "city", pgettext_lazy("column", "City"), example="Bourg-en-Bresse",
            headers="""ville, city, town, localité, ville (bureau), business city, work city, address 1 - city,
            bureau distributeur""",
        ),
        Column(
            "province", pgettext_lazy("column", "Province"), example="Ain",
            headers="""province, département, state, région, canton, county, dép/région (bureau), dép/région,
            état / province, etat, business state, work state, address 1 - region, province/état""",
        ),
        Column(
            "country", pgettext_lazy("column", "Country"), example="France",
            headers="""pays, country, pays (bureau), pays/région (bureau), pays/région, business country,
            business country/region, work country, address 1 - country, country/region""",
        ),
        Column(
            "address_2", _("Second address: street"),
            headers="""rue (domicile), rue (domicile) 2, rue (domicile) 3, home street, home street 2, home street 3,
            home address, home address 2, adresse privée, adresse privée 2, adresse personnelle, address 2 - street,
            address 2 - extended address, address 2 - po box""",
        ),
        Column(
            "postal_code_2", _("Second address: postal code"),
            headers="code postal (domicile), home postal code, home zipcode, address 2 - postal code",
        ),
        Column("city_2", _("Second address: city"), headers="ville (domicile), home city, address 2 - city"),
        Column(
            "province_2", _("Second address: province"),
            headers="dép/région (domicile), home state, address 2 - region",
        ),
        Column(
            "country_2", _("Second address: country"),
            headers="pays (domicile), pays/région (domicile), home country, home country/region, address 2 - country",
        ),
    ),
)  # fmt: skip
WEBSITES = Field(
    "websites", _("Websites"), Ways("website", _("Website")), vcard="URL", section=Section.MORE,
    heading=_("Website"), example="https://lac.example",
    headers="""site, site web, site internet, website, web site, url, page web, web page, web page 1, web page 2,
    site web 1, page web personnelle, personal web page, website 1 - value, website 2 - value, adresse du site,
    homepage, home page""",
    absent={Door.LIST: "a row shows how to write and to call", Door.FILTER: NOT_ASKED, Door.SHEET: SHEET},
)  # fmt: skip
