"""From a card as typed to a card that may be kept: every door's values pass here, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from entregent.accounts.models import Account
from entregent.kernel.dates import parse_date
from entregent.kernel.emails import parse_email
from entregent.kernel.errors import Bad
from entregent.kernel.identifiers import check_neq, check_siren, check_siret, check_vat
from entregent.kernel.languages import language_code
from entregent.kernel.phones import parse_phone
from entregent.kernel.postal import check_postal_code, country_code
from entregent.kernel.text import clean_line, clean_text, fold, phone_digits

from . import custom, custom_values
from .cards import CUSTOM, Card
from .messages import Invalid, Problem, problem_of

CIVILITIES = ("M.", "Mme", "Mx", "Me", "Dr", "Pr")
_CIVILITY_WORDS = {
    "m": "M.", "mr": "M.", "monsieur": "M.", "mister": "M.",
    "mme": "Mme", "mrs": "Mme", "ms": "Mme", "madame": "Mme", "mlle": "Mme", "mademoiselle": "Mme",
    "mx": "Mx", "me": "Me", "maitre": "Me", "dr": "Dr", "docteur": "Dr", "pr": "Pr", "professeur": "Pr",
}  # fmt: skip
MOST_ITEMS = 50


@dataclass(slots=True)
class Channel:
    """An e-mail, phone or site ready to be kept."""

    kind: str
    value: str
    key: str
    label: str = ""
    extension: str = ""
    shared: bool = False

    def plain(self) -> dict[str, Any]:
        return {"value": self.value, "label": self.label, **({"shared": True} if self.shared else {})}


@dataclass(slots=True)
class Clean:
    """A card that may be kept: plain columns, rows to hang on the party, and the card in its kept form."""

    kind: str
    columns: dict[str, Any]
    channels: list[Channel]
    addresses: list[dict[str, str]]
    tags: list[str]
    visibility: dict[str, Any]
    positions: list[dict[str, Any]] = field(default_factory=list)
    standing: Card = field(default_factory=dict)
    """``cards.standing`` as given; names as they are written once ``actions.standing.settle`` found them."""
    items: dict[str, Any] = field(default_factory=dict)
    """The columns that the names of ``standing`` come to: ids and rank. Empty until they are found."""
    custom: dict[str, Any] = field(default_factory=dict)
    """Values of custom fields by code, retired ones' too."""
    searched: list[str] = field(default_factory=list)
    """What of ``custom`` a search finds."""

    @property
    def emails(self) -> list[Channel]:
        return [channel for channel in self.channels if channel.kind == "email"]

    @property
    def name(self) -> str:
        return self.columns["name"]

    def card(self) -> Card:
        """The same as a card, to compare with the one that was there."""
        card: Card = dict(self.columns)
        for kind, plural in (("email", "emails"), ("phone", "phones"), ("website", "websites")):
            card[plural] = [channel.plain() for channel in self.channels if channel.kind == kind]
        if card.get("birth_date"):
            card["birth_date"] = card["birth_date"].isoformat()
        return card | self.standing | {
            "custom": self.custom,
            "addresses": self.addresses,
            "tags": self.tags,
            "visibility": self.visibility,
        }  # fmt: skip


