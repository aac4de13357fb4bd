"""Countries, postal codes and addresses (std F8-F11, C26)."""

import csv
from pathlib import Path

import pytest

from entregent.kernel.addresses import address_lines, split_address_block
from entregent.kernel.countries import countries, country_code, province_name, provinces
from entregent.kernel.errors import Bad
from entregent.kernel.postcodes import check_postal_code, looks_like_postal_city, split_locality

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "prada.csv"


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("FR", " 75 001", "75001"),
        ("FR", "F-01004", "01004"),
        ("CA", "j0e1b0", "J0E 1B0"),
        ("CA", "H2X-1Y4", "H2X 1Y4"),
        ("BE", "B-1000", "1000"),
        ("CH", "CH-1200", "1200"),
        ("LU", "L-1234", "1234"),
        ("US", "95014-1234", "95014-1234"),
        ("GB", "sw1a 1aa", "SW1A 1AA"),
        ("NL", "1234 ab", "1234 AB"),
        ("ZZ", " any  thing ", "ANY THING"),
        ("FR", "", ""),
    ],
)
def test_postal_code(country: str, typed: str, kept: str) -> None:
    assert check_postal_code(country, typed) == kept


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        ("FR", "1004"),
        ("FR", "7500A"),
        ("FR", "٧٥٠٠١"),
        ("BE", "0100"),
        ("BE", "75001"),
        ("LU", "F-1234"),
        ("CA", "W0E 1B0"),
        ("CA", "H2D 1Y4"),
        ("CA", "H2X 1O4"),
        ("DE", "123"),
    ],
)
def test_postal_code_of_another_form(country: str, typed: str) -> None:
    with pytest.raises(Bad) as caught:
        check_postal_code(country, typed)
    assert caught.value.code == "postal_code"
    assert check_postal_code(country, str(caught.value.params["example"]))


@pytest.mark.parametrize(
    ("typed", "locality"),
    [
        ("85021 / LA ROCHE-SUR-YON CEDEX", ("85021", "LA ROCHE-SUR-YON CEDEX", "")),
        ("75001 Paris", ("75001", "Paris", "")),
        ("75 001 Paris", ("75001", "Paris", "")),
        ("Paris (75001)", ("75001", "Paris", "")),
        ("44000 Nantes Cedex 2", ("44000", "Nantes Cedex 2", "")),
        ("L-1234 Luxembourg", ("1234", "Luxembourg", "")),
        ("Montréal (Québec)  H2X 1Y4", ("H2X 1Y4", "Montréal", "Québec")),
        ("Montréal, QC h2x1y4", ("H2X 1Y4", "Montréal", "Québec")),
        ("Paris", ("", "Paris", "")),
        ("75001", ("75001", "", "")),
        ("BP 90419", ("", "BP 90419", "")),
        ("1000 rue d'Alco", ("", "1000 rue d'Alco", "")),
        ("Jeux de Paris 2024", ("", "Jeux de Paris 2024", "")),
    ],
)
def test_locality(typed: str, locality: tuple[str, str, str]) -> None:
    assert split_locality(typed) == locality
    assert looks_like_postal_city(typed) == bool(locality[0] and locality[1])


def test_locality_by_country() -> None:
    assert split_locality("Bruxelles 1000", "BE") == ("1000", "Bruxelles", "")
    assert split_locality("Sherbrooke (QC)", "CA") == ("", "Sherbrooke", "Québec")


