"""Reads the environment: each value is validated, and an invalid one stops the start with a clear message."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from dotenv import load_dotenv


class BadEnvironment(SystemExit):
    """A missing or invalid environment variable; exits with ``sentence`` as the message."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"entregent: {sentence}")


load_dotenv(Path.cwd() / ".env")

SQLITE_OPTIONS = {
    "timeout": 20,
    # IMMEDIATE: a transaction that starts with a read could not wait for the write lock; it would fail at once.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32000;"
        "PRAGMA mmap_size=67108864;PRAGMA temp_store=MEMORY;"
    ),
}


def data_folder() -> Path:
    """``ENTREGENT_DATA``, created if missing: holds the database, files, outgoing mail and secret key."""
    folder = Path(os.environ.get("ENTREGENT_DATA") or "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadEnvironment(f"ENTREGENT_DATA: the folder {folder} can't be made ({error.strerror}).") from error
    if not os.access(folder, os.W_OK):
        raise BadEnvironment(f"ENTREGENT_DATA: the folder {folder} can't be written to.")
    return folder


def secret_key(folder: Path) -> str:
    """``ENTREGENT_SECRET_KEY`` or ``…_FILE``; else a key generated at the first start, in the data folder."""
    if key := os.environ.get("ENTREGENT_SECRET_KEY"):
        if len(key) < 32:
            raise BadEnvironment("ENTREGENT_SECRET_KEY is shorter than 32 characters.")
        return key
    path = Path(os.environ.get("ENTREGENT_SECRET_KEY_FILE") or folder / "secret_key")
    if not path.exists():
        if os.environ.get("ENTREGENT_SECRET_KEY_FILE"):
            raise BadEnvironment(f"ENTREGENT_SECRET_KEY_FILE: there is no file {path}.")
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def database(folder: Path) -> dict:
    """``ENTREGENT_DATABASE_URL`` as Django settings; SQLite in the data folder when unset."""
    url = os.environ.get("ENTREGENT_DATABASE_URL") or f"sqlite:///{folder / 'entregent.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise BadEnvironment("ENTREGENT_DATABASE_URL must start with sqlite:/// or postgres://.")
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise BadEnvironment(f"ENTREGENT_DATABASE_URL can't be read: {error}") from error
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE_OPTIONS}
        config["CONN_MAX_AGE"] = 300  # opening with its PRAGMAs costs a tenth of a page
    else:
        options = config.get("OPTIONS", {})
        # Compiling a query (JIT) takes a hundred times as long as ours take to run.
        server = f"-c jit=off {options.get('options', '')}".rstrip()
        config["OPTIONS"] = {**options, "options": server, "pool": {"min_size": 1, "max_size": 8}}
    return config


def mail(folder: Path) -> dict:
    """``ENTREGENT_SMTP_URL`` as Django's ``EMAIL_*`` settings; unset: ``.eml`` files in ``outbox/``."""
    url = os.environ.get("ENTREGENT_SMTP_URL")
    if not url:
        return {"EMAIL_BACKEND": "entregent.config.mail.FileBackend", "EMAIL_FILE_PATH": folder / "outbox"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadEnvironment("ENTREGENT_SMTP_URL must look like smtp://user:password@host:port or smtps://….")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


def base_url() -> str:
    """``ENTREGENT_BASE_URL`` without trailing slash: links in mails start with it, not with the Host header."""
    url = os.environ.get("ENTREGENT_BASE_URL") or f"http://{host()}:{port()}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadEnvironment("ENTREGENT_BASE_URL must look like https://crm.example.org.")
    return url.rstrip("/")


def host() -> str:
    """``HOST``: the address to listen on, loopback when unset."""
    return os.environ.get("HOST") or "127.0.0.1"


def port() -> int:
    """``PORT``, 8000 when unset."""
    return _number("PORT", 8000, 1, 65535)


def workers() -> int:
    """``ENTREGENT_WORKERS``: server processes, 2 when unset."""
    return _number("ENTREGENT_WORKERS", 2, 1, 64)


def proxies() -> int:
    """``ENTREGENT_PROXIES``: number of our own proxies in front, 0 when unset.

    As many entries at the end of X-Forwarded-For are trusted, none if 0 (std E20).
    """
    return _number("ENTREGENT_PROXIES", 0, 0, 5)


def idle_minutes() -> int:
    """``ENTREGENT_IDLE_MINUTES``: a session ends after this many minutes without activity, 30 when unset (std E7)."""
    return _number("ENTREGENT_IDLE_MINUTES", 30, 5, 720)


def _number(name: str, usual: int, least: int, most: int) -> int:
    value = os.environ.get(name) or str(usual)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise BadEnvironment(f"{name} must be a number from {least} to {most}, not {value!r}.")
    return int(value)
