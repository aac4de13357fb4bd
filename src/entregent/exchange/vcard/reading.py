"""vCard 2.1, 3.0 and 4.0 → cards (RFC 2426, RFC 6350; std C1-C17)."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from entregent.directory.fields.field_types import Day, Line
from entregent.directory.fields.register import FIELDS, fields_of
from entregent.directory.parties.cards import by_name
from entregent.exchange.file_card import FileCard
from entregent.exchange.messages import ROW_FAILED
from entregent.formats.contentline import Property, parse, pieces, raw_cards, raw_pieces
from entregent.formats.errors import Problem
from entregent.kernel.names import split_whole_name

from . import values

log = logging.getLogger(__name__)
Handler = Callable[["Reading", Property], None]

# Generated at each export, or meaningless outside the original file.
_DROPPED = frozenset({"VERSION", "PRODID", "REV", "X-ABLABEL", "X-ABADR", "SORT-STRING", "NAME", "SOURCE"})


class Reading:
    """A card being read: the values collected so far."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels
        self.card: FileCard = {}
        self.problems: list[Problem] = []
        self.extra: list[str] = []
        self.shown_name = ""
        self.is_organisation = False
        self.position: dict[str, str] = {}
        self.ranked: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.spare_addresses: list[dict[str, str]] = []

    def add(self, plural: str, property: Property, item: dict[str, str]) -> None:
        """Add an item to a list; preferred ones come first, a fax or pager last."""
        label = values.label(property, self.labels)
        rank = property.head.preference + (2_000 if label in values.NOT_MAIN else 0)
        self.ranked.setdefault(plural, []).append((rank, {**item, "label": label}))


def read(path: Path | str, encoding: str = "utf-8") -> Iterator[tuple[int, FileCard, list[Problem]]]:
    """Yield (number of the card in the file, card, problems); a broken card doesn't stop the reading.

    Args:
        path: the file.
        encoding: as from `sniff.recognise`; if not UTF-8, it applies to properties that are not valid UTF-8 and
            name no charset, for which the default is Windows-1252.
    """
    fallback = "cp1252" if encoding.startswith(("utf", "cp1252")) else encoding
    for number, (lines, ended) in enumerate(raw_cards(path, encoding), 1):
        if not ended:
            yield number, {}, [Problem("vcard_not_ended", fatal=True)]
            continue
        try:
            yield number, *read_card(lines, fallback)
        except Exception:
            log.exception("card %s can't be read", number)
            yield number, {}, [Problem(ROW_FAILED, fatal=True)]


def read_card(lines: list[bytes], fallback: str = "cp1252") -> tuple[FileCard, list[Problem]]:
    """Return card and problems of the unfolded lines between BEGIN:VCARD and END:VCARD."""
    parsed = [(line, parse(line, fallback)) for line in lines]
    properties = [property for _, property in parsed if property is not None]
    labels = {
        property.head.group: property.text
        for property in properties
        if property.head.name == "X-ABLABEL" and property.head.group
    }
    reading = Reading(labels)
    for line, property in parsed:
        if property is None:
            text = line.decode("utf-8", errors="replace")
            reading.problems.append(Problem("vcard_line", value=text[:80]))
    for property in properties:
        if handle := HANDLERS.get(property.head.name):
            if property.value.strip("; \n\t"):
                handle(reading, property)
        elif property.head.name not in _DROPPED:
            _keep(reading, property)
    return _finished(reading)


def _keep(reading: Reading, property: Property) -> None:
    """Keep a property without a field here, with the label of its group."""
    reading.extra.append(property.line)
    if own := reading.labels.get(property.head.group):
        reading.extra.append(f"{property.head.group}.X-ABLabel:{own}")


def _finished(reading: Reading) -> tuple[FileCard, list[Problem]]:
    card = reading.card
    for plural, ranked in reading.ranked.items():
        if len(ranked) > 1:
            ranked.sort(key=lambda pair: pair[0])
        by_name(card)[plural] = values.distinct([item for _, item in ranked])
    if "addresses" not in card and reading.spare_addresses:
        card["addresses"] = reading.spare_addresses
    organisation = reading.position.get("organisation_name", "")
    if reading.is_organisation or (organisation and not _has_name(card) and not reading.shown_name):
        _make_organisation(reading, organisation)
    elif organisation:
        card["positions"] = [reading.position]
    elif function := reading.position.get("function"):
        reading.extra.append(f"TITLE:{function}")  # there is no organisation for it
    if card.get("kind") != "o" and not _has_name(card) and reading.shown_name:
        _take_shown_name(reading, organisation)
    if reading.extra:
        card["extra"] = list(dict.fromkeys(reading.extra))
    if not any(card.get(key) for key in ("name", "last_name", "first_name", "emails", "phones")):
        reading.problems.append(Problem("vcard_nobody", fatal=True))
    return card, reading.problems


def _has_name(card: FileCard) -> bool:
    return bool(card.get("last_name") or card.get("first_name"))


def _take_shown_name(reading: Reading, organisation: str) -> None:
    """Without N: FN is the organisation's name, or is split into names with a remark (std C6)."""
    if organisation and reading.shown_name.casefold() == organisation.casefold():
        _make_organisation(reading, organisation)
        reading.card.pop("positions", None)
        return
    civility, first, last = split_whole_name(reading.shown_name)
    reading.card.update({"last_name": last, "first_name": first})
    if civility:
        reading.card.setdefault("civility", civility)
    reading.problems.append(Problem("name_split", "whole_name", reading.shown_name))


