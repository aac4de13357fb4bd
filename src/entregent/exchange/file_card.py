"""A card as it is read from a file."""

from entregent.directory.parties.cards import Card


class FileCard(Card, total=False):
    """A card from a file: ``kind`` is "o" if the file says so.

    ``extra``: properties of a vCard without a field here, verbatim (std C17).
    """

    kind: str
    extra: list[str]
