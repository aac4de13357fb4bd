"""Read vCards as real clients write them (std C1-C17)."""

import pytest

from entregent.exchange.vcard import reading as vcard
from entregent.formats import sniff

ONE = ["BEGIN:VCARD", "VERSION:3.0", "N:Roy;Léa;;;", "FN:Léa Roy", "END:VCARD"]


@pytest.fixture
def cards(make):
    """Return a function that reads the cards of a text."""

    def read(text: str | bytes, **options):
        path = make(text, "a.vcf", **options)
        return list(vcard.read(path, sniff.recognise(path).encoding))

    return read


@pytest.fixture
def card(cards):
    """Return a function that reads a card of the given lines."""

    def read(*lines: str, version: str = "3.0") -> dict:
        text = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
        [(_, found, _)] = cards(text)
        return found

    return read


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings(cards, line_end, encoding):
    """std C1: several cards, any line end, BOM, UTF-16, missing final newline, lower case, blanks, indents."""
    text = line_end.join([*ONE, "", *(f"  {line.lower()}" for line in ONE[:2]), *ONE[2:]])
    assert [found for _, found, _ in cards(text, encoding=encoding)] == [
        {"last_name": "Roy", "first_name": "Léa"}
    ] * 2


def test_a_broken_card_does_not_stop_the_others(cards):
    """std C1: reported with its number."""
    found = cards("\n".join([*ONE, *ONE[:-1], *ONE, "BEGIN:VCARD", "VERSION:3.0", "END:VCARD"]))
    assert [(number, [p.code for p in problems if p.fatal]) for number, _, problems in found] == [
        (1, []),
        (2, ["vcard_not_ended"]),
        (3, []),
        (4, ["vcard_nobody"]),
    ]


def test_charset_of_each_property(cards):
    """std C2: Outlook mixes charsets in one card; what says nothing is UTF-8, else Windows-1252."""
    lines = [b"BEGIN:VCARD", b"VERSION:2.1", "N;CHARSET=Windows-1252:Hélène;Zoé".encode("cp1252")]
    lines += ["ORG;CHARSET=utf-8:Société".encode(), "NOTE:œuvre à 5 €".encode("cp1252"), b"END:VCARD"]
    [(_, found, _)] = cards(b"\r\n".join(lines))
    assert (found["last_name"], found["notes"]) == ("Hélène", "œuvre à 5 €")
    assert found["positions"][0]["organisation_name"] == "Société"


def test_quoted_printable(card):
    """std C3: soft breaks are joined, bytes are decoded after it, =0D=0A is a line break."""
    found = card("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Hi=C3=", "=A9lo;X", version="2.1")
    assert found["last_name"] == "Hiélo"
    found = card("N:a;b", "NOTE;ENCODING=QUOTED-PRINTABLE:un=0D=0A=", "deux =3D trois=", "", version="2.1")
    assert found["notes"] == "un\ndeux = trois"


def test_folding_inside_a_character(cards):
    """std C4: a fold in the middle of a UTF-8 character."""
    text = "\r\n".join(ONE).encode().replace("é".encode(), b"\xc3\r\n \xa9")
    assert cards(text)[0][1]["first_name"] == "Léa"


def test_escapes(card):
    r"""std C5: \n \N \, \; \\ and Google's \:."""
    found = card("N:Le Roy\\, fils;Léa", r"NOTE:a\nb\Nc\, d\; e\\n", r"URL:http\://lac.example", r"ORG:A\;B;C")
    assert found["last_name"] == "Le Roy, fils"
    assert found["notes"] == "a\nb\nc, d; e\\n"
    assert found["websites"] == [{"value": "http://lac.example", "label": ""}]
    assert found["positions"][0]["organisation_name"] == "A;B"


@pytest.mark.parametrize(
    "lines", [["N:;;;;", "ORG:Lac"], ["FN:Lac", "ORG:Lac", "X-ABShowAs:COMPANY"], ["FN:Lac", "KIND:org"]]
)
def test_organisations(card, lines):
    """std C6: N empty and ORG filled, X-ABShowAs:COMPANY or KIND:org."""
    assert card(*lines) == {"kind": "o", "name": "Lac"}


def test_name_from_fn(cards):
    """std C6: without N, FN is split and said to be."""
    [(_, found, problems)] = cards("BEGIN:VCARD\nVERSION:4.0\nFN:Mme Léa ROY\nEND:VCARD")
    assert (found["civility"], found["first_name"], found["last_name"]) == ("Mme", "Léa", "ROY")
    assert [problem.code for problem in problems] == ["name_split"]


def test_groups_and_labels(card):
    """std C8: Apple's own labels become ours, free ones stay, those of unknown properties too."""
    found = card(
        "N:a;b", "item1.TEL:1", "item1.X-ABLabel:_$!<AssistantPhone>!$_", "item2.TEL:2", "item2.X-ABLabel:Chalet",
        "item3.X-ABRELATEDNAMES:Bo", "item3.X-ABLabel:_$!<Spouse>!$_",
    )  # fmt: skip
    assert [phone["label"] for phone in found["phones"]] == ["assistant", "Chalet"]
    assert found["extra"] == ["item3.X-ABRELATEDNAMES:Bo", "ITEM3.X-ABLabel:_$!<Spouse>!$_"]


