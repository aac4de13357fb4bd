"""Cards of fictitious people and organisations: number n is the same person on every run."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from stdnum import luhn

from entregent.directory.parties.cards import Card
from entregent.kernel.text import fold

from . import words
from .words import Town

TOWNS = [*words.FRANCE, *words.QUEBEC, *words.BELGIUM, *words.SWITZERLAND]
UNNUMBERED = 2000
"""From this number on, people have their number in their e-mail address, to keep addresses unique."""


class Body(NamedTuple):
    """What people's cards need to know of an organisation; `pk` is set once it is saved."""

    kind: str
    town: Town
    domain: str
    pk: int = 0


def body(number: int) -> Body:
    """Return what the people of organisation `number` have in common."""
    kind, _ = words.BODIES[number % len(words.BODIES)]
    return Body(kind, _town_of(number), "-".join(fold(_name_of(number)).split()) + ".example")


def organisation(number: int) -> Card:
    """Return the card of organisation `number`, from 0."""
    rng = Random(f"organisation {number}")  # noqa: S311
    kind, town, domain, _ = body(number)
    card: Card = {
        "name": _name_of(number),
        "email": f"contact@{domain}",
        "phone": _landline(rng, town),
        "website": f"https://{domain}",
        "address": _address(rng, town),
        "tags": rng.sample(words.TAGS[kind], 1) + rng.sample(words.MORE_TAGS, rng.random() < 0.2),
    }
    if kind == "company" and town.country == "FR":
        # SIREN numbers below 001 000 000 have never been assigned; all zeros is not a valid one.
        siren = _with_luhn(f"{1 + number % 9_999:08}")
        card |= {"siren": siren, "vat_number": f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"}
    elif town.country == "CA":
        card["neq"] = f"88{_with_luhn(f'{number % 10_000:07}')}"
    return card


def person(number: int, bodies: Sequence[Body]) -> Card:
    """Return the card of person `number`, from 0, usually with a position in one of `bodies`."""
    rng = Random(f"person {number}")  # noqa: S311
    woman = rng.random() < 0.5
    first, last = rng.choice(words.WOMEN if woman else words.MEN), rng.choice(words.LAST_NAMES)
    place = rng.choice(bodies) if bodies and rng.random() < 0.85 else None
    town = place.town if place and rng.random() < 0.8 else rng.choice(TOWNS)
    card: Card = {
        "last_name": last,
        "first_name": first,
        "civility": ("Mme" if woman else "M.") if rng.random() < 0.6 else "",
        "language": rng.choices(["fr", "en", "it", "de"], [93, 4, 1, 2])[0],
        "email": _email(rng, number, first, last, place) if rng.random() < 0.87 else "",
        "phone": _phone(rng, town) if rng.random() < 0.8 else "",
        "address": _address(rng, town) if rng.random() < 0.75 else {},
        "tags": rng.sample(words.MORE_TAGS, rng.choices([0, 1, 2], [5, 4, 1])[0]),
        "notes": rng.choice(words.NOTES) if rng.random() < 0.08 else "",
    }
    if rng.random() < 0.1:
        card["birth_date"] = day(rng, 1948, 2004)
    if rng.random() < 0.05:
        card["website"] = f"https://{_slug(first)}-{_slug(last)}.example"
    if place:
        card["organisation"] = place.pk
        card["function"] = rng.choice(words.FUNCTIONS[place.kind]).split("|")[woman]
        card["tags"] += rng.sample(words.TAGS[place.kind], 1)
    if "Adhérent" in card["tags"]:
        card["code"] = f"ADH-{number + 1:04}"
    return card


def _town_of(number: int) -> Town:
    # 18 kinds of body and 35 towns: every pair occurs once before any is repeated.
    return TOWNS[(number // len(words.BODIES) + number) % len(TOWNS)]


def _name_of(number: int) -> str:
    pattern, city = words.BODIES[number % len(words.BODIES)][1], _town_of(number).city
    name = pattern.format(town=city, of=words.of(city))
    turn = number // (len(words.BODIES) * len(TOWNS))
    return f"{name}, section {turn + 1}" if turn else name


def _email(rng: Random, number: int, first: str, last: str, place: Body | None) -> str:
    domain = place.domain if place and rng.random() < 0.7 else rng.choice(["courriel.example", "messagerie.example"])
    return f"{_slug(first)}.{_slug(last)}{number if number >= UNNUMBERED else ''}@{domain}"


def day(rng: Random, first: int, last: int) -> str:
    """Return a random day of one of these years, in ISO format."""
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _slug(text: str) -> str:
    return "-".join(fold(text).split())


def _phone(rng: Random, town: Town) -> str:
    mobile = town.country == "FR" and rng.random() < 0.6
    return two_pairs(rng, words.MOBILE) if mobile else _landline(rng, town)


def _landline(rng: Random, town: Town) -> str:
    if town.country == "CA":
        return f"{town.phone}{rng.randrange(100):02}"
    return two_pairs(rng, town.phone) if town.phone else ""


def two_pairs(rng: Random, beginning: str) -> str:
    """Return a phone number: its beginning and four random digits."""
    return f"{beginning} {rng.randrange(100):02} {rng.randrange(100):02}"


def _address(rng: Random, town: Town) -> dict[str, str]:
    comma = "," if town.country == "CA" else ""
    return {
        "street": f"{rng.randint(1, 140)}{comma} {rng.choice(words.STREETS)}",
        "postal_code": town.postal_code,
        "city": town.city,
        "province": town.province,
        "country": town.country,
    }


def _with_luhn(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)
