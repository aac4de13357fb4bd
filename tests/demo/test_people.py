"""Demo people are made up, always the same, and reach nobody."""

import re

import pytest

from entregent.demo import people

BODIES = [people.body(number)._replace(pk=number + 1) for number in range(80)]
FICTION = re.compile(r"(?:01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d|\d{3} 555-01\d\d")


def cards():
    yield from (people.organisation(number) for number in range(1300))
    yield from (people.person(number, BODIES) for number in range(1500))


def test_a_person_is_the_same_at_every_run():
    assert people.person(7, BODIES) == people.person(7, BODIES)
    assert people.person(7, BODIES) != people.person(8, BODIES)


def test_every_domain_is_an_example():
    for card in cards():
        for address in (card.get("email"), card.get("website")):
            assert not address or address.endswith(".example")


def test_phones_are_kept_for_fiction():
    phones = [card["phone"] for card in cards() if card["phone"]]
    assert len(phones) > 1000
    assert [phone for phone in phones if not FICTION.fullmatch(phone)] == []


def test_no_address_is_given_twice():
    little = [people.person(number, BODIES)["email"] for number in range(300)]
    crowd = [people.person(people.UNNUMBERED + number, BODIES)["email"] for number in range(3000)]
    addresses = [address for address in little + crowd if address]
    assert len(addresses) == len(set(addresses))


def test_organisations_have_their_own_names():
    names = [people.organisation(number)["name"] for number in range(1300)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("number", "name"), [(36, "d’Annecy"), (0, "de Saint-Aubin-du-Lac")])
def test_names_are_french(number, name):
    found = [people.organisation(n)["name"] for n in range(630) if people.body(n).town.city in name]
    assert any(name in each for each in found)
