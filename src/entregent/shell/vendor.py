"""Static files finder for the front end: built from npm in a checkout, packaged in an installed wheel."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import get_files
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

from . import build

PACKAGED = build.SHELL / "packaged"


class NpmFinder(BaseFinder):
    """Finds files in `build/static`, rebuilt on first use, or in `shell/packaged` without node_modules."""

    @cached_property
    def storage(self) -> FileSystemStorage:
        """The folder of the built files. Raises ImproperlyConfigured if neither source exists."""
        if build.NODE_MODULES.is_dir():
            build.build()
            return FileSystemStorage(location=build.BUILD_FOLDER)
        if PACKAGED.is_dir():
            return FileSystemStorage(location=PACKAGED)
        raise ImproperlyConfigured("No front-end files: run “npm ci” in the project's folder.")

    def check(self, **kwargs: Any) -> list[Any]:
        """Return no messages: `storage` reports what is missing, once it is needed."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file's path on disk, or an empty list, as BaseFinder requires."""
        found = self.storage.exists(path) and self.storage.path(path)
        return ([found] if find_all else found) if found else []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield each file's static name with its storage, for collectstatic."""
        for path in get_files(self.storage, ignore_patterns or []):
            yield path, self.storage
