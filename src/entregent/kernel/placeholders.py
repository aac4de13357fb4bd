"""Words people type to say that there is nothing: recognised, so as not to be stored (std C27)."""

from functools import lru_cache

from .text import fold

_WORDS = frozenset(
    """a completer|a definir|a determiner|a preciser|a renseigner|a venir|absent|anonyme|aucun|aucune|en attente|
    en cours|i n c|inc|inconnu|inconnue|inconnus|indefini|indetermine|indisponible|missing|na|n a|n c|nan|nd|n d|
    ne sait pas|neant|nil|no|non communique|non communiquee|non connu|non connue|non defini|non definie|
    non determine|non disponible|non fourni|non indique|non precise|non renseigne|non renseignee|none|not available|
    nr|n r|nsp|null|nul|pas de mail|pas d email|pas de telephone|personne|poste a pourvoir|poste non pourvu|
    poste vacant|postevacant|r a s|ras|sans|sans objet|s o|tbc|tbd|undefined|unknown|vacant|vacante|vide|x|xx|xxx|
    xxxx""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


@lru_cache(maxsize=8_192)
def is_placeholder(s: str) -> bool:
    """Tell whether s says nothing: empty, signs only, zeros only, or a word such as "inconnu", "n/a", "néant"."""
    words = fold(s)
    return not words.replace(" ", "").strip("0") or words in _WORDS