def test_types_in_any_spelling(card):
    """std C9: TYPE=a,b · type=a;type=b · bare words; what is preferred comes first, a fax last."""
    found = card(
        "N:a;b", "TEL;WORK;FAX:1", "TEL;TYPE=cell,voice:2", "TEL;type=HOME;type=pref:3", "TEL;PREF=1;TYPE=work:4"
    )
    assert [(p["value"], p["label"]) for p in found["phones"]] == [
        ("3", "home"),
        ("4", "work"),
        ("2", "mobile"),
        ("1", "fax"),
    ]


def test_phone_as_uri(card):
    """std C10: tel: with an extension."""
    found = card("N:a;b", "TEL;VALUE=uri;TYPE=work:tel:+33-1-99-00-12-34;ext=12", version="4.0")
    assert found["phones"] == [{"value": "+33 1 99 00 12 34 poste 12", "label": "work"}]


def test_address(card):
    """std C11: box and extension are lines, LABEL counts only without ADR."""
    found = card("N:a;b", r"ADR;TYPE=HOME:BP 3;Bât. A;1 rue X\nBourg;Laval;Québec;H2X 1Y4;Canada", "LABEL:autre")
    assert found["addresses"] == [
        {"street": "Bât. A\n1 rue X\nBourg\nBP 3", "postal_code": "H2X 1Y4", "city": "Laval", "province": "Québec",
         "country": "Canada", "label": "home"}
    ]  # fmt: skip
    assert card("N:a;b", r"LABEL:1 rue X\n75001 Paris")["addresses"][0]["street"] == "1 rue X\n75001 Paris"


def test_organisation_and_function(card):
    """std C12: ORG is organisation and service, TITLE the function; the service comes back at export."""
    found = card("N:a;b", "ORG:Lac;Accueil;Été", "TITLE:Trésorière", "ROLE:Comptes")
    place = found["positions"][0]
    assert place == {"organisation_name": "Lac", "service": "Accueil / Été", "function": "Trésorière"}
    assert found["extra"] == ["X-ENTREGENT-SERVICE:Accueil / Été", "ROLE:Comptes"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("BDAY:19220310", "1922-03-10"),
        ("BDAY;VALUE=date:1922-03-10", "1922-03-10"),
        ("BDAY:1922-03-10T00:00:00Z", "1922-03-10"),
        ("BDAY:--0310", None),
        ("BDAY:1604-03-10", None),
        ("BDAY;X-APPLE-OMIT-YEAR=1904:1904-03-10", None),
    ],
)
def test_birthdays(card, line, date):
    """std C14: without a year it is no date of birth, but is kept."""
    found = card("N:a;b", line)
    assert found.get("birth_date") == date
    assert (found.get("extra") is None) == (date is not None)


def test_tags_notes_links(card):
    """std C15: Google's own group is no tag, notes keep their lines, what is no website is kept apart."""
    found = card("N:a;b", "CATEGORIES:myContacts,Presse,Été", "URL:www.lac.example", "X-SKYPE:lea", "URL:skype:lea")
    assert found["tags"] == ["Presse", "Été"]
    assert found["websites"] == [{"value": "www.lac.example", "label": ""}]
    assert found["extra"] == ["X-SKYPE:lea", "URL:skype:lea"]


def test_uid_unknown_and_bad_rev(cards):
    """std C16, C17: any UID, unknown properties word for word, a malformed REV is no matter."""
    text = "BEGIN:VCARD\nVERSION:3.0\nN:a;b\nUID:AAA/B=+c==\nREV:never\nX-THING;TYPE=x:un\\, deux\nEND:VCARD"
    [(_, found, problems)] = cards(text)
    assert (found["uid"], found["extra"], problems) == ("AAA/B=+c==", ["X-THING;TYPE=x:un\\, deux"], [])


def test_control_characters(card):
    """std C19: stripped at every input."""
    assert card("N:Ro\x01y;Lé\x00a")["last_name"] == "Roy"


@pytest.mark.parametrize("name", ["IPHONE", "MS_OUTLOOK"])
def test_real_john_doe(real, name):
    """std C1-C15 on the cards of two clients: 2.1 and 3.0 say the same person."""
    [(_, found, problems)] = vcard.read(real(f"vcards/John_Doe_{name}.vcf"))
    assert (found["last_name"], found["first_name"], found["civility"]) == ("Doe", "John Richter James", "M.")
    assert found["positions"] == [{"organisation_name": "IBM", "service": "Accounting", "function": "Money Counter"}]
    assert found["addresses"][-1]["city"] == "New York"
    assert found["websites"][0]["value"] == "http://www.ibm.com"
    assert [problem.code for problem in problems] == ["photo_ignored"]


def test_real_android(real):
    """std C3: quoted-printable with soft breaks, cards with an e-mail alone."""
    found = [card for _, card, _ in vcard.read(real("vcards/John_Doe_ANDROID.vcf"))]
    assert len(found) == 6
    assert found[0] == {"emails": [{"value": "john.doe@company.com", "label": ""}]}
    assert found[3]["last_name"] == " ".join("Ñ" * 11)
    assert found[5]["positions"][0]["organisation_name"] == "Ñ" * 44


def test_real_gmail(real):
    """std C5, C8: escaped colons, free labels, 11 phones."""
    [(_, found, problems)] = vcard.read(real("vcards/gmail-single2.vcf"))
    assert [site["value"] for site in found["websites"]] == [f"http://www.example{n}.com" for n in range(1, 7)]
    assert {"label": "CustomEmailCategory", "value": "customcategory@example.com"} in found["emails"]
    assert len(found["phones"]) == 11
    assert found["notes"].splitlines() == ["note line 1", "note line 2", "CustomField: field value"]
    assert problems == []
