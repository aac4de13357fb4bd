"""The two kinds of records, with their letter in the database and their names in addresses, files and the API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    ``letter``: as ``Party.kind`` holds it; ``one`` and ``many``: its names in the API and in commands; ``slug``: its
    word in the parameters of pages; ``space``: the namespace of its pages' URLs.
    """

    letter: str
    one: str
    many: str
    slug: str

    @property
    def slugs(self) -> str:
        return f"{self.slug}s"

    @property
    def space(self) -> str:
        return self.many

    @property
    def is_person(self) -> bool:
        """Whether it is the kind of people."""
        return self is PERSON


PERSON = Kind("p", "contact", "contacts", "contact")
ORGANISATION = Kind("o", "organisation", "organisations", "organisme")
KINDS = {kind.letter: kind for kind in (PERSON, ORGANISATION)}
"""Letter → kind."""
BY_NAME = {name: kind for kind in KINDS.values() for name in (kind.one, kind.many)}
"""«contact», «contacts»… → kind."""
BY_SLUG = {slug: kind for kind in KINDS.values() for slug in (kind.slug, kind.slugs)}
"""«contact», «contacts», «organisme», «organismes» → kind."""
