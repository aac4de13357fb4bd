"""Cursors: the position where a page of a list ends, as a short URL-safe string."""

import base64
import binascii
import json
from math import isfinite

from .errors import Bad

_MAX_LENGTH = 2_000


def encode_cursor(values: list[str | int | float | None]) -> str:
    """Encode the sort values of a row as JSON in URL-safe base64, without padding (RFC 4648 §5)."""
    raw = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode_cursor(cursor: str) -> list[str | int | float | None]:
    """Return the values encoded by `encode_cursor`. Raises Bad("cursor") for anything else."""
    if len(cursor) > _MAX_LENGTH:
        raise Bad("cursor")
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw.decode("utf-8"))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise Bad("cursor") from error
    if not isinstance(values, list) or not all(_is_value(value) for value in values):
        raise Bad("cursor")
    return values


def _is_value(value: object) -> bool:
    """Return whether a database can compare it: PostgreSQL text holds no NUL, integers are limited to 64 bits."""
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, int) and not isinstance(value, bool):
        return -(2**63) <= value < 2**63
    return value is None or (isinstance(value, float) and isfinite(value))
