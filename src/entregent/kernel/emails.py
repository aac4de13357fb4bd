"""E-mail addresses: validation, and a key that is equal for equivalent spellings (std B22-B24)."""

import re
from functools import lru_cache
from typing import NamedTuple

import idna

from .errors import Bad
from .text import clean_line

MAX_LOCAL = 64
MAX_ADDRESS = 254

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}")
# Matches nearly every address in practice (lower-cased): short, ASCII, no A-label to verify.
_PLAIN = re.compile(
    rf"(?=[^@]{{1,64}}@)(?:{_LOCAL.pattern})@(?=.{{3,180}}$)(?!.*xn--)(?:{_DOMAIN.pattern})", re.ASCII
)
_SEVERAL = re.compile(r"@[^@]*[,;\s]+[^@]*@")
_NAMED = re.compile(r".*\S\s*<[^<>]*>$")


class Email(NamedTuple):
    """An address as typed (`value`) and the `key` that is unique within an account (std B23)."""

    value: str
    key: str


def parse_email(s: str) -> Email:
    """Parse an address, stripping "mailto:", < > and a trailing dot, comma or semicolon.

    A local part with accents is refused: few mail servers support it (SMTPUTF8), and it is nearly always a typing
    error. Raises Bad("required") or an email_… code (std B22; RFC 5321 §4.5.3.1).
    """
    if s.isascii() and _PLAIN.fullmatch(small := s.lower()):
        return Email(s, small)
    value = _bare(s)
    if _SEVERAL.search(value):
        raise Bad("email_several")
    if _NAMED.fullmatch(value):
        raise Bad("email_name")
    local, at, domain = value.partition("@")
    if not at:
        raise Bad("email_no_at")
    if "@" in domain:
        raise Bad("email_two_ats")
    if " " in value:
        raise Bad("email_space")
    _check_local(local)
    ascii_domain = _ascii_domain(domain)
    if len(local) + 1 + len(ascii_domain) > MAX_ADDRESS:
        raise Bad("email_too_long", limit=MAX_ADDRESS)
    return Email(value, f"{local.lower()}@{ascii_domain}")


def _bare(s: str) -> str:
    value = clean_line(s, limit=4 * MAX_ADDRESS).lstrip(" ,;").rstrip(" ,;.")
    if value[:7].lower() == "mailto:":
        value = value[7:].partition("?")[0].strip()
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1].strip()
    if not value:
        raise Bad("required")
    return value


def _check_local(local: str) -> None:
    if len(local.encode()) > MAX_LOCAL:
        raise Bad("email_too_long", limit=MAX_LOCAL)
    if not local.isascii():
        raise Bad("email_not_ascii")
    if not _LOCAL.fullmatch(local):
        raise Bad("email_syntax")


@lru_cache(maxsize=16_384)
def _ascii_domain(domain: str) -> str:
    """Return the domain as lower-case A-labels (RFC 5891, UTS #46)."""
    name = domain.lower()
    if not name.isascii() or "xn--" in name:
        try:
            name = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise Bad("email_domain", domain=domain) from error
    if len(name) > 253 or not _DOMAIN.fullmatch(name):
        raise Bad("email_domain", domain=domain)
    return name


_FREE = frozenset(
    "gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com yahoo.com "
    "yahoo.fr yahoo.ca ymail.com icloud.com me.com mac.com aol.com orange.fr wanadoo.fr free.fr sfr.fr neuf.fr "
    "numericable.fr laposte.net bbox.fr club-internet.fr cegetel.net aliceadsl.fr nordnet.fr proton.me "
    "protonmail.com gmx.fr gmx.com gmx.ch mail.com videotron.ca sympatico.ca bell.net cgocable.ca skynet.be "
    "telenet.be bluewin.ch hispeed.ch pt.lu vo.lu ovh.fr yandex.com zoho.com".split()
)
_ROLES = frozenset(
    "contact contacts info infos information informations accueil mairie commune ville secretariat secretaire "
    "direction directeur administration admin administratif bureau courrier courriel mail email office hello bonjour "
    "compta comptabilite finances facturation rh drh recrutement presse communication com service services dgs dga "
    "dst urbanisme etatcivil etat webmaster support sav standard reception commercial vente ventes sales billing "
    "juridique scolarite prefecture prefet pref ccas president presidence maire prada cada postmaster team equipe "
    "association asso club section college lycee ecole".split()
)
_BEGINS_A_ROLE = ("mairie", "commune", "secretariat", "accueil", "contact")


def is_free_domain(domain: str) -> bool:
    """Whether anybody may have an address there (gmail.com, orange.fr), so that it tells nothing of who has one."""
    return domain in _FREE


def is_role(address: str) -> bool:
    """Whether an address is that of a role or an office («mairie@», «contact@»), whoever holds it."""
    local = address.partition("@")[0].casefold()
    first = re.split(r"[._\-+\d]", local, maxsplit=1)[0]
    return first in _ROLES or first.startswith(_BEGINS_A_ROLE)
