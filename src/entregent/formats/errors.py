"""What can go wrong with a file (Unreadable) and with one row or card of it (Problem)."""

from dataclasses import dataclass, field


class Unreadable(Exception):
    """The whole file can't be read; `code` is put into words by `exchange.messages`.

    Args:
        code: English snake code, a key of `messages.UNREADABLE`.
        params: what the sentence names (line, sheet, size in MB…).
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about one row or card.

    Attributes:
        code: English snake code, a key of `messages.PROBLEMS`.
        target: the field concerned (a code of `fields.FIELDS`), '' for the whole row.
        value: the text as found in the file, cut to 80 characters by the sentence.
        fatal: True when the row must be rejected, False for a note that is only counted.
    """

    code: str
    target: str = ""
    value: str = ""
    fatal: bool = False
    params: dict[str, object] = field(default_factory=dict)