class Cleaner:
    """Cleans cards of one account; collects all problems of a card before it complains."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.problems: list[Problem] = []

    def clean(self, kind: str, card: Card) -> Clean:
        """A full card (see ``cards.merged``) made fit to keep. Raises ``Invalid`` with every problem found."""
        self.problems = []
        columns = self._person(card) if kind == "p" else self._organisation(card)
        columns |= {
            "vat_number": self._text(card, "vat_number", check_vat),
            "code": self._text(card, "code", lambda text: clean_line(text, 60)),
            "uid": self._text(card, "uid", clean_line),
            "notes": self._text(card, "notes", clean_text),
            "active": self._flag(card, "active"),
        }
        addresses = self._list(card, "addresses", self._address)
        country = (addresses[0]["country"] if addresses else "") or self.account.country
        channels = [
            *self._list(card, "emails", self._email),
            *self._list(card, "phones", lambda item, name: self._phone(item, name, country)),
            *self._list(card, "websites", self._website),
        ]
        self._refuse_repeats(channels)
        clean = Clean(
            kind=kind,
            columns=columns,
            channels=channels,
            addresses=addresses,
            tags=self._names(card, "tags", 60),
            visibility=self._visibility(card.get("visibility") or {}),
            positions=self._list(card, "positions", self._position),
            standing=self._standing(kind, card),
        )
        if card.get("custom"):
            self._custom(clean, card["custom"])
        if self.problems:
            raise Invalid(self.problems)
        return clean

    def names(self, field: str, names: list[str]) -> list[str]:
        """Names of ``tags`` or ``skills`` alone, made fit to keep. Raises ``Invalid``."""
        self.problems = []
        found = self._names({field: names}, field, 60 if field == "tags" else 150)
        if self.problems:
            raise Invalid(self.problems)
        return found

    def _person(self, card: Card) -> dict[str, Any]:
        last = self._text(card, "last_name", lambda text: clean_line(text, 150), required=True)
        first = self._text(card, "first_name", lambda text: clean_line(text, 150), required=True)
        return {
            "last_name": last,
            "first_name": first,
            "name": f"{first} {last}".strip(),
            "civility": self._text(card, "civility", _civility),
            "birth_date": self._text(card, "birth_date", parse_date) or None,
            "language": self._text(card, "language", _language, required=True),
        }

    def _organisation(self, card: Card) -> dict[str, Any]:
        siret = self._text(card, "siret", check_siret)
        return {
            "name": self._text(card, "name", lambda text: clean_line(text, 300), required=True),
            "siren": self._text(card, "siren", check_siren) or siret[:9],
            "siret": siret,
            "neq": self._text(card, "neq", check_neq),
        }

    def _text(self, card: Card, name: str, check: Callable[[str], Any], required: bool = False) -> Any:
        """The checked value of one field; ``''`` when empty or wrong (then a problem is noted)."""
        value = card.get(name)
        if value is None:
            value = ""
        elif not isinstance(value, str):
            if isinstance(value, date) and check is parse_date:
                return value
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.problems.append(Problem(name, "shape"))
                return ""
            value = str(value)
        if not value or value.isspace():
            if required:
                self.problems.append(Problem(name, "required"))
            return ""
        try:
            result = check(value)
        except Bad as bad:
            self.problems.append(problem_of(name, bad))
            return ""
        if result == "" and required:
            self.problems.append(Problem(name, "required"))
        return result

    def _flag(self, card: Card, name: str, usual: bool = True) -> bool:
        value = card.get(name, usual)
        if not isinstance(value, bool):
            self.problems.append(Problem(name, "boolean"))
        return bool(value)

    def _list(self, card: Card, plural: str, clean_item: Callable[[dict, str], Any]) -> list:
        items = card.get(plural) or []
        if not items:
            return []
        if not isinstance(items, list) or not all([isinstance(item, dict) for item in items]):
            self.problems.append(Problem(_singular(plural), "shape"))
            return []
        if len(items) > MOST_ITEMS:
            self.problems.append(Problem(plural, "many", {"limit": MOST_ITEMS}))
            return []
        cleaned = []
        for index, item in enumerate(items):
            name = f"{plural}.{index}" if index else _singular(plural)
            try:
                result = clean_item(item, name)
            except Bad as bad:
                self.problems.append(problem_of(name, bad))
                continue
            if result is not None:
                cleaned.append(result)
        return cleaned

    def _email(self, item: dict, name: str) -> Channel | None:
        value = _string(item.get("value"))
        if not value.strip():
            return None
        email = parse_email(value)
        return Channel("email", email.value, email.key, _label(item), "", item.get("shared") is True)

    def _phone(self, item: dict, name: str, country: str) -> Channel | None:
        value = _string(item.get("value"))
        if not value.strip():
            return None
        phone = parse_phone(value, country)
        label = _label(item) or clean_line(phone.note, 60)[:60]
        # What was typed stays; an extension is repeated in its own column for programs.
        return Channel(
            "phone", clean_line(value, 60), phone.e164 or phone_digits(phone.raw), label, phone.extension[:20]
        )

    def _website(self, item: dict, name: str) -> Channel | None:
        value = clean_line(_string(item.get("value")), 500)
        if not value:
            return None
        full = value if "://" in value else f"https://{value}"
        try:
            parts = urlsplit(full)
        except ValueError:
            raise Bad("website") from None
        if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in value:
            raise Bad("website")
        return Channel("website", value, full[:500], _label(item))

    def _refuse_repeats(self, channels: list[Channel]) -> None:
        seen: set[str] = set()
        for channel in channels:
            if channel.kind == "email":
                if channel.key in seen:
                    self.problems.append(Problem("email", "email_twice"))
                seen.add(channel.key)

    def _address(self, item: dict, name: str) -> dict[str, str] | None:
        prefix = "" if name == "address" else f"{name}."
        part = {key: item.get(key) for key in ("label", "street", "postal_code", "city", "province", "country")}
        if not any(part[key] for key in ("street", "postal_code", "city", "province")):
            return None
        before = len(self.problems)
        address = {
            "label": self._text(part, "label", lambda text: clean_line(text, 60)),
            "street": self._text(part, "street", lambda text: clean_text(text, 500)),
            "city": self._text(part, "city", lambda text: clean_line(text, 120)),
            "province": self._text(part, "province", lambda text: clean_line(text, 80)),
            "country": self._text(part, "country", _country) or self.account.country,
        }
        country = address["country"]
        address["postal_code"] = self._text(part, "postal_code", lambda text: check_postal_code(country, text))
        for index in range(before, len(self.problems)):
            found = self.problems[index]
            self.problems[index] = Problem(prefix + found.field, found.code, found.params)
        return address

    def _standing(self, kind: str, card: Card) -> Card:
        """Where the account stands with it; whether the names are known is found out later, for many at once."""
        status = card.get("status")
        found: Card = {
            "status": None if status is None else self._text(card, "status", _item_name),
            "mail_refused": self._flag(card, "mail_refused", False),
            "assigned_to": self._user(card.get("assigned_to")),
        }
        if kind == "p":
            return found | {"skills": self._names(card, "skills", 150)}
        return found | {"family": self._text(card, "family", _item_name)}

    def _custom(self, clean: Clean, values: Any) -> None:
        """Set the values of custom fields; which of them may change is for actions to say (``actions.custom``)."""
        if not isinstance(values, dict):
            self.problems.append(Problem("custom", "shape"))
            return
        known = custom.definitions(self.account)
        for code, value in values.items():
            name = f"{CUSTOM}{code}"
            found = known.by_code.get(code)
            if found is None or found.kind != clean.kind:
                self.problems.append(Problem(name, "custom_unknown"))
                continue
            try:
                kept = custom_values.clean(found, value, self.account.country)
            except Bad as bad:
                self.problems.append(problem_of(name, bad))
                continue
            if kept is not None:
                clean.custom[code] = kept
        clean.searched = custom.searched(known, clean.custom, self.account.country)

    def _user(self, value: Any) -> int | None:
        """A user's id, as programs and forms send it."""
        if value in (None, ""):
            return None
        ids = _ids([value])
        if not ids or isinstance(value, bool):
            self.problems.append(Problem("assigned_to", "user_unknown"))
        return next(iter(ids), None)

    def _names(self, card: Card, field: str, limit: int) -> list[str]:
        """Tags or skills, each once whatever its case and accents."""
        names = card.get(field) or []
        if not names:
            return []
        if not isinstance(names, list) or len(names) > 100:
            self.problems.append(Problem(field, f"{field}_many" if isinstance(names, list) else "shape"))
            return []
        found: dict[str, str] = {}
        # A comma parts tags wherever they are typed or filed, so no tag holds one.
        for name in (part for names_typed in names for part in _string(names_typed).split(",")):
            try:
                text = clean_line(name, limit)
            except Bad:
                self.problems.append(Problem(field, field[:-1]))
                continue
            if text:
                found.setdefault(tag_key(text), text)
        return list(found.values())

    def _visibility(self, value: Any) -> dict[str, Any]:
        mode = value.get("mode", "everyone") if isinstance(value, dict) else None
        if mode not in ("everyone", "creator", "shared"):
            self.problems.append(Problem("visibility", "visibility"))
            mode = "everyone"
        if mode != "shared":
            return {"mode": mode, "teams": [], "users": []}
        teams, users = (sorted(_ids(value.get(name))) for name in ("teams", "users"))
        if not teams and not users:
            self.problems.append(Problem("visibility", "visibility_nobody"))
        return {"mode": mode, "teams": teams, "users": users}

    def _position(self, item: dict, name: str) -> dict[str, Any] | None:
        """A place in an organisation, by its id or by what a file knows of it (name, code, city…)."""
        known = _NOTHING_KNOWN | {
            key: clean_line(_string(value), 300) for key, value in item.items() if value and key in _NOTHING_KNOWN
        }
        organisation = item.get("organisation")
        if not organisation and not known["organisation_name"]:
            return None
        dates = {key: self._text(item, key, parse_date) or None for key in ("since", "until")}
        if dates["since"] and dates["until"] and dates["since"] > dates["until"]:
            self.problems.append(Problem("until", "dates_order"))
        function = clean_line(_string(item.get("function")), 150)
        return {"organisation": organisation, "function": function, **dates, **known}


