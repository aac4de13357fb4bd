"""Convert a row of cells to a card (std C24, C26, C27; F8, F10, F12, F16)."""

import pytest

from entregent.exchange import cell_values, columns
from entregent.exchange.cells import RowReader
from entregent.exchange.constants import guess_constants
from entregent.formats import sniff, table


def read(constants=None, **cells):
    """Return (card, codes of the problems) of a row given as target=cell."""
    card, problems = RowReader(list(cells), list(cells), constants or {}).read(list(cells.values()))
    return card, [problem.code for problem in problems]


def test_the_whole_of_a_row():
    """Each field where the directory wants it."""
    card, problems = read(
        {"function": "Maire", "tags": "Import"}, last_name=" Roy ", first_name="Léa", middle_name="Anne",
        civility="Mme",
        email="lea@lac.example", email_2="l@lac.example", phone="01 99 00 12 34", mobile="06 39 98 12 34",
        address="1 rue X", postal_code="01004", city="Bourg", province="Ain", country="France",
        city_2="Laval", organisation="Lac", organisation_code="01004", organisation_city="Bourg",
        since="26/05/2020", birth_date="1980-11-21", website="lac.example", active="non", notes="à voir",
        vat_number="FR1",
    )  # fmt: skip
    assert problems == []
    assert card == {
        "last_name": "Roy", "first_name": "Léa Anne", "civility": "Mme", "vat_number": "FR1",
        "birth_date": "1980-11-21", "notes": "à voir", "active": False, "tags": ["Import"],
        "emails": [{"value": "lea@lac.example", "label": ""}, {"value": "l@lac.example", "label": ""}],
        "phones": [{"value": "01 99 00 12 34", "label": ""}, {"value": "06 39 98 12 34", "label": "mobile"}],
        "websites": [{"value": "lac.example", "label": ""}],
        "addresses": [
            {"label": "", "street": "1 rue X", "postal_code": "01004", "city": "Bourg", "province": "Ain",
             "country": "France"},
            {"label": "", "street": "", "postal_code": "", "city": "Laval", "province": "", "country": ""},
        ],
        "positions": [
            {"organisation_name": "Lac", "function": "Maire", "organisation_code": "01004",
             "organisation_city": "Bourg", "since": "2020-05-26"}
        ],
    }  # fmt: skip


def test_a_constant_gives_way_to_the_row():
    """What every row shares fills only what a row leaves empty."""
    assert (
        read({"function": "Maire"}, function="Adjoint", organisation="Lac")[0]["positions"][0]["function"]
        == "Adjoint"
    )


def test_google_separators():
    """std C24: " ::: " between values, "* " before the primary one, "* myContacts" is no tag."""
    card, _ = read(email="* a@b.example ::: c@d.example", phone="01 99 00 12 34 ::: 01 99 00 12 35",
                   tags="* myContacts ::: Presse")  # fmt: skip
    assert [item["value"] for item in card["emails"]] == ["a@b.example", "c@d.example"]
    assert len(card["phones"]) == 2
    assert card["tags"] == ["Presse"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@b.example", ["a@b.example"]),
        ("a@b.example; c@d.example", ["a@b.example", "c@d.example"]),
        ("a@b.example,c@d.example a@b.example", ["a@b.example", "c@d.example"]),
        ("Léa Roy <a@b.example>", ["a@b.example"]),
        ("prenom.nom @ville.example", ["prenom.nom@ville.example"]),
        ("pas d'arobase", ["pas d'arobase"]),  # the directory says what is wrong
    ],
)
def test_emails_of_a_cell(cell, found):
    """Several addresses in one cell, and addresses that a space broke."""
    assert cell_values.emails(cell) == (found, [])


@pytest.mark.parametrize("cell", ["http://www.lac.example", "www.lac.example", "prada.doubs.fr"])
def test_a_site_in_an_email_column(cell):
    """std C27: not stored as an address; kept in the notes and told."""
    card, problems = read(last_name="Roy", email=cell)
    assert (card, problems) == ({"last_name": "Roy", "notes": f"email\xa0: {cell}"}, ["site_as_email"])


@pytest.mark.parametrize("cell", ["inconnu", "0000000000", "NA", "-", "néant", "Poste Vacant", "N/A"])
def test_placeholders(cell):
    """std C27: not stored, counted."""
    card, problems = read(last_name=cell, email=cell, phone=cell, organisation=cell, city=cell)
    assert card == {}
    assert problems == ["placeholder"] * 5


def test_real_names_that_look_like_placeholders():
    """Mme NÉANT and the commune of Aucun exist: what goes with a word tells a name."""
    card, problems = read(last_name="NÉANT", first_name="Léa", organisation="Aucun", organisation_code="65034")
    assert (card["last_name"], card["positions"][0]["organisation_name"], problems) == ("NÉANT", "Aucun", [])
    assert read(last_name="Inconnu", first_name="Léa")[1] == ["placeholder"]


def test_codes_are_text():
    """std C26: zeros are kept; a 4-digit postal code gets its zero back only when asked."""
    assert read(postal_code="01004", city="X")[0]["addresses"][0]["postal_code"] == "01004"
    assert read(postal_code="1004", city="X")[0]["addresses"][0]["postal_code"] == "1004"
    repairing = RowReader(["postal_code", "city", "phone"], repair_zeros=True)
    card, _ = repairing.read(["1004", "X", "199001234"])
    assert (card["addresses"][0]["postal_code"], card["phones"][0]["value"]) == ("01004", "0199001234")
    belgian = RowReader(["postal_code", "city", "country"], repair_zeros=True)
    assert belgian.read(["1000", "Bruxelles", "Belgique"])[0]["addresses"][0]["postal_code"] == "1000"


