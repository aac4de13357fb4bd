"""The kernel's only exception: a code with parameters, which the rooms above turn into a message."""


class Bad(ValueError):
    """A refused value. ``code`` says why; ``params`` fill in the message."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
