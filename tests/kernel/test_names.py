"""Names as typed and split (std F1-F3)."""

import pytest

from entregent.kernel.names import split_whole_name, title_case_name


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("DUPONT Marie", ("", "Marie", "DUPONT")),
        ("Marie DUPONT", ("", "Marie", "DUPONT")),
        ("Marie Dupont", ("", "Marie", "Dupont")),
        ("Dupont, Marie", ("", "Marie", "Dupont")),
        ("M. Jean-Paul de La Tour", ("M.", "Jean-Paul", "de La Tour")),
        ("Jean de LA FONTAINE", ("", "Jean", "de LA FONTAINE")),
        ("de GAULLE Charles", ("", "Charles", "de GAULLE")),
        ("COSTA de BEAUREGARD Louis", ("", "Louis", "COSTA de BEAUREGARD")),
        ("J. DUPONT", ("", "J.", "DUPONT")),
        ("JEAN DUPONT", ("", "JEAN", "DUPONT")),
        ("M. DUPONT", ("M.", "", "DUPONT")),
        ("Mme le Dr MARTIN Anne", ("Mme", "Anne", "MARTIN")),
        ("Mademoiselle Anne Roy", ("Mme", "Anne", "Roy")),
        ("Marie", ("", "", "Marie")),
        ("M. et Mme Dupont", ("", "", "M. et Mme Dupont")),
        ("", ("", "", "")),
    ],
)
def test_split(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_whole_name(typed) == parts


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("D'USTON DE VILLEREGLAN", "d'Uston de Villereglan"),
        ("L'HEVEDER", "L'Heveder"),
        ("PRUD'HOMM", "Prud'homm"),
        ("LE GOUZ DE SAINT-SEINE", "Le Gouz de Saint-Seine"),
        ("COSTA DE BEAUREGARD", "Costa de Beauregard"),
        ("DE LA TOUR", "de la Tour"),
        ("DU BOIS", "Du Bois"),
        ("D’ARC", "d’Arc"),
        ("MCDONALD", "McDonald"),
        ("MAC DONALD", "Mac Donald"),
        ("MACRON", "Macron"),
        ("O'NEIL", "O'Neil"),
        ("ST-PIERRE", "St-Pierre"),
        ("VAN DER MEER", "Van der Meer"),
        ("HÉLÈNE", "Hélène"),
        ("", ""),
    ],
)
def test_title_case(typed: str, offered: str) -> None:
    assert title_case_name(typed) == offered
