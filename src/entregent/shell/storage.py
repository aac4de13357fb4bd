"""Storage of static files: hashed names, compressed at build time, cached indefinitely by browsers."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_CSS, _RULES = HashedFilesMixin.patterns[0]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Rewrites only `url()` and `@import` in css: npm files refer to source maps that we do not ship."""

    patterns = ((_CSS, _RULES[:2]),)
