"""Icons, as HTML."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=512)
def icon(name: str, title: str = "") -> SafeString:
    """Render an icon of the sprite: hidden from screen readers unless it has a ``title``."""
    spoken = format_html('role="img" aria-label="{}"', title) if title else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', spoken, static("shell/icons.svg"), name)