_NOTHING_KNOWN = {
    f"organisation_{part}": ""
    for part in ("name", "code", "city", "postal_code", "province", "email", "phone", "street", "country")
}


@lru_cache(maxsize=4_096)
def tag_key(name: str) -> str:
    """What makes two tags the same, whatever their case, accents and hyphens."""
    return fold(name)[:60] or name.casefold()[:60]


@lru_cache(maxsize=4_096)
def item_key(name: str) -> str:
    """The same for the items of the reference lists."""
    return fold(name)[:150] or name.casefold()[:150]


def _item_name(text: str) -> str:
    return clean_line(text, 150)


def _singular(plural: str) -> str:
    return plural[:-2] if plural == "addresses" else plural[:-1]


def _string(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _label(item: dict) -> str:
    label = item.get("label")
    return clean_line(_string(label), 60) if label else ""


def _ids(value: Any) -> set[int]:
    """Ids as a form sends them; what is none, or more than a database counts to, is passed over."""
    words = [str(item) for item in value] if isinstance(value, list) else []
    return {int(word) for word in words if word.isdecimal() and len(word) < 19}


def _civility(text: str) -> str:
    if text in CIVILITIES:
        return text
    word = fold(text)
    if word not in _CIVILITY_WORDS:
        raise Bad("civility")
    return _CIVILITY_WORDS[word]


def _language(text: str) -> str:
    code = language_code(text)
    if not code:
        raise Bad("language")
    return code


def _country(text: str) -> str:
    code = country_code(text)
    if not code:
        raise Bad("country")
    return code
