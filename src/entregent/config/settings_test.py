"""Settings of the tests: cheap passwords, plain static files, mails kept in memory; all else as in production."""

import os
import tempfile

os.environ.setdefault("ENTREGENT_DATA", tempfile.mkdtemp(prefix="entregent-test-"))

from .settings import *  # noqa: E402, F403
from .settings import MIDDLEWARE, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# WhiteNoise scans its folder for each new test client; the plain storage needs no collectstatic.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
