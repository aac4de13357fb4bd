"""Words that say there is nothing (std C27)."""

import pytest

from entregent.kernel.placeholders import is_placeholder


@pytest.mark.parametrize(
    "typed",
    "|inconnu|INCONNUE|0000000000|00 00 00 00 00|NA|n/a|N.C.|-|--|néant|Neant|x|?|.|Poste Vacant|vacant|"
    "non renseigné|null|aucun|Non communiquée|à compléter".split("|"),
)
def test_placeholder(typed: str) -> None:
    assert is_placeholder(typed)


@pytest.mark.parametrize("typed", ["Dupont", "10", "Ō", "No", "Personne", "Nan", "Xi", "0610", "Anna", "Ne"])
def test_no_placeholder(typed: str) -> None:
    assert not is_placeholder(typed)
