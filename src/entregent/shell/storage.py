"""Static files as served: names with a hash, compressed once, kept for ever by browsers."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_CSS, _RULES = HashedFilesMixin.patterns[0]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Follows `url()` and `@import` in css only: npm files name source maps that we do not ship."""

    patterns = ((_CSS, _RULES[:2]),)
