"""Placeholders that people type for an absent value: recognised, so that they are not stored (std C27)."""

from functools import lru_cache

from .text import fold

# Words that are also surnames (Personne, Nan, No) are left out: storing a placeholder is better than losing
# someone's name.
_WORDS = frozenset(
    fold(word)
    for word in """
    a completer, a definir, a determiner, a preciser, a renseigner, a venir, anonyme, aucun, aucune,
    en attente, inconnu, inconnue, inconnus, indefini, indetermine, indisponible, missing, n a, n c,
    n d, n r, na, nc, nd, ne sait pas, neant, nil, non communique, non communiquee, non connu, non
    connue, non defini, non definie, non determine, non determinee, non disponible, non fourni, non
    indique, non indiquee, non precise, non renseigne, non renseignee, none, not available, nr, nsp,
    null, pas d adresse, pas d email, pas de courriel, pas de mail, pas de telephone, poste a
    pourvoir, poste non pourvu, poste vacant, postevacant, r a s, s o, sans objet, tbc, tbd,
    undefined, unknown, vacant, vacante, vide, x, xx, xxx, xxxx
    """.split(",")
)
# The length or the first two characters are enough to rule out most cells of a file.
_LONGEST = 40
_STARTS = frozenset({word[:2] for word in _WORDS} | {"0", "00"})


def is_placeholder(s: str) -> bool:
    """Return whether s is a placeholder: empty, only punctuation or zeros, or a word ("inconnu", "n/a", "néant")."""
    start = s[:2]
    if len(s) > _LONGEST or (start.isascii() and start.isalnum() and start.lower() not in _STARTS):
        return False
    return _says_nothing(s)


@lru_cache(maxsize=8_192)
def _says_nothing(s: str) -> bool:
    words = fold(s)
    return not words.replace(" ", "").strip("0") or words in _WORDS
