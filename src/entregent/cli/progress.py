"""A progress bar on standard error, shown on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def progress(label: str, length: int | None) -> Iterator[Callable[[int], object]]:
    """Yield a function to call with the number of items just done, out of `length`."""
    with tqdm(total=length, desc=label, unit="", disable=None) as bar:
        yield bar.update
