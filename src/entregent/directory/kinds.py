"""The two kinds of records, with their letter in the database and their names in addresses, files and the API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    ``letter``: as ``Party.kind`` holds it; ``one`` and ``many``: in the API's and commands' words; ``space``: the
    namespace of its pages' addresses.
    """

    letter: str
    one: str
    many: str

    @property
    def space(self) -> str:
        return self.many

    @property
    def is_person(self) -> bool:
        return self is PERSON


PERSON = Kind("p", "contact", "contacts")
ORGANISATION = Kind("o", "organisation", "organisations")
KINDS = {kind.letter: kind for kind in (PERSON, ORGANISATION)}
"""Letter → kind."""
BY_NAME = {name: kind for kind in KINDS.values() for name in (kind.one, kind.many)}
"""«contact», «contacts»… → kind."""
