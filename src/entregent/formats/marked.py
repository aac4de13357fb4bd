"""A row with something to say about it: a byte in another encoding, a quotation mark that is never closed."""

from collections.abc import Iterable


class Marked(list[str]):
    """The cells of a row, and the code of a `Problem`; ``fatal`` if the cells can't be trusted."""

    def __init__(self, cells: Iterable[str], code: str, *, fatal: bool = False) -> None:
        super().__init__(cells)
        self.code = code
        self.fatal = fatal
