"""Tags and filters of the look; each knows values and markup, never a model."""

import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from entregent.shell.dates import exact, in_words
from entregent.shell.page import htmx_of

register = template.Library()
TONES = 6
THEMES = ("light", "dark", "device")


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draw an icon of the sprite: hidden from screen readers, unless `title` makes it say something."""
    return _icon(str(name), str(title))


@lru_cache(maxsize=512)
def _icon(name: str, title: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', title) if title else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', spoken, static("shell/icons.svg"), name)


@register.inclusion_tag("shell/parts/field.html")
def field(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """Draw a form's field with its label, hint and error wired for screen readers (std D7-D9).

    `extra`: `wide=True` takes the whole row of a grid, `label` and `hint` replace the form's own words.
    """
    return {"field": bound, **extra}


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Draw the initials of `name` on its soft colour; `size` is a class, `large` for a page's head."""
    return format_html('<span class="avatar {} {}" aria-hidden="true">{}</span>', tone(name), size, initials(name))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the present query string with `changes`; None or "" takes a parameter away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters.setlist(name, value if isinstance(value, list | tuple) else [value])
    return f"?{parameters.urlencode()}"


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and last words, as typed: «Jean d'Arcourt» gives «Jd»."""
    words = [word for word in str(name).split() if unicodedata.category(word[0]).startswith(("L", "N"))]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))


@register.filter
def tone(name: str) -> str:
    """Return the class of the soft colour that this name always has."""
    return f"tone-{crc32(str(name).encode()) % TONES}"


@register.filter
def near(moment: date | None) -> str:
    """Say a date or a moment in words when near, with the exact one on hover."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact(moment), in_words(moment)
    )


@register.filter
def theme(request: HttpRequest | None) -> str:
    """Return the look chosen in this browser, "" when none was (the account's then counts)."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def layout(request: HttpRequest) -> str:
    """Return the template around a dialog: none inside htmx's, the whole frame for a page of its own."""
    htmx = htmx_of(request)
    inside = htmx and htmx.target == "dialog" and not htmx.boosted
    return "shell/fragment.html" if inside else "shell/frame.html"


@register.filter
def sort_state(key: str, order: str) -> str:
    """Return the aria-sort of the column `key` when the list is in `order` ("name", or "-name" downwards)."""
    return {key: "ascending", f"-{key}": "descending"}.get(order, "none")
