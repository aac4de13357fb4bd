"""Test settings: fast password hashing, plain static files, mails in memory; all else as in production."""

import os
import tempfile

if "ENTREGENT_DATA" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="entregent-test-")  # deleted when this process ends
    os.environ["ENTREGENT_DATA"] = _folder.name
if os.environ.get("ENTREGENT_TEST_DATABASE") == "postgresql":  # one of the two processes of `make test`
    os.environ["ENTREGENT_DATABASE_URL"] = os.environ["ENTREGENT_TEST_POSTGRESQL_URL"]

from .settings import *  # noqa: F403
from .settings import DATA, DATABASES, MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# WhiteNoise would scan its folder for each new test client; the plain storage needs no collectstatic.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production, so that the live server's threads have their own connections.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
