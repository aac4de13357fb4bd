"""Tags and filters of the look; each knows values and markup, never a model."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from entregent.shell.dates import exact, in_words
from entregent.shell.fields import draw_field
from entregent.shell.frame import Link
from entregent.shell.icons import icon as draw_icon
from entregent.shell.page import htmx_of

register = template.Library()
TONES = 6
THEMES = ("light", "dark", "device")


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draw an icon of the sprite: hidden from screen readers, unless `title` makes it say something."""
    return draw_icon(str(name), str(title))


@register.simple_tag
def fixed(part: str) -> SafeString:
    """Include a template that depends on nothing but the language: drawn once for each, whatever the page."""
    return _fixed(part, get_language() or "")


@lru_cache(maxsize=64)
def _fixed(part: str, language: str) -> SafeString:
    return render_to_string(part)


@register.simple_tag
def links(entries: Sequence[Link]) -> SafeString:
    """Draw a menu of links. The same entries are drawn once: a menu changes less often than pages are seen."""
    return _links(tuple(_values(link) for link in entries))


def _values(link: Link) -> tuple:
    children = tuple(_values(child) for child in link.children)
    return link.label, link.url, link.icon, link.current, link.badge, link.apart, children


@lru_cache(maxsize=1024)
def _links(entries: tuple[tuple, ...]) -> SafeString:
    return render_to_string("shell/parts/links.html", {"links": [_link(*values) for values in entries]})


def _link(label: str, url: str, icon: str, current: bool, badge: str | int, apart: bool, children: tuple) -> Link:
    inside = [_link(*values) for values in children]
    return Link(label, url, icon, current, badge, inside, apart=apart)


@register.simple_tag
def field(bound: BoundField, **extra: Any) -> SafeString:
    """Draw a form's field with its label, hint and error; `extra`: see `fields.draw_field`."""
    return draw_field(bound, **extra)


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
