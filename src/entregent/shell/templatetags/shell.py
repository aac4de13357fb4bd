"""Tags and filters of the look; each knows values and markup, never a model."""

import unicodedata
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static as address_of
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from entregent.shell.dates import both, exact, in_words
from entregent.shell.fields import draw_field
from entregent.shell.icons import icon as draw_icon
from entregent.shell.page import htmx_of

register = template.Library()
TONES = 6
THEMES = ("light", "dark", "device")
_OWN = "the-one-who-reads-has-their-own"


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draw an icon of the sprite: hidden from screen readers, unless `title` makes it say something."""
    return draw_icon(str(name), str(title))


@register.simple_tag
@lru_cache(maxsize=256)
def static(path: str) -> str:
    """Return the address of one of our files, as Django's tag does; it is looked up once."""
    return address_of(path)


@register.simple_tag(takes_context=True)
def fixed(context: template.Context, part: str, **given: Any) -> SafeString:
    """Include a template that depends on nothing but the language and what it is `given`: drawn once for each.

    It sees nothing else, and what it is given can be hashed: the same frame is asked by every page. The token of
    forms in it, which is each reader's own, is put in afterwards.
    """
    html = drawn(part, **given)
    return SafeString(html.replace(_OWN, str(context.get("csrf_token", "")))) if _OWN in html else html


def drawn(part: str, **given: Any) -> SafeString:
    """Return what `fixed` includes, for what is drawn by Python; a form in it has no token yet."""
    return _fixed(part, get_language() or "", tuple(given.items()))


@lru_cache(maxsize=512)
def _fixed(part: str, language: str, given: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(part, {**dict(given), "csrf_token": _OWN})


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
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        words, whole = both(moment, timezone.localtime(), get_language() or "")
    else:
        words, whole = in_words(moment), exact(moment)
    return SafeString(f'<time datetime="{moment.isoformat()}" title="{escape(whole)}">{escape(words)}</time>')


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