@pytest.mark.parametrize(
    ("cell", "code", "city"),
    [("85021 / LA ROCHE-SUR-YON CEDEX", "85021", "LA ROCHE-SUR-YON CEDEX"), ("01004 Bourg", "01004", "Bourg")],
)
def test_postal_code_and_city_in_one_cell(cell, code, city):
    """std F9."""
    address = read(postal_city=cell)[0]["addresses"][0]
    assert (address["postal_code"], address["city"]) == (code, city)


def test_address_in_one_cell():
    """A block gives its parts, unless other columns give them."""
    alone = read(address_block="Mairie\n1 rue X\n01004 Bourg")[0]["addresses"][0]
    assert (alone["street"], alone["postal_code"], alone["city"]) == ("Mairie\n1 rue X", "01004", "Bourg")
    beside = read(address_block="Mairie\n1 rue X", postal_city="01004 / BOURG CEDEX")[0]["addresses"][0]
    assert (beside["street"], beside["city"]) == ("Mairie\n1 rue X", "BOURG CEDEX")


def test_whole_name():
    """Capitals tell the last name; it is counted."""
    card, problems = read(whole_name="Mme ROY Léa")
    assert (card, problems) == ({"last_name": "ROY", "first_name": "Léa", "civility": "Mme"}, ["name_split"])


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("01 99 00 12 34 / 06 39 98 12 34", ["01 99 00 12 34", "06 39 98 12 34"]),
        ("01 99 00 12 34 ou 01 99 00 12 35", ["01 99 00 12 34", "01 99 00 12 35"]),
        ("03 23 00 12 34 / appeler le 17", ["03 23 00 12 34 / appeler le 17"]),
        ("01 99 00 12 34 poste 12", ["01 99 00 12 34 poste 12"]),
    ],
)
def test_phones_of_a_cell(cell, numbers):
    """std F12: two numbers are two, a number with a note is one."""
    assert cell_values.phones(cell) == numbers


def test_nothing_typed_is_lost():
    """What a field can't hold goes to the notes behind its column's name, and is counted."""
    reader = RowReader(
        ["last_name", "phone", "civility", "birth_date", "website", "note", "function"],
        ["Nom", "Tél.", "Civ.", "Né", "Site", "Sigle", "Poste"],
    )
    card, problems = reader.read(
        ["Roy", "voir le secrétariat", "Monsieur le maire", "1980", "en travaux", "b", "Chef"]
    )
    assert sorted(card) == ["last_name", "notes"]
    for kept in ("voir le secrétariat", "Monsieur le maire", "1980", "en travaux", "Chef"):
        assert kept in card["notes"]
    assert "Sigle" in card["notes"]
    assert len(problems) == 5


def test_dates(monkeypatch):
    """std F16: day first unless the file says else; what is no date is left for the directory to refuse."""
    assert read(birth_date="03/04/1980")[0]["birth_date"] == "1980-04-03"
    american = RowReader(["birth_date"], date_order="mdy")
    assert american.read(["03/04/1980"])[0]["birth_date"] == "1980-03-04"
    assert read(birth_date="31/02/1980")[0]["birth_date"] == "31/02/1980"


@pytest.mark.parametrize(
    ("cells", "order"),
    [(["03/04/1980", "13/04/1980"], "dmy"), (["03/04/1980", "04/13/1980"], "mdy"), (["03/04/1980"], "")],
)
def test_order_of_dates(cells, order):
    """std F16: the file itself tells, or the import asks."""
    assert cell_values.date_order(cells) == order


def test_shifted_cells():
    """A row with a filled cell too many is refused; empty ones too many or too few are no matter."""
    reader = RowReader(["last_name", "first_name"])
    assert [problem.fatal for problem in reader.read(["Roy", "Léa", "x"])[1]] == [True]
    assert reader.read(["Roy", "Léa", "", ""]) == ({"last_name": "Roy", "first_name": "Léa"}, [])
    assert reader.read(["Roy"]) == ({"last_name": "Roy"}, [])


@pytest.mark.parametrize(("name", "rows"), [("maires.csv", 34_921), ("prada.csv", 1_704)])
def test_real_files_load_wholly(real, name, rows, sample, tmp_path):
    """Every row of the state's files gives a person with both names, a function and an organisation."""
    path = real(name)
    if name == "maires.csv":
        path, rows = sample.rows(path, tmp_path, one_in=5)
    format = sniff.recognise(path)
    seen = table.look(path, format)
    mapping = columns.guess(seen.headers, [cells for _, cells in seen.rows], "contacts")
    reader = RowReader(mapping, seen.headers, guess_constants(name, seen.headers))
    cards = [reader.read(cells)[0] for _, cells in table.read(path, format)]
    assert len(cards) == rows
    for card in cards:
        place = card["positions"][0]
        assert card["last_name"]
        assert card["first_name"]
        assert place["organisation_name"]
        assert place["function"] in ("Maire", "PRADA")
    if name == "prada.csv":
        assert all(card["addresses"][0]["postal_code"].isdigit() for card in cards if "addresses" in card)


def test_json_names_no_sign_that_a_database_can_t_store():
    assert cell_values.unpacked('["a\\ud83d", "b\\u0000"]') == "a; b"
