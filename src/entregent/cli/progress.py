"""A progress bar on a terminal, nothing in a pipe; on the error output, so that results stay clean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def progress(label: str, length: int | None) -> Iterator[Callable[[int], object]]:
    """Yield a function that is told how many more are done, out of `length`."""
    with tqdm(total=length, desc=label, unit="", disable=None) as bar:
        yield bar.update