@pytest.mark.parametrize(
    ("block", "country", "expected"),
    [
        ("Mairie\n12, rue X\n75001 Paris\nFrance", "FR", ("Mairie\n12, rue X", "75001", "Paris", "", "FR")),
        ("12, rue X - 85000 La Roche", "FR", ("12, rue X", "85000", "La Roche", "", "")),
        ("12 rue X, 75001 Paris, France", "BE", ("12 rue X", "75001", "Paris", "", "FR")),
        (
            "Rue X 16, B-1000 Bruxelles (Belgique)",
            "FR",
            ("Rue X 16", "1000", "Bruxelles", "", "BE"),
        ),
        (
            "10, rue des Églises O., Montréal (Québec)  H2X 1Y4",
            "CA",
            ("10, rue des Églises O.", "H2X 1Y4", "Montréal", "Québec", ""),
        ),
        ("Place du Théâtre - BP 829", "FR", ("Place du Théâtre - BP 829", "", "", "", "")),
        ("1000 chemin du Bois\n13100 Aix", "FR", ("1000 chemin du Bois", "13100", "Aix", "", "")),
        ("", "FR", ("", "", "", "", "")),
    ],
)
def test_block(block: str, country: str, expected: tuple[str, ...]) -> None:
    assert tuple(split_address_block(block, country).values()) == expected


def test_lines_as_printed() -> None:
    assert address_lines("10 rue X\nBP 3", "75001", "Paris") == ["10 rue X", "BP 3", "75001 PARIS"]
    assert address_lines("10, rue des Églises O.", "H2X 1Y4", "Montréal", "QC", "CA", "FR") == [
        "10, rue des Églises O.",
        "Montréal (Québec)  H2X 1Y4",
        "CANADA",
    ]
    assert address_lines("1 rue X", "1234", "Luxembourg", "", "LU", "LU") == ["1 rue X", "L-1234 Luxembourg"]
    assert address_lines("Rue X 1", "1000", "Bruxelles", "", "BE", "FR")[1:] == ["1000 Bruxelles", "BELGIQUE"]
    assert address_lines("") == []


def test_countries_are_ours_first_then_in_french_order() -> None:
    found = countries("fr")
    assert [name for _, name in found[:5]] == ["France", "Canada", "Belgique", "Suisse", "Luxembourg"]
    assert [code for code, _ in found[5:8]] == ["AF", "ZA", "AL"]
    assert len(found) == len({code for code, _ in found}) == 250
    # Accents don't send a name to the end: Égypte before Espagne, Îles between Hongrie and Inde.
    codes = [code for code, _ in found]
    assert codes.index("EG") < codes.index("ES") < codes.index("US") < codes.index("FI")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Belgique", "BE"),
        ("BE", "BE"),
        ("belgium", "BE"),
        ("België", "BE"),
        ("Québec", "CA"),
        ("ETATS-UNIS", "US"),
        ("Schweiz", "CH"),
        ("UK", "GB"),
        ("Côte d’Ivoire", "CI"),
        ("FRA", "FR"),
        ("Atlantide", ""),
        ("", ""),
    ],
)
def test_country_code(typed: str, code: str) -> None:
    assert country_code(typed) == code


def test_provinces() -> None:
    assert {code: len(provinces(code)) for code in ("FR", "CA", "BE", "CH", "LU", "ZZ")} == {
        "FR": 102, "CA": 13, "BE": 11, "CH": 26, "LU": 0, "ZZ": 0,
    }  # fmt: skip
    assert dict(provinces("FR"))["2A"] == "Corse-du-Sud"
    assert provinces("FR")[0] == ("01", "Ain")
    assert dict(provinces("CA", "en"))["QC"] == "Quebec"
    assert ("CA", "California") in provinces("US")
    assert [province_name("CA", typed) for typed in ("qc", "Quebec", "Nulle part")] == [
        "Québec",
        "Québec",
        "Nulle part",
    ]


@pytest.mark.skipif(not REAL.exists(), reason=f"the real file is not here: {REAL}")
def test_real_localities() -> None:
    """Every town of the real file has its code and name found, and no street is taken for a town."""
    with REAL.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 1_000
    for row in rows:
        code, city = split_locality(row["Code postal/Ville de l'autorité"])[:2]
        assert check_postal_code("FR", code) == code, code
        assert city
    taken = [row for row in rows if split_address_block(row["Adresse PRADA"])["postal_code"]]
    assert not taken
