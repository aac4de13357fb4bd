"""Extracts for files have the same values as the records for pages."""

import pytest

from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.directory.models import ContactStatus, OrganisationFamily, Party
from entregent.directory.parties import extracts
from entregent.directory.parties.reading import records
from entregent.directory.positions.places import visible_places

LISTS = {"emails": ("value", "label"), "phones": ("value", "label"), "websites": ("value", "label"),
         "addresses": ("label", "street", "postal_code", "city", "province", "country")}  # fmt: skip
SAME = (
    *("last_name", "first_name", "civility", "birth_date", "language", "name", "siren", "siret", "neq", "family"),
    *("vat_number", "code", "uid", "notes", "active", "status", "mail_refused", "custom"),
)
ANN = {
    "last_name": "Roy",
    "first_name": "Ann",
    "birth_date": "1980-11-21",
    "emails": [{"value": "ann@lac.example"}, {"value": "ann@rive.example", "label": "home"}],
    "phones": [{"value": "+1 514 555-0123"}, {"value": "06 39 98 12 34", "label": "mobile"}],
    "addresses": [{"street": "4, rue du Lac", "city": "Crest"}, {"city": "Montréal", "country": "CA"}],
    "tags": ["Presse", "Bénévole"],
    "skills": ["Droit"],
    "status": "Membre",
    "mail_refused": True,
    "notes": "Rappeler",
    "organisation_name": "Radio Rivage",
    "function": "Rédactrice",
}


def make(by, **cards) -> None:
    """The account's own status and family, and these cards."""
    with inside(by.account):
        ContactStatus.objects.create(account=by.account, name="Membre", key="membre")
        OrganisationFamily.objects.create(account=by.account, name="Radio", key="radio")
        for name, card in cards.items():
            parties.create(by, name[0], card)


def both(by, kind: str) -> list[tuple]:
    """The records that ``by`` may see, each with its place and its extract."""
    seen = Party.readable.visible_to(by).filter(kind=kind).order_by("id")
    found = records(seen)
    places = visible_places(by, found.values())
    taken = extracts.extracts(by, list(seen.values(*extracts.columns(kind), "custom")))
    return [(found[pk], places.get(pk), extract) for pk, extract in zip(found, taken, strict=True)]


@pytest.mark.parametrize("kind", ["p", "o"])
def test_an_extract_says_what_the_record_says(service, sonia, aicha, kind):
    shared = {"last_name": "Rivière", "first_name": "Odile", "email": "odile@etang.example", "status": "Membre"}
    make(sonia, person=shared | {"organisation_name": "Mairie d’Étang", "mail_refused": True})
    with inside(sonia.account):
        parties.create(sonia, "p", {"last_name": "Blais", "first_name": "Luc", "organisation_name": "Mairie d’Étang"})
    make(aicha, person=ANN, organisation={"name": "Hydrolac", "siren": "000000018", "family": "Radio"})
    parties.update(aicha, Party.readable.get(last_name="Blais"), {"email": "luc@perso.example", "tags": ["à nous"]})
    pairs = both(aicha, kind)
    assert len(pairs) == 3
    for record, place, (card, shown) in pairs:
        assert [card.get(name) or None for name in SAME] == [record.card.get(name) or None for name in SAME]
        for plural, parts in LISTS.items():
            assert [[item[part] for part in parts] for item in card[plural]] == [
                [item[part] for part in parts] for item in record.card[plural]
            ]
        assert sorted(card["tags"]) == sorted(record.card["tags"])
        assert sorted(card["skills"]) == sorted(record.card.get("skills", []))
        assert (shown and (shown.function, shown.organisation, shown.city)) == (
            place and (place.function, place.organisation.name, place.organisation.city)
        )


def test_a_place_that_the_reader_may_not_see_is_not_told(aicha, bruno):
    hidden = parties.create(aicha, "o", {"name": "Secret", "visibility": {"mode": "creator"}})
    parties.create(aicha, "p", ANN | {"organisation_name": "", "organisation": hidden.pk, "status": None})
    ((_record, place, extract),) = both(bruno, "p")
    assert (place, extract.place) == (None, None)
