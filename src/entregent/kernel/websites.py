"""Website URLs."""

from urllib.parse import urlsplit

from .errors import Bad


def website_url(text: str) -> str:
    """Return the full URL, adding ``https://`` if no scheme is typed. Raises ``Bad("website")``."""
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Bad("website") from None
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in text:
        raise Bad("website")
    return url