def _make_organisation(reading: Reading, organisation: str) -> None:
    card = reading.card
    card["kind"] = "o"
    whole = " ".join(part for part in (card.get("first_name"), card.get("last_name")) if part)
    card["name"] = organisation or reading.shown_name or whole
    for field in fields_of("p"):
        if field.kinds == "p":
            card.pop(field.name, None)


def _name(reading: Reading, property: Property) -> None:
    parts = [
        " ".join(filter(None, (word.strip() for word in pieces(part, ","))))
        for part in raw_pieces(property.value, ";")
    ]
    family, given, additional, prefix, suffix, *_ = [*parts, "", "", "", "", ""]
    reading.card["last_name"] = family
    reading.card["first_name"] = " ".join(filter(None, (given, additional)))
    if civility := values.civility(prefix):
        reading.card["civility"] = civility
    kept = [f"X-ENTREGENT-PREFIX:{prefix}"] if prefix and not civility else []
    reading.extra += kept + ([f"X-ENTREGENT-SUFFIX:{suffix}"] if suffix else [])


def _shown_name(reading: Reading, property: Property) -> None:
    name = " ".join(property.text.split())
    if "@" not in name and name != "?":  # written (by us too) for a card without a name
        reading.shown_name = reading.shown_name or name


def _organisation(reading: Reading, property: Property) -> None:
    name, *services = [part.strip() for part in pieces(property.value, ";")]
    if reading.position.get("organisation_name"):
        reading.extra.append(property.line)
        return
    reading.position["organisation_name"] = name
    if service := " / ".join(filter(None, services)):
        reading.position["service"] = service
        reading.extra.append(f"X-ENTREGENT-SERVICE:{service}")


def _title(reading: Reading, property: Property) -> None:
    reading.position["function"] = property.text.strip()


def _role(reading: Reading, property: Property) -> None:
    if reading.position.setdefault("function", property.text.strip()) != property.text.strip():
        reading.extra.append(property.line)


def _email(reading: Reading, property: Property) -> None:
    reading.add("emails", property, {"value": property.text.strip().removeprefix("mailto:")})


def _phone(reading: Reading, property: Property) -> None:
    reading.add("phones", property, {"value": values.phone(property.text)})


def _url(reading: Reading, property: Property) -> None:
    text = property.text.strip()
    if values.is_website(text):
        reading.add("websites", property, {"value": text})
    else:
        reading.extra.append(property.line)


def _address(reading: Reading, property: Property) -> None:
    address = values.address(pieces(property.value, ";"))
    if address:
        reading.add("addresses", property, address)
    if printed := property.head.params.get("LABEL", ""):
        reading.spare_addresses.append(values.printed_address(printed.replace("\\n", "\n")))


def _printed_address(reading: Reading, property: Property) -> None:
    reading.spare_addresses.append(values.printed_address(property.text))


def _line(name: str) -> Handler:
    """Return a handler that stores one line; further properties with this name are kept verbatim."""

    def read(reading: Reading, property: Property) -> None:
        text = " ".join(property.text.split())
        if reading.card.setdefault(name, text) != text:
            reading.extra.append(property.line)

    return read


def _day(name: str) -> Handler:
    def read(reading: Reading, property: Property) -> None:
        if day := values.birth_date(property):
            by_name(reading.card)[name] = day
            return
        reading.extra.append(property.line)
        reading.problems.append(Problem("birth_year_unknown", name, property.value))

    return read


def _note(reading: Reading, property: Property) -> None:
    before = reading.card.get("notes", "")
    reading.card["notes"] = f"{before}\n\n{property.text}".strip() if before else property.text.strip()


def _categories(reading: Reading, property: Property) -> None:
    names = [word.strip() for word in pieces(property.value, ",")]
    tags = [*reading.card.get("tags", []), *(n for n in names if n and n.casefold() not in values.OWN_GROUPS)]
    if tags:
        reading.card["tags"] = list(dict.fromkeys(tags))


def _uid(reading: Reading, property: Property) -> None:
    reading.card["uid"] = property.text.strip().removeprefix("urn:uuid:")


def _language(reading: Reading, property: Property) -> None:
    if "language" not in reading.card and (code := values.language(property.value)):
        reading.card["language"] = code


def _kind(reading: Reading, property: Property) -> None:
    if property.value.strip().lower() in ("org", "organization", "company"):
        reading.is_organisation = True
    else:
        reading.extra.append(property.line)


def _photo(reading: Reading, property: Property) -> None:
    reading.problems.append(Problem("photo_ignored"))


HANDLERS: dict[str, Handler] = {
    **{field.vcard: _line(field.name) for field in FIELDS if field.vcard and isinstance(field.type, Line)},
    **{field.vcard: _day(field.name) for field in FIELDS if field.vcard and isinstance(field.type, Day)},
    "N": _name,
    "FN": _shown_name,
    "ORG": _organisation,
    "TITLE": _title,
    "ROLE": _role,
    "EMAIL": _email,
    "TEL": _phone,
    "X-MS-TEL": _phone,
    "URL": _url,
    "X-SOCIALPROFILE": _url,
    "ADR": _address,
    "LABEL": _printed_address,
    "NOTE": _note,
    "CATEGORIES": _categories,
    "UID": _uid,
    "LANG": _language,
    "KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "X-ABSHOWAS": _kind,
    "PHOTO": _photo,
    "LOGO": _photo,
}
